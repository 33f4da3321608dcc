"""Data that does not come in columns of ticks: book deltas, status updates, custom objects."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from argosy import (
    BacktestEngine,
    BookOrder,
    DataError,
    DataType,
    InstrumentStatusUpdate,
    OrderBookDelta,
    OrderBookDeltas,
    OrderFilled,
    OrderSide,
    Price,
    Quantity,
    QuoteTick,
    Strategy,
    VenueStatusUpdate,
)
from argosy.model.data import F_LAST
from argosy.model.enums import BookAction, MarketStatusAction
from argosy.serialization import arrow
from argosy.testing.instruments import default_fx_ccy

PAIR = default_fx_ccy("EUR/USD", "SIM")


class News(msgspec.Struct, frozen=True):
    """A custom object."""

    text: str
    ts_event: int
    ts_init: int


class Listener(Strategy):
    """Write down what arrives, and buy at every quote."""

    def __init__(self, *, buys: bool = False) -> None:
        super().__init__()
        self.buys = buys
        self.seen: list[Any] = []
        self.fills = 0

    def on_start(self) -> None:
        self.subscribe_order_book_deltas(PAIR.id)
        self.subscribe_instrument_status(PAIR.id)
        self.subscribe_venue_status(PAIR.id.venue)
        self.subscribe_data(DataType(News))
        if self.buys:
            self.subscribe_quote_ticks(PAIR.id)

    def on_quote_tick(self, tick: QuoteTick) -> None:
        order = self.order_factory.market(PAIR.id, OrderSide.BUY, Quantity.from_int(1_000))
        self.submit_order(order)

    def on_order_filled(self, event: OrderFilled) -> None:
        self.fills += 1

    def on_order_book_deltas(self, deltas: OrderBookDeltas) -> None:
        self.seen.append(("deltas", len(deltas.deltas), deltas.ts_init))

    def on_instrument_status(self, status: InstrumentStatusUpdate) -> None:
        self.seen.append(("instrument", status.action))

    def on_venue_status(self, status: VenueStatusUpdate) -> None:
        self.seen.append(("venue", status.status))

    def on_data(self, data: Any) -> None:
        self.seen.append(("news", data.text))


def engine() -> BacktestEngine:
    made = BacktestEngine()
    account = {"type": "margin", "base_currency": "USD", "balances": ["1_000_000 USD"]}
    made.add_venue("SIM", oms="netting", account=account)
    made.add_instrument(PAIR)
    return made


def delta(ts: int, *, flags: int) -> OrderBookDelta:
    order = BookOrder(OrderSide.BUY, Price("1.10000"), Quantity.from_int(1_000), 1)
    return OrderBookDelta(PAIR.id, BookAction.ADD, order, flags, ts, ts, ts)


def quote(ts: int) -> QuoteTick:
    size = Quantity.from_int(1_000_000)
    return QuoteTick(PAIR.id, Price("1.10000"), Price("1.10002"), size, size, ts, ts)


def test_deltas_arrive_in_the_groups_that_f_last_ends() -> None:
    made, listener = engine(), Listener()
    made.add_strategy(listener)
    rows = [delta(1, flags=0), delta(1, flags=F_LAST), delta(2, flags=F_LAST)]
    made.add_data(arrow.to_batch(rows))
    made.run()
    assert [("deltas", 2, 1), ("deltas", 1, 2)] == listener.seen


def test_deltas_without_an_end_are_refused() -> None:
    made = engine()
    made.add_data(arrow.to_batch([delta(1, flags=0)]))
    with pytest.raises(DataError, match="F_LAST"):
        made.run()


def test_custom_objects_reach_those_who_asked_for_their_class() -> None:
    made, listener = engine(), Listener()
    made.add_strategy(listener)
    made.add_data([News("up", 1, 1), News("down", 2, 2)])
    made.run()
    assert [("news", "up"), ("news", "down")] == listener.seen


@pytest.mark.parametrize("whole_venue", [False, True])
def test_nothing_trades_while_the_market_is_halted(
    whole_venue: bool,  # noqa: FBT001
) -> None:
    def status(action: MarketStatusAction, ts: int) -> Any:
        if whole_venue:
            return VenueStatusUpdate(venue=PAIR.id.venue, status=action, ts_event=ts, ts_init=ts)
        return InstrumentStatusUpdate(instrument_id=PAIR.id, action=action, ts_event=ts, ts_init=ts)

    made, listener = engine(), Listener(buys=True)
    made.add_strategy(listener)
    made.add_data([quote(1), quote(3), quote(5)])
    made.add_data([status(MarketStatusAction.HALT, 2), status(MarketStatusAction.TRADING, 4)])
    made.run()
    assert 2 == listener.fills
    kind = "venue" if whole_venue else "instrument"
    assert [(kind, "HALT"), (kind, "TRADING")] == listener.seen
