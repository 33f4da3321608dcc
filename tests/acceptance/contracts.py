"""Markets of any kind of contract, and the orders that trade them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from argosy import OrderSide, Quantity, QuoteTick
from argosy.model.instruments import Instrument
from argosy.model.position import Position
from tests.acceptance.script import BUY, SELL, Played, Script, Step, ns


def shown(instrument: Instrument, second: float, bid: str, ask: str | None = None) -> QuoteTick:
    """Return a quote of more than anybody trades."""
    size = Quantity.from_raw(10**15, instrument.size_precision)
    prices = [instrument.make_price(each) for each in (bid, ask or bid)]
    return QuoteTick(instrument.id, *prices, size, size, ns(second), ns(second))


def path(instrument: Instrument, prices: Iterable[str], first: float = 0) -> list[QuoteTick]:
    """Return a quote a second, bid and ask alike."""
    return [shown(instrument, first + number, price) for number, price in enumerate(prices)]


def trade(instrument: Instrument, side: OrderSide, size: str) -> Step:
    """Return a step that sends a market order."""

    def step(script: Script) -> None:
        make = script.order_factory.market
        script.submit_order(make(instrument.id, side, instrument.make_qty(Decimal(size))))

    return step


def round_trip(
    instrument: Instrument, size: str, bought: float, sold: float
) -> list[tuple[float, Step]]:
    """Return steps that buy and sell, half a second after these."""
    return [
        (bought + 0.5, trade(instrument, BUY, size)),
        (sold + 0.5, trade(instrument, SELL, size)),
    ]


def positions(run: Played) -> list[Position]:
    """Return every cycle of every position."""
    cache = run.engine.cache
    return [*cache.position_snapshots(), *cache.positions()]
