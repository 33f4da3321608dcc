import click
import pytest
from click.testing import CliRunner

from argosy.cli.options import echo_json, json_option, mode_option, own_stdout, system_argument


@click.command()
@system_argument
@mode_option
@json_option
def shown(system: object, mode: str, *, as_json: bool) -> None:
    echo_json([str(system), mode, as_json, "ü"])


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["s.toml"], '["s.toml", "backtest", false, "ü"]\n'),
        (["s.toml", "--mode", "live", "--json"], '["s.toml", "live", true, "ü"]\n'),
    ],
)
def test_commands_share_their_options(words: list[str], expected: str) -> None:
    assert expected == CliRunner().invoke(shown, words).output


@pytest.mark.parametrize(("as_json", "expected"), [(True, ("", "said\n")), (False, ("said\n", ""))])
def test_what_user_code_prints_stays_out_of_json(
    *, as_json: bool, expected: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    with own_stdout(as_json=as_json):
        print("said")
    assert expected == tuple(capsys.readouterr())
