import io
import sys

import pytest

from argosy.run import progress
from argosy.run.progress import progress_bar

NEW_YEAR_NS = 1_704_067_200_000_000_000


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Put a terminal in the place of stderr; pytest does so itself between setup and test."""
    made = Terminal()
    monkeypatch.setattr(sys, "stderr", made)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    return made


def test_nobody_is_told_where_stderr_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_bar(100) as show:
        assert show is None
    assert ("", "") == capsys.readouterr()


def test_a_long_run_is_shown_with_its_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "PATIENCE_S", -1.0)
    stderr = terminal(monkeypatch)
    with progress_bar(100) as show:
        assert show is not None
        show(NEW_YEAR_NS, 50)
    assert "2024-01-01" in stderr.getvalue()
    assert "rows/s" in stderr.getvalue()


def test_a_short_run_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    stderr = terminal(monkeypatch)
    with progress_bar(None) as show:
        assert show is not None
        show(NEW_YEAR_NS, 50)
    assert "2024-01-01" not in stderr.getvalue()
