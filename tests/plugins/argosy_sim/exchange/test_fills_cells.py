"""Every cell: order type x side x time in force, on quotes, trades and bars, with its outcome.

The market stands at 1.05000 with 1,000 displayed (quotes: 1.05000 / 1.05010), an order of 1,500
comes, then the market goes up for a buy (down for a sell) to 1.05600, back to touch 1.04500, and
through it; then two days pass. Stops wait at 1.05500, passive limits at 1.04500, marketable limits
allow up to 1.05100; a sell has the mirror image.
"""

from __future__ import annotations

from typing import Any

import pytest

from argosy.errors import ValueRangeError
from argosy.model.enums import OrderType, TimeInForce
from tests.plugins.argosy_sim.kit import BUY, MINUTE, SELL, Exchange, told

DAYS = 2 * 86_400_000_000_000
KINDS: dict[str, tuple[OrderType, str | None, str | None]] = {
    "market": (OrderType.MARKET, None, None),
    "marketable": (OrderType.LIMIT, "1.05100", None),
    "passive": (OrderType.LIMIT, "1.04500", None),
    "stop": (OrderType.STOP_MARKET, None, "1.05500"),
}
PATH = ("1.05600", "1.04500", "1.04490")
REFUSED = "ValueRangeError"  # the order cannot even be made

