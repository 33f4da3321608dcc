"""What acts on a run changes the hash of its event log; what does not leaves it as it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from argosy import QuoteTick
from argosy.testing.demo import FIRST_QUOTE_NS, series
from tests.acceptance.kit import MINUTE, Project
from tests.golden.kit import SYSTEM, Memory, moved, run_over

QUOTES = list(series(1_200))
END_NS = FIRST_QUOTE_NS + 110 * MINUTE
SHORT = SYSTEM.replace("2024-01-01T08:00:00", "2024-01-01T01:50:00")


@pytest.fixture(scope="module")
def folder(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with the strategies of the golden system, and without data."""
    made = Project(tmp_path_factory.mktemp("sensitive"))
    for file in (project / "strategies/ema_cross.py", project / "tests/golden/storm.py"):
        made.write(f"strategies/{file.name}", file.read_text())
    return made


def run(folder: Project, text: str = SHORT, quotes: list[QuoteTick] = QUOTES) -> Any:
    """Run the first hours over quotes in memory."""
    return run_over(Memory(quotes), 1, folder.write("config/golden.toml", text))


@pytest.fixture(scope="module")
def usual(folder: Project) -> Any:
    """The system as it is."""
    result = run(folder)
    assert 100 <= result.fills
    return result


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("seed = 5", "seed = 6"),
        ('fees = { use = "maker_taker" }', 'fees = { use = "fixed", commission = "1 USD" }'),
        ('use = "maker_taker"', 'use = "maker_taker", taker = "0.000021"'),
        ('prob_slippage = "0.3"', 'prob_slippage = "0.4"'),
        ('base = "20ms"', 'base = "21ms"'),
        ("leverage = 50", "leverage = 49"),
        ('trade_size = "250_000"', 'trade_size = "250_001"'),
        ("limit = 40", "limit = 2"),
        ('oms = "hedging"', 'oms = "netting"'),
    ],
)
def test_a_setting_that_acts_changes_the_hash(
    folder: Project, usual: Any, before: str, after: str
) -> None:
    assert before in SHORT
    changed = run(folder, SHORT.replace(before, after))
    assert usual.event_log_hash != changed.event_log_hash


def test_what_comes_after_the_end_changes_nothing(folder: Project, usual: Any) -> None:
    until = [quote for quote in QUOTES if quote.ts_init <= END_NS]
    moved_after = [*until, *(moved(quote, 50) for quote in QUOTES[len(until) :])]
    for quotes in (until, moved_after):
        assert usual.event_log_hash == run(folder, quotes=quotes).event_log_hash


def test_a_quote_that_was_traded_on_changes_the_hash(folder: Project, usual: Any) -> None:
    filled_at = next(ts for _, ts, kind, _ in usual.log.rows() if kind == "OrderFilled")
    place = max(number for number, quote in enumerate(QUOTES) if quote.ts_init <= filled_at)
    quotes = [*QUOTES[:place], moved(QUOTES[place], 1), *QUOTES[place + 1 :]]
    assert usual.event_log_hash != run(folder, quotes=quotes).event_log_hash
