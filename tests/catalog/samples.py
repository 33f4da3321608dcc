"""Market data, instruments and runs for the catalog's tests."""

from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from argosy.model.bar_type import BarType
from argosy.model.data import Bar, BookOrder, OrderBookDelta, QuoteTick, TradeTick
from argosy.model.enums import AggressorSide, BookAction, OrderSide
from argosy.model.identifiers import InstrumentId, TradeId
from argosy.model.values import Price, Quantity

GBPUSD = InstrumentId("GBP/USD.SIM")
SHIB = InstrumentId("SHIBUSDT.SIM")
BID_BARS = BarType.from_str("GBP/USD.SIM-1-MINUTE-BID-EXTERNAL")
SECOND = 1_000_000_000
DAY = 86_400 * SECOND
T0 = 1_704_067_200 * SECOND
"""2024-01-01."""


def quotes(
    count: int,
    *,
    start: int = T0,
    step: int = SECOND,
    instrument: InstrumentId = GBPUSD,
    price_precision: int = 5,
    size_precision: int = 0,
    first_raw: int = 150_000,
) -> list[QuoteTick]:
    """Make quotes whose prices rise by one unit each."""
    return [
        QuoteTick(
            instrument,
            Price.from_raw(first_raw + i, price_precision),
            Price.from_raw(first_raw + i + 2, price_precision),
            Quantity.from_raw(1000 + i, size_precision),
            Quantity.from_raw(2000 + i, size_precision),
            start + i * step,
            start + i * step,
        )
        for i in range(count)
    ]


def trades(count: int, *, start: int = T0, instrument: InstrumentId = GBPUSD) -> list[TradeTick]:
    """Make trades of alternating sides."""
    return [
        TradeTick(
            instrument,
            Price.from_raw(150_000 + i, 5),
            Quantity.from_raw(10 + i, 2),
            AggressorSide.BUYER if i % 2 else AggressorSide.SELLER,
            TradeId(f"T-{i}"),
            start + i * SECOND,
            start + i * SECOND + 5,
        )
        for i in range(count)
    ]


def bars(count: int, *, start: int = T0, bar_type: BarType = BID_BARS) -> list[Bar]:
    """Make rising one-minute bars."""
    return [
        Bar(
            bar_type,
            Price.from_raw(150_000 + i, 5),
            Price.from_raw(150_010 + i, 5),
            Price.from_raw(149_990 + i, 5),
            Price.from_raw(150_005 + i, 5),
            Quantity.from_raw(100 + i, 0),
            start + (i + 1) * 60 * SECOND,
            start + (i + 1) * 60 * SECOND,
        )
        for i in range(count)
    ]


def deltas(count: int, *, start: int = T0) -> list[OrderBookDelta]:
    """Make a CLEAR, then bids that are added one by one."""
    clear = OrderBookDelta(GBPUSD, BookAction.CLEAR, None, 0, 0, start, start)
    adds = [
        OrderBookDelta(
            GBPUSD,
            BookAction.ADD,
            BookOrder(OrderSide.BUY, Price.from_raw(150_000 - i, 5), Quantity.from_raw(7, 0), i),
            128,
            i,
            start + i,
            start + i,
        )
        for i in range(1, count)
    ]
    return [clear, *adds]


def event_rows(count: int, first: int = 0) -> Any:
    """Make rows of an event log."""
    numbers = range(first, first + count)
    return pa.table(
        {
            "seq": pa.array(numbers, pa.int64()),
            "ts": pa.array([T0 + i for i in numbers], pa.timestamp("ns")),
            "type": ["OrderFilled"] * count,
            "payload": [bytes([i % 256, 0, 255]) for i in numbers],
        }
    )


def fill_rows(prices: Iterable[str], *, currency: str = "USD", digits: int = 5) -> Any:
    """Make rows of the fills table."""
    values = list(prices)
    return pa.table(
        {
            "trade_id": [f"T-{i}" for i in range(len(values))],
            "last_px": pa.array(values).cast(pa.decimal128(38, digits)),
            "last_qty": pa.array(["1"] * len(values)).cast(pa.decimal64(18, 0)),
            "currency": [currency] * len(values),
            "price_precision": pa.array([digits] * len(values), pa.int64()),
            "ts_event": pa.array([T0 + i for i in range(len(values))], pa.timestamp("ns")),
        }
    )


def files_under(folder: Any) -> list[str]:
    """Name the Parquet files below a folder."""
    return sorted(path.name for path in folder.rglob("*.parquet"))