CELLS = """
quotes market BUY GTC,DAY: Filled 1000@1.05000 TAKER, Filled 500@1.05001 TAKER
quotes market BUY IOC: Filled 1000@1.05000 TAKER, Canceled IMMEDIATE_OR_CANCEL
quotes market BUY FOK: Canceled FILL_OR_KILL
quotes market BUY GTD: ValueRangeError
quotes market BUY AT_THE_OPEN,AT_THE_CLOSE: Rejected UNSUPPORTED_TIME_IN_FORCE
quotes market SELL GTC,DAY: Filled 1000@1.05000 TAKER, Filled 500@1.04999 TAKER
quotes market SELL IOC: Filled 1000@1.05000 TAKER, Canceled IMMEDIATE_OR_CANCEL
quotes market SELL FOK: Canceled FILL_OR_KILL
quotes market SELL GTD: ValueRangeError
quotes market SELL AT_THE_OPEN,AT_THE_CLOSE: Rejected UNSUPPORTED_TIME_IN_FORCE
quotes marketable BUY GTC,GTD,DAY: Accepted, Filled 1000@1.05000 TAKER, Filled 500@1.05100 MAKER
quotes marketable BUY IOC: Accepted, Filled 1000@1.05000 TAKER, Canceled IMMEDIATE_OR_CANCEL
quotes marketable BUY FOK: Accepted, Canceled FILL_OR_KILL
quotes marketable BUY AT_THE_OPEN,AT_THE_CLOSE: Rejected UNSUPPORTED_TIME_IN_FORCE
quotes marketable SELL GTC,GTD,DAY: Accepted, Filled 1000@1.05000 TAKER, Filled 500@1.04900 MAKER
quotes marketable SELL IOC: Accepted, Filled 1000@1.05000 TAKER, Canceled IMMEDIATE_OR_CANCEL
quotes marketable SELL FOK: Accepted, Canceled FILL_OR_KILL
quotes marketable SELL AT_THE_OPEN,AT_THE_CLOSE: Rejected UNSUPPORTED_TIME_IN_FORCE
quotes passive BUY GTC,GTD,DAY: Accepted, Filled 1000@1.04500 MAKER, Filled 500@1.04500 MAKER
quotes passive BUY IOC: Accepted, Canceled IMMEDIATE_OR_CANCEL
quotes passive BUY FOK: Accepted, Canceled FILL_OR_KILL
quotes passive BUY AT_THE_OPEN,AT_THE_CLOSE: Rejected UNSUPPORTED_TIME_IN_FORCE
quotes passive SELL GTC,GTD,DAY: Accepted, Filled 1000@1.05500 MAKER, Filled 500@1.05500 MAKER
quotes passive SELL IOC: Accepted, Canceled IMMEDIATE_OR_CANCEL
quotes passive SELL FOK: Accepted, Canceled FILL_OR_KILL
quotes passive SELL AT_THE_OPEN,AT_THE_CLOSE: Rejected UNSUPPORTED_TIME_IN_FORCE
quotes stop BUY GTC,GTD,DAY: Accepted, Filled 1000@1.05600 TAKER, Filled 500@1.05601 TAKER
quotes stop BUY IOC: Accepted, Filled 1000@1.05600 TAKER, Canceled IMMEDIATE_OR_CANCEL
quotes stop BUY FOK: Accepted, Canceled FILL_OR_KILL
quotes stop BUY AT_THE_OPEN,AT_THE_CLOSE: ValueRangeError
quotes stop SELL GTC,GTD,DAY: Accepted, Filled 1000@1.04400 TAKER, Filled 500@1.04399 TAKER
quotes stop SELL IOC: Accepted, Filled 1000@1.04400 TAKER, Canceled IMMEDIATE_OR_CANCEL
quotes stop SELL FOK: Accepted, Canceled FILL_OR_KILL
quotes stop SELL AT_THE_OPEN,AT_THE_CLOSE: ValueRangeError
trades market BUY GTC,DAY: Filled 1000@1.05000 TAKER, Filled 500@1.05001 TAKER
trades market BUY IOC: Filled 1000@1.05000 TAKER, Canceled IMMEDIATE_OR_CANCEL
trades market BUY FOK: Canceled FILL_OR_KILL
trades market BUY GTD: ValueRangeError
trades market BUY AT_THE_OPEN,AT_THE_CLOSE: Rejected UNSUPPORTED_TIME_IN_FORCE
trades market SELL GTC,DAY: Filled 1000@1.05000 TAKER, Filled 500@1.04999 TAKER
trades market SELL IOC: Filled 1000@1.05000 TAKER, Canceled IMMEDIATE_OR_CANCEL
trades market SELL FOK: Canceled FILL_OR_KILL
trades market SELL GTD: ValueRangeError
trades market SELL AT_THE_OPEN,AT_THE_CLOSE: Rejected UNSUPPORTED_TIME_IN_FORCE
trades marketable BUY GTC,GTD,DAY: Accepted, Filled 1000@1.05000 TAKER, Filled 500@1.05100 MAKER
trades marketable BUY IOC: Accepted, Filled 1000@1.05000 TAKER, Canceled IMMEDIATE_OR_CANCEL
trades marketable BUY FOK: Accepted, Canceled FILL_OR_KILL
trades marketable BUY AT_THE_OPEN,AT_THE_CLOSE: Rejected UNSUPPORTED_TIME_IN_FORCE
trades marketable SELL GTC,GTD,DAY: Accepted, Filled 1000@1.05000 TAKER, Filled 500@1.04900 MAKER
trades marketable SELL IOC: Accepted, Filled 1000@1.05000 TAKER, Canceled IMMEDIATE_OR_CANCEL
trades marketable SELL FOK: Accepted, Canceled FILL_OR_KILL
trades marketable SELL AT_THE_OPEN,AT_THE_CLOSE: Rejected UNSUPPORTED_TIME_IN_FORCE
trades passive BUY GTC,GTD,DAY: Accepted, Filled 1000@1.04500 MAKER, Filled 500@1.04500 MAKER
trades passive BUY IOC: Accepted, Canceled IMMEDIATE_OR_CANCEL
trades passive BUY FOK: Accepted, Canceled FILL_OR_KILL
trades passive BUY AT_THE_OPEN,AT_THE_CLOSE: Rejected UNSUPPORTED_TIME_IN_FORCE
trades passive SELL GTC,GTD,DAY: Accepted, Filled 1000@1.05500 MAKER, Filled 500@1.05500 MAKER
trades passive SELL IOC: Accepted, Canceled IMMEDIATE_OR_CANCEL
trades passive SELL FOK: Accepted, Canceled FILL_OR_KILL
trades passive SELL AT_THE_OPEN,AT_THE_CLOSE: Rejected UNSUPPORTED_TIME_IN_FORCE
trades stop BUY GTC,GTD,DAY: Accepted, Filled 1000@1.05600 TAKER, Filled 500@1.05601 TAKER
trades stop BUY IOC: Accepted, Filled 1000@1.05600 TAKER, Canceled IMMEDIATE_OR_CANCEL
trades stop BUY FOK: Accepted, Canceled FILL_OR_KILL
trades stop BUY AT_THE_OPEN,AT_THE_CLOSE: ValueRangeError
trades stop SELL GTC,GTD,DAY: Accepted, Filled 1000@1.04400 TAKER, Filled 500@1.04399 TAKER
trades stop SELL IOC: Accepted, Filled 1000@1.04400 TAKER, Canceled IMMEDIATE_OR_CANCEL
trades stop SELL FOK: Accepted, Canceled FILL_OR_KILL
trades stop SELL AT_THE_OPEN,AT_THE_CLOSE: ValueRangeError
bars market BUY GTC,DAY: Filled 1000@1.05000 TAKER, Filled 500@1.05001 TAKER
bars market BUY IOC: Filled 1000@1.05000 TAKER, Canceled IMMEDIATE_OR_CANCEL
bars market BUY FOK: Canceled FILL_OR_KILL
bars market BUY GTD: ValueRangeError
bars market BUY AT_THE_OPEN,AT_THE_CLOSE: Rejected UNSUPPORTED_TIME_IN_FORCE
bars market SELL GTC,DAY: Filled 1000@1.05000 TAKER, Filled 500@1.04999 TAKER
bars market SELL IOC: Filled 1000@1.05000 TAKER, Canceled IMMEDIATE_OR_CANCEL
bars market SELL FOK: Canceled FILL_OR_KILL
bars market SELL GTD: ValueRangeError
bars market SELL AT_THE_OPEN,AT_THE_CLOSE: Rejected UNSUPPORTED_TIME_IN_FORCE
bars marketable BUY GTC,GTD,DAY: Accepted, Filled 1000@1.05000 TAKER, Filled 500@1.05100 MAKER
bars marketable BUY IOC: Accepted, Filled 1000@1.05000 TAKER, Canceled IMMEDIATE_OR_CANCEL
bars marketable BUY FOK: Accepted, Canceled FILL_OR_KILL
bars marketable BUY AT_THE_OPEN,AT_THE_CLOSE: Rejected UNSUPPORTED_TIME_IN_FORCE
bars marketable SELL GTC,GTD,DAY: Accepted, Filled 1000@1.05000 TAKER, Filled 500@1.04900 MAKER
bars marketable SELL IOC: Accepted, Filled 1000@1.05000 TAKER, Canceled IMMEDIATE_OR_CANCEL
bars marketable SELL FOK: Accepted, Canceled FILL_OR_KILL
bars marketable SELL AT_THE_OPEN,AT_THE_CLOSE: Rejected UNSUPPORTED_TIME_IN_FORCE
bars passive BUY GTC,GTD,DAY: Accepted, Filled 1000@1.04500 MAKER, Filled 500@1.04500 MAKER
bars passive BUY IOC: Accepted, Canceled IMMEDIATE_OR_CANCEL
bars passive BUY FOK: Accepted, Canceled FILL_OR_KILL
bars passive BUY AT_THE_OPEN,AT_THE_CLOSE: Rejected UNSUPPORTED_TIME_IN_FORCE
bars passive SELL GTC,GTD,DAY: Accepted, Filled 1000@1.05500 MAKER, Filled 500@1.05500 MAKER
bars passive SELL IOC: Accepted, Canceled IMMEDIATE_OR_CANCEL
bars passive SELL FOK: Accepted, Canceled FILL_OR_KILL
bars passive SELL AT_THE_OPEN,AT_THE_CLOSE: Rejected UNSUPPORTED_TIME_IN_FORCE
bars stop BUY GTC,GTD,DAY: Accepted, Filled 1000@1.05600 TAKER, Filled 500@1.05601 TAKER
bars stop BUY IOC: Accepted, Filled 1000@1.05600 TAKER, Canceled IMMEDIATE_OR_CANCEL
bars stop BUY FOK: Accepted, Canceled FILL_OR_KILL
bars stop BUY AT_THE_OPEN,AT_THE_CLOSE: ValueRangeError
bars stop SELL GTC,GTD,DAY: Accepted, Filled 1000@1.04400 TAKER, Filled 500@1.04399 TAKER
bars stop SELL IOC: Accepted, Filled 1000@1.04400 TAKER, Canceled IMMEDIATE_OR_CANCEL
bars stop SELL FOK: Accepted, Canceled FILL_OR_KILL
bars stop SELL AT_THE_OPEN,AT_THE_CLOSE: ValueRangeError
"""


