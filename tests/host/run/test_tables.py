from __future__ import annotations

import io

import pytest
from rich.console import Console

from argosy import StrategyError
from tests.acceptance.script import BUY, CASH, SELL, Played, Script, play, quote, send

DATA = [quote(1, 150_000, 150_010), quote(10, 150_100, 150_110)]


def printed(run: Played) -> str:
    stream = io.StringIO()
    run.result.print(Console(file=stream, width=100))
    return stream.getvalue()


def rows(text: str) -> dict[str, str]:
    """Return the second column by the first."""
    cells = (line.strip().rsplit("  ", 1) for line in text.splitlines() if "  " in line.strip())
    return {cell[0].strip(): cell[1].strip() for cell in cells}


def test_the_table_has_the_figures_of_the_run() -> None:
    run = play(DATA, (2, send("market", BUY, 10_000)), (10, send("market", SELL, 10_000)))
    found = rows(printed(run))
    assert {
        "Run": run.result.run_id,
        "From": "2024-01-01T00:00:01",
        "To": "2024-01-01T00:00:10",
        "Orders": "2",
        "Fills": "2",
        "Positions": "1",
        "Realised PnL USD": "9.00",
        "SIM balance USD": "1,000,009.00",
        "SIM equity change USD": "+9.00",
        "Event log": run.result.event_log_hash[:16],
    }.items() <= found.items()


def test_an_unknown_rate_is_shown_in_the_place_of_the_equity() -> None:
    text = printed(play(DATA, account=CASH | {"balances": ["10 USD", "10 JPY"]}))
    assert "no rate from JPY to USD is known" in " ".join(text.split())


def test_an_incomplete_run_says_so() -> None:
    def fail(script: Script) -> None:
        raise ValueError("it [went] wrong")

    made = play(DATA, strategies=[], run={"on_error": "stop_strategy"})
    assert "incomplete" not in printed(made)
    made = play(DATA, (2, fail), run={"on_error": "stop_strategy"})
    text = printed(made)
    assert "incomplete" in text.splitlines()[0]
    assert "ValueError: it [went] wrong" in text
    with pytest.raises(StrategyError):
        play(DATA, (2, fail))
