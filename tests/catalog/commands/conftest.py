"""A command line, and files to load with it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from argosy.cli.group import CommandLine

Run = Callable[..., tuple[int, str, str]]

CSV = "time,bid,ask\n2024-01-01,1.5,1.6\n2024-01-02,1.7,1.8\n"
MAP = """
type = "quote"
instrument = "GBP/USD.SIM"
price_precision = 1
size_precision = 0
columns = { ts_event = "time", bid_price = "bid", ask_price = "ask" }
constants = { bid_size = "1", ask_size = "1" }
"""


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a line; return exit code, stdout and stderr."""
    cli = CommandLine(name="argosy")  # what others have installed is not known to it

    def run_line(*line: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as caught:
            cli.main([str(word) for word in line])
        out, err = capsys.readouterr()
        return int(caught.value.code or 0), out, err

    return run_line


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    (tmp_path / "q.csv").write_text(CSV)
    (tmp_path / "q.toml").write_text(MAP)
    return tmp_path / "q.csv", tmp_path / "q.toml"