def cells() -> dict[tuple[str, ...], str]:
    """Return the table by (data, kind, side, time in force)."""
    table = {}
    for line in CELLS.strip().splitlines():
        place, _, outcome = line.partition(": ")
        data, kind, side, times = place.split()
        for time in times.split(","):
            table[data, kind, side, time] = outcome
    return table


def mirrored(price: str | None) -> str | None:
    """Return a price as far on the other side of 1.05."""
    return None if price is None else f"{2 * 1.05 - float(price):.5f}"


def show(exchange: Exchange, data: str, price: str, *, is_buy: bool) -> None:
    """Show a market at a price: quotes have it on the side that the order takes."""
    if data == "bars":
        exchange.bar(price, price, price, price, volume=4_000)
    elif data == "trades":
        exchange.trade(price, 1_000)
    elif is_buy:
        exchange.quote(f"{float(price) - 0.0001:.5f}", price, 1_000, 1_000)
    else:
        exchange.quote(price, f"{float(price) + 0.0001:.5f}", 1_000, 1_000)


def outcome(data: str, kind: str, side: str, time: str) -> str:
    is_buy = side == BUY
    order_type, price, trigger = KINDS[kind]
    path = PATH
    if not is_buy:
        price, trigger = mirrored(price), mirrored(trigger)
        path = tuple(str(mirrored(each)) for each in PATH)
    exchange = Exchange()
    show(exchange, data, "1.05000", is_buy=is_buy)
    more: dict[str, Any] = {"tif": TimeInForce(time)}
    if time == TimeInForce.GTD:
        more["expire_time_ns"] = exchange.timeline.now + 10 * MINUTE
    try:
        order = exchange.make(BUY if is_buy else SELL, 1_500, order_type, price, trigger, **more)
    except ValueRangeError:
        return REFUSED
    exchange.send(order)
    for each in path:
        show(exchange, data, each, is_buy=is_buy)
    exchange.wait(DAYS)
    return ", ".join(told(order))


@pytest.mark.parametrize("cell", cells(), ids=" ".join)
def test_a_cell_has_the_outcome_of_the_table(cell: tuple[str, str, str, str]) -> None:
    assert cells()[cell] == outcome(*cell)


def test_the_table_has_every_cell() -> None:
    times = [str(time) for time in TimeInForce]
    expected = {
        (data, kind, side, time)
        for data in ("quotes", "trades", "bars")
        for kind in KINDS
        for side in ("BUY", "SELL")
        for time in times
    }
    assert expected == set(cells())
