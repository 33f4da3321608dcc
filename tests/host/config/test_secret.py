import pickle

import pytest

from argosy.config.secret import Secret
from argosy.errors import ConfigError

VALUE = "hunter2"


@pytest.fixture
def secret(monkeypatch: pytest.MonkeyPatch) -> Secret:
    monkeypatch.setenv("API_KEY", VALUE)
    return Secret("env:API_KEY")


def test_a_secret_is_revealed_only_when_asked(secret: Secret) -> None:
    assert VALUE == secret.reveal()
    assert secret.is_set


@pytest.mark.parametrize(
    "show", [str, repr, "{}".format, lambda each: pickle.dumps(each).decode("latin1")]
)
def test_nothing_that_prints_gives_it_away(secret: Secret, show) -> None:
    assert VALUE not in show(secret)
    assert "API_KEY" in show(secret)


def test_secrets_are_equal_by_name(secret: Secret) -> None:
    assert secret == Secret("env:API_KEY") == pickle.loads(pickle.dumps(secret))
    assert secret != Secret("env:OTHER")
    assert hash(secret) == hash(Secret("env:API_KEY"))
    assert secret != "env:API_KEY"


@pytest.mark.parametrize("empty", [None, ""])
def test_an_unset_variable_is_named_with_the_cure(
    monkeypatch: pytest.MonkeyPatch, secret: Secret, empty: str | None
) -> None:
    monkeypatch.delenv("API_KEY")
    if empty is not None:
        monkeypatch.setenv("API_KEY", empty)
    assert not secret.is_set
    with pytest.raises(ConfigError) as caught:
        secret.reveal()
    expected = "the environment variable API_KEY is not set. export API_KEY=..."
    assert expected == str(caught.value)


@pytest.mark.parametrize("literal", [VALUE, "", "env:", "env:two words", "ENV:API_KEY", 5, None])
def test_a_secret_written_out_is_refused_and_not_repeated(literal: object) -> None:
    with pytest.raises(ConfigError) as caught:
        Secret(literal)  # type: ignore[arg-type]
    assert VALUE not in str(caught.value)
    assert "env:NAME" in str(caught.value)
