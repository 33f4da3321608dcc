"""What acts on a run changes the hash of its event log; what does not leaves it as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from argosy import QuoteTick
from argosy.testing.demo import FIRST_QUOTE_NS
from tests.acceptance.kit import MINUTE, Project
from tests.golden.kit import SYSTEM, Change, load, moved, run

QUOTES = 1_200
END_NS = FIRST_QUOTE_NS + 110 * MINUTE
SHORT = SYSTEM.replace("2024-01-01T08:00:00", "2024-01-01T01:50:00")


@pytest.fixture(scope="module")
def short(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with the first hours of the golden system."""
    return load(tmp_path_factory.mktemp("short"), project, quotes=QUOTES)


@pytest.fixture(scope="module")
def usual(short: Project) -> str:
    """The hash of the system as it is."""
    result = run(short, SHORT)
    assert 100 <= result.fills
    return str(result.event_log_hash)


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
    short: Project, usual: str, before: str, after: str
) -> None:
    assert before in SHORT
    assert usual != run(short, SHORT.replace(before, after)).event_log_hash


def change_after_the_end(quotes: list[QuoteTick]) -> list[QuoteTick]:
    after = next(number for number, quote in enumerate(quotes) if quote.ts_init > END_NS)
    return [*quotes[:after], *(moved(quote, 50) for quote in quotes[after:])]


def drop_after_the_end(quotes: list[QuoteTick]) -> list[QuoteTick]:
    return [quote for quote in quotes if quote.ts_init <= END_NS]


@pytest.mark.parametrize("change", [change_after_the_end, drop_after_the_end])
def test_what_comes_after_the_end_changes_nothing(
    project: Path, tmp_path: Path, usual: str, change: Change
) -> None:
    changed = load(tmp_path, project, change, quotes=QUOTES)
    assert usual == run(changed, SHORT).event_log_hash


def test_a_quote_that_was_traded_on_changes_the_hash(
    project: Path, tmp_path: Path, short: Project, usual: str
) -> None:
    traded_at = run(short, SHORT).cache.orders()[0].last_event.ts_event

    def change(quotes: list[QuoteTick]) -> list[QuoteTick]:
        place = max(n for n, quote in enumerate(quotes) if quote.ts_init <= traded_at)
        return [*quotes[:place], moved(quotes[place], 1), *quotes[place + 1 :]]

    changed = load(tmp_path, project, change, quotes=QUOTES)
    assert usual != run(changed, SHORT).event_log_hash
