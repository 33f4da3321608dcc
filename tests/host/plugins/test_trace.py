import pytest

from argosy.plugins.host import PluginHost
from argosy.plugins.trace import is_wanted
from tests.host.plugins.kit import Make, fees


@pytest.mark.parametrize(
    ("value", "expected"), [("1", "yes"), ("yes", "yes"), ("0", "no"), ("", "no"), ("no", "no")]
)
def test_the_environment_asks_for_a_trace(
    monkeypatch: pytest.MonkeyPatch, value: str, expected: str
) -> None:
    monkeypatch.setenv("ARGOSY_TRACE", value)
    assert expected == ("yes" if is_wanted() else "no")


def test_each_hook_call_is_printed_with_who_answered(
    make: Make, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ARGOSY_TRACE", "1")
    found = [
        make("a", fees("free")),
        make("b", fees("free").replace("    register", "    1 / 0\n    register")),
    ]
    PluginHost(found)
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith("argosy: hook register_fee_models: a: ")
    assert lines[0].endswith(" ms")
    assert lines[1].startswith("argosy: hook register_fee_models: b: ")
    assert lines[1].endswith(" raised ZeroDivisionError: division by zero")


def test_without_the_wish_nothing_is_printed(
    make: Make, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("ARGOSY_TRACE", raising=False)
    PluginHost([make("a", fees("free"))])
    assert "" == capsys.readouterr().err
