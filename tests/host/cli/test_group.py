import subprocess
import sys
from importlib.metadata import version

import pytest

from argosy.cli.group import COMMANDS
from argosy.plugins.find import Found
from tests.host.cli.conftest import Line
from tests.host.plugins.kit import Make

HEAVY = ("duckdb", "msgspec", "numpy", "pandas", "pyarrow", "pydantic", "rich")
COMMAND = """
import click
from argosy.hookspecs import hookimpl

@hookimpl
def register_commands(register):
    register("hello", hello, doc="Say hello.")
    register("broken", broken, doc="Fail.")
    register("odd", lambda: 5)
    register("parts", parts)

def parts():
    @click.command()
    @click.pass_obj
    def parts(parts):
        click.echo(len(parts.parts("commands")))

    return parts

def hello():
    @click.command()
    @click.option("--loud", is_flag=True)
    def hello(loud):
        if loud:
            raise ValueError("too loud")
        click.echo("hello")

    return hello

def broken():
    import nowhere_at_all
"""


@pytest.fixture
def hello(make: Make, installed: list[Found]) -> None:
    installed.append(make("hello", COMMAND))


@pytest.mark.usefixtures("hello")
def test_help_lists_the_hosts_commands_and_those_of_plugins(line: Line) -> None:
    result = line("--help")
    assert 0 == result.exit_code
    assert all(f"  {name} " in result.output for name in COMMANDS)
    assert "Commands of plugins:\n  broken  Fail.\n  hello   Say hello.\n" in result.output
    assert "odd     from plugin hello" in result.output


@pytest.mark.usefixtures("hello")
def test_a_command_of_a_plugin_runs(line: Line) -> None:
    result = line("hello")
    assert (0, "hello\n") == (result.exit_code, result.output)


@pytest.mark.usefixtures("hello")
def test_a_command_of_a_plugin_is_handed_the_parts_that_are_installed(line: Line) -> None:
    assert (0, "4\n") == (line("parts").exit_code, line("parts").output)


@pytest.mark.usefixtures("hello")
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["broken"], "error: unexpected ModuleNotFoundError: No module named 'nowhere_at_all'"),
        (["odd"], "error: plugin 'hello' gives no click.Command as 'odd'"),
        (["hello", "--loud"], "error: unexpected ValueError: too loud."),
    ],
)
def test_a_command_that_fails_says_why(line: Line, words: list[str], expected: str) -> None:
    result = line(*words)
    assert result.exit_code in {1, 2}
    assert result.stderr.startswith(expected)
    assert "Traceback" not in result.output


@pytest.mark.usefixtures("hello")
def test_a_command_that_two_plugins_give_is_refused(
    line: Line, make: Make, installed: list[Found]
) -> None:
    installed.append(make("hullo", COMMAND))
    result = line("hello")
    expected = "error: command 'hello' is registered by plugins 'hello' and 'hullo'. "
    assert (2, True) == (result.exit_code, result.stderr.startswith(expected))


@pytest.mark.usefixtures("hello")
@pytest.mark.parametrize("words", [["--debug", "hello", "--loud"], ["hello", "--loud", "--debug"]])
def test_debug_shows_the_traceback_wherever_it_stands(line: Line, words: list[str]) -> None:
    result = line(*words)
    assert "Traceback (most recent call last)" in result.stderr
    assert "ValueError: too loud" in result.stderr


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["rn"], "no command 'rn'; did you mean 'run'?"),
        (["--jsn"], "No such option"),
        (["run"], "Missing argument 'SYSTEM'"),
        (["run", "x.toml", "--mode", "paper"], "Invalid value for '--mode'"),
        (["new", "sytem", "x"], "No such command 'sytem'"),
    ],
)
def test_a_wrong_line_is_wrong_input(line: Line, words: list[str], expected: str) -> None:
    result = line(*words)
    assert 2 == result.exit_code
    assert expected in result.stderr


def test_no_words_show_the_help(line: Line) -> None:
    assert "Commands:" in line().output


def test_the_version_is_told(line: Line) -> None:
    assert f"argosy {version('argosy')}\n" == line("--version").output


def loaded_by(*words: str) -> list[str]:
    """Return the heavy packages that a line of a fresh process has loaded."""
    code = f"""
import sys
sys.argv = ["argosy", *{list(words)!r}]
from argosy.cli import main
try:
    main()
finally:
    print("loaded", *sorted(sys.modules.keys() & set({HEAVY!r})))
"""
    command = [sys.executable, "-c", code]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    return lines[-1].split()[1:]


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["run", "--help"], ["hooks"]])
def test_help_loads_nothing_heavy(words: list[str]) -> None:
    assert [] == loaded_by(*words)
