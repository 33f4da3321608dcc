"""What every risk rule keeps to, asked about sound orders and about odd ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import msgspec

from argosy.model.enums import OrderSide, OrderType
from argosy.model.orders import order_from
from argosy.model.values import Price, Quantity
from argosy.parts.risk_rule import RiskContext, RiskRule
from argosy.testing.fee_models import market_order
from argosy.testing.instruments import default_fx_ccy
from argosy.testing.runs import make_engine

if TYPE_CHECKING:
    from argosy.model.orders import Order

REASON = re.compile(r"[A-Z][A-Z0-9_]*(: .+)?", re.DOTALL)
QUANTITIES = (1, 1_000, 10**12)
PRICES = ("0.00001", "1.1", "99999.1234567")


def check_risk_rule(build: Callable[[RiskContext], RiskRule]) -> None:
    """Check a rule: it answers about whatever order there is, with None or a coded reason.

    Parameters
    ----------
    build : makes the rule anew each time, with the context that it gets

    Raises
    ------
    AssertionError : names the order and the answer
    """
    first, second = (_answers(build) for _ in range(2))
    for (order, reason), (_, again) in zip(first, second, strict=True):
        assert reason is None or (isinstance(reason, str) and REASON.fullmatch(reason)), (
            f"of {order} it says {reason!r}, neither None nor 'CODE: key=value, ...'"
        )
        assert reason == again, f"of {order} it says {reason!r}, and the next time {again!r}"


def _answers(build: Callable[[RiskContext], RiskRule]) -> list[tuple[str, str | None]]:
    """Ask a new rule, before a run with one market and one account, about each order in turn."""
    context = make_engine().core.risk.context
    rule = build(context)
    assert isinstance(rule, RiskRule), f"{rule!r} does not derive from RiskRule"
    answers = []
    for order in _orders():
        what = f"{order.side} {order.quantity} {order.instrument_id} {order.order_type}"
        answers.append((what, rule.check(order, None)))
        more = Quantity(order.quantity.raw + 1)
        answers.append((f"a change of {what}", rule.check_modify(order, more, order.price, None)))
    return answers


def _orders() -> Iterator[Order]:
    """Yield orders of an instrument of the run, and of one that nobody knows."""
    for instrument in (default_fx_ccy("EUR/USD"), default_fx_ccy("AUD/NZD")):
        for side in (OrderSide.BUY, OrderSide.SELL):
            for size in QUANTITIES:
                made = market_order(instrument, side, Quantity(size))
                yield order_from(made)
                for price in PRICES:
                    limit = {"order_type": OrderType.LIMIT, "price": Price.from_str(price)}
                    yield order_from(msgspec.structs.replace(made, **limit))
