import errno
import json
from pathlib import Path
from typing import Any

import click
import pytest

from argosy.cli.report import Report, explain, to_dict
from argosy.config.document import Document
from argosy.config.problems import Problems, SystemFileError
from argosy.errors import ConfigError, RunError, StrategyError


def problems() -> SystemFileError:
    found = Problems(Document("s.toml", {}, {("a",): 1, ("b",): 2}))
    found.add(("a",), "is wrong", "Change it")
    found.add(("b",), "is [bold]wrong[/bold]")
    with pytest.raises(SystemFileError) as caught:
        found.raise_if_any()
    return caught.value


def raised_by_a_strategy() -> StrategyError:
    with pytest.raises(ZeroDivisionError) as caught:
        _ = 1 / 0
    return StrategyError("EMA-001", "on_bar", caught.value)


def raised_from_ctrl_c() -> RuntimeError:
    error = RuntimeError("Query interrupted")
    error.__cause__ = KeyboardInterrupt()
    return error


@pytest.mark.parametrize(
    ("error", "line", "code"),
    [
        (
            ConfigError("is wrong", place="s.toml:1", cure="Mend it"),
            "s.toml:1: is wrong. Mend it",
            2,
        ),
        (RunError("it failed"), "it failed", 1),
        (RunError(), "RunError", 1),
        (KeyboardInterrupt(), "stopped by Ctrl-C", 1),
        (click.Abort(), "stopped by Ctrl-C", 1),
        (raised_from_ctrl_c(), "stopped by Ctrl-C", 1),
        (MemoryError(), "out of memory. Run on less data at a time", 1),
        (
            OSError(errno.ENOSPC, "No space left on device", "data/run.parquet"),
            "data/run.parquet: the disk is full. Free some space and run again",
            1,
        ),
        (PermissionError(errno.EACCES, "Permission denied", "x"), "x: Permission denied", 1),
        (OSError("odd"), "odd", 1),
        (
            ValueError("a\nb"),
            "unexpected ValueError: a b. --debug shows where it was raised",
            1,
        ),
        (AssertionError(), "unexpected AssertionError. --debug shows where it was raised", 1),
    ],
)
def test_each_error_is_one_line_and_an_exit_code(
    error: BaseException, line: str, code: int
) -> None:
    assert ([line], code) == explain(error)


def test_a_strategy_that_raised_is_shown_with_its_line() -> None:
    (text,), code = explain(raised_by_a_strategy())
    assert text.endswith(": EMA-001.on_bar: ZeroDivisionError: division by zero")
    assert "test_report.py:" in text
    assert 1 == code


def test_a_strategy_error_without_a_frame_is_shown_without() -> None:
    error = StrategyError("EMA-001", "on_bar", ValueError("no"))
    assert ["EMA-001.on_bar: ValueError: no"] == explain(error)[0]


def test_all_problems_are_printed_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert 2 == Report().show(problems())
    expected = (
        "error: s.toml:1: a: is wrong. Change it\nerror: s.toml:2: b: is [bold]wrong[/bold]\n"
    )
    found = capsys.readouterr()
    assert (expected, "") == (found.err, found.out)


def test_long_lines_are_not_broken(capsys: pytest.CaptureFixture[str]) -> None:
    Report().show(ConfigError("x" * 500))
    assert 1 == capsys.readouterr().err.count("\n")


def test_json_carries_every_problem(capsys: pytest.CaptureFixture[str]) -> None:
    Report(is_json=True).show(problems())
    found = json.loads(capsys.readouterr().out)["error"]
    assert ("SystemFileError", 2) == (found["type"], found["exit_code"])
    expected = {"place": "s.toml:1: a", "message": "is wrong", "cure": "Change it"}
    assert expected == found["problems"][0]
    assert 2 == len(found["problems"])


def test_json_of_one_error_has_one_problem() -> None:
    error = ConfigError("is wrong", place="p", cure="c")
    expected = [{"place": "p", "message": "is wrong", "cure": "c"}]
    assert expected == to_dict(error, ["line"], 2)["problems"]
    assert [] == to_dict(RunError("x"), ["line"], 1)["problems"]


def test_debug_adds_the_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    Report(is_debug=True).show(raised_by_a_strategy().cause)
    assert "Traceback (most recent call last)" in capsys.readouterr().err


def test_frames_of_compiled_code_are_not_the_users() -> None:
    scope: dict[str, Any] = {}
    exec(compile("def call(handler):\n    handler()", "host/argosy/kernel/bus.py", "exec"), scope)
    with pytest.raises(TypeError) as caught:
        scope["call"](lambda tick: None)
    cause = caught.value.with_traceback(caught.value.__traceback__.tb_next)  # type: ignore[union-attr]
    found = [
        explain(StrategyError("A-1", "on_bar", cause, source))[0][0].partition("A-1")[0]
        for source in (None, (__file__, 7), (__file__, None), ("nowhere.py", 7))
    ]
    file = Path(__file__).relative_to(Path.cwd())
    assert ["", f"{file}:7: ", f"{file}: ", ""] == found
