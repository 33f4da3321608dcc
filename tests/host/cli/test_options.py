import click
import pytest
from click.testing import CliRunner

from argosy.cli.options import echo_json, json_option, mode_option, system_argument


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
