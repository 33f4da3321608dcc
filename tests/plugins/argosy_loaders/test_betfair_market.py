"""One market of Betfair, message by message."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from argosy.parts.loader import Rows
from argosy.serialization.arrow import from_batch
from argosy_loaders import betfair_market
from argosy_loaders.betfair_market import Market
from argosy_loaders.betfair_messages import (
    MarketChange,
    MarketDefinition,
    RunnerChange,
    RunnerDefinition,
)
from argosy_loaders.betfair_settings import BetfairSettings


def definition(status: str = "OPEN", *runners: str) -> MarketDefinition:
    return MarketDefinition(
        status=status,
        runners=[RunnerDefinition(id=number, status=each) for number, each in enumerate(runners)],
        event_id="1",
        event_type_id="2",
        betting_type="ODDS",
        market_time="2024-01-01T00:00:00.000Z",
    )


@pytest.fixture
def market() -> Market:
    return Market(Path("f"), "1.2", BetfairSettings())


def spelled(items: Any) -> list[str]:
    return [f"{each.instrument_id.symbol} {each.action} {each.reason}" for each in items]


def test_a_status_is_told_when_it_changes(market: Market) -> None:
    def take(state: MarketDefinition, ts: int) -> list[Any]:
        return list(market.take(MarketChange(id="1.2", definition=state), ts, ts))

    first = take(definition("INACTIVE", "ACTIVE"), 1)
    assert ["1.2-0-0"] == [each.id.symbol for each in first[:1]]
    assert ["1.2-0-0 NOT_AVAILABLE_FOR_TRADING None"] == spelled(first[1:])
    assert [] == take(definition("INACTIVE", "ACTIVE"), 2)
    opened, instrument, late = take(definition("OPEN", "ACTIVE", "ACTIVE"), 3)
    assert (["1.2-0-0 TRADING None", "1.2-1-0 TRADING None"], "1.2-1-0") == (
        spelled([opened, late]),
        instrument.id.symbol,
    )
    assert ["1.2-0-0 CLOSE LOSER", "1.2-1-0 CLOSE WINNER"] == spelled(
        take(definition("CLOSED", "LOSER", "WINNER"), 4)
    )


def test_rows_come_once_there_are_many(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(betfair_market, "CHUNK_ROWS", 3)
    list(market.take(MarketChange(id="1.2", definition=definition("OPEN", "ACTIVE")), 1, 1))
    counts = []
    for line in range(2, 9):
        change = RunnerChange(id=0, atb=[(Decimal(2), Decimal(line))])
        for rows in market.take(MarketChange(id="1.2", rc=[change]), line, line):
            assert isinstance(rows, Rows)
            counts.append(rows.batch.num_rows)
            lines = [delta.ts_init for delta in from_batch(rows.batch)]
            assert [f"f:{number}" for number in lines] == [rows.place(i) for i in range(3)]
    assert [3, 3] == counts
    assert [1] == [rows.batch.num_rows for rows in market.finish()]
