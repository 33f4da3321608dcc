import json
from pathlib import Path

import pytest

from argosy.errors import RunError, StrategyError
from tests.host.cli.conftest import Line, Node, Ran
from tests.host.config.kit import GOOD


@pytest.mark.usefixtures("node")
def test_a_run_prints_its_result(line: Line) -> None:
    result = line("run", "good.toml")
    assert (0, "ran r1\n", "") == (result.exit_code, result.stdout, result.stderr)


@pytest.mark.usefixtures("node")
def test_json_is_all_there_is_on_stdout(line: Line) -> None:
    result = line("run", "good.toml", "--json")
    assert (0, {"run_id": "r1"}) == (result.exit_code, json.loads(result.stdout))


@pytest.mark.parametrize(
    ("raised", "code", "expected"),
    [
        (RunError("it failed"), 1, "error: it failed\n"),
        (StrategyError("A-1", "on_bar", ValueError("x")), 1, "error: A-1.on_bar: ValueError: x\n"),
        (KeyboardInterrupt(), 1, "error: stopped by Ctrl-C\n"),
        (OSError(28, "No space left on device"), 1, "error: the disk is full. "),
        (ZeroDivisionError("x"), 1, "error: unexpected ZeroDivisionError: x. "),
    ],
)
def test_a_run_that_fails_says_why(
    line: Line, node: type[Node], raised: BaseException, code: int, expected: str
) -> None:
    node.raises = raised
    result = line("run", "good.toml")
    assert (code, "") == (result.exit_code, result.stdout)
    assert expected in result.stderr
    assert "Traceback" not in result.stderr


def test_json_says_what_failed(line: Line, node: type[Node]) -> None:
    node.raises = RunError("it failed")
    result = line("run", "good.toml", "--json")
    assert 1 == result.exit_code
    assert "it failed" == json.loads(result.stdout)["error"]["message"]


@pytest.mark.usefixtures("node")
@pytest.mark.parametrize("name", ["nofile.toml", "good.tml", "."])
def test_a_wrong_path_is_wrong_input(line: Line, name: str) -> None:
    result = line("run", name)
    assert 2 == result.exit_code
    assert result.stderr.startswith(f"error: {name}: ")


def test_a_wrong_file_never_gets_to_run(line: Line, node: type[Node]) -> None:
    node.raises = AssertionError("it ran")
    Path("bad.toml").write_text(GOOD.replace("seed", "sed").replace('"sim"', '"sm"'))
    result = line("run", "bad.toml")
    expected = [
        "error: bad.toml:2: sed: unknown key. Did you mean 'seed'?",
        "error: bad.toml:5: venues.SIM.simulate.use: unknown simulated venue 'sm'. "
        "Did you mean 'sim'?",
    ]
    assert (2, expected) == (result.exit_code, result.stderr.splitlines())


@pytest.mark.usefixtures("node")
def test_a_mode_that_is_not_there_yet_is_refused(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARGOSY_TEST_KEY", "x")
    adapter = '[venues.SIM]\nadapter = { use = "exchange", key = "env:ARGOSY_TEST_KEY" }'
    Path("live.toml").write_text(GOOD.replace("[venues.SIM]", adapter))
    result = line("run", "live.toml", "--mode", "live")
    expected = "error: --mode: mode 'live' is not available yet. Available: backtest\n"
    assert (2, expected) == (result.exit_code, result.stderr)


def test_what_a_strategy_prints_is_not_in_the_json(
    line: Line, node: type[Node], monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(made: Node) -> Ran:
        print("hello")
        return Ran()

    monkeypatch.setattr(node, "run", run)
    result = line("run", "good.toml", "--json")
    assert ("hello\n", {"run_id": "r1"}) == (result.stderr, json.loads(result.stdout))
