"""Data, and a data engine that is not part of a run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from argosy import Bar, BarType, InstrumentId, Price, Quantity, QuoteTick, TradeId, TradeTick
from argosy.engine.cache import Cache
from argosy.engine.data import DataEngine
from argosy.kernel.bus import MessageBus
from argosy.kernel.timeline import Timeline
from argosy.model.enums import AggressorSide
from argosy.parts.catalog import Catalog
from argosy.testing.instruments import default_fx_ccy

PAIR = InstrumentId("GBP/USD.SIM")
SECOND = 1_000_000_000
T0 = 1_704_067_200 * SECOND
"""2024-01-01."""


class Shelf(Catalog):
    """A catalog that holds nothing; tests derive from it."""

    path = "shelf"

    def snapshot(self) -> int:
        return 17

    def instruments(self) -> Sequence[Any]:
        return []

    def streams(self, *asked: Any, **options: Any) -> Sequence[Any]:
        return []

    def write_run(self, run: Any, tables: Any, events: Any = ()) -> None:
        raise AssertionError("no run ends here")

    def close(self) -> None:
        pass


def data_engine(*pairs: str) -> DataEngine:
    """Return a data engine that knows some pairs; bars are not built in it."""

    def no_bars(bar_type: BarType, *_: Any) -> Any:
        raise AssertionError(f"nobody asked for {bar_type}")

    engine = DataEngine(Timeline(), MessageBus(), Cache(), no_bars)
    for pair in pairs or ("GBP/USD",):
        engine.add_instrument(default_fx_ccy(pair))
    return engine


def quote(ts: int, bid: int = 150_000, *, key: InstrumentId = PAIR, spread: int = 2) -> QuoteTick:
    """Return a quote of a million on both sides, `ts` seconds after T0."""
    size = Quantity.from_int(1_000_000)
    at = T0 + ts * SECOND
    prices = Price.from_raw(bid, 5), Price.from_raw(bid + spread, 5)
    return QuoteTick(key, *prices, size, size, at, at)


def quotes(times: Iterable[int]) -> list[QuoteTick]:
    """Return quotes, each a unit above the one before."""
    return [quote(ts, 150_000 + number) for number, ts in enumerate(times)]


def trade(ts: int, price: int = 150_000) -> TradeTick:
    """Return a trade."""
    at = T0 + ts * SECOND
    size = Quantity.from_int(1_000)
    trade_id = TradeId(f"T{ts}")
    return TradeTick(PAIR, Price.from_raw(price, 5), size, AggressorSide.BUYER, trade_id, at, at)


def bar(ts: int, name: str = "1-MINUTE-BID", close: int = 150_000) -> Bar:
    """Return a bar without a body."""
    at = T0 + ts * SECOND
    price = Price.from_raw(close, 5)
    kind = BarType.from_str(f"{PAIR}-{name}-EXTERNAL")
    return Bar(kind, price, price, price, price, Quantity.from_int(4_000_000), at, at)
