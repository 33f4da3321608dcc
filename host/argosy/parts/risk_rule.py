"""Risk rules: one thing that an order must satisfy before it leaves, and what a rule looks at.

.. code-block:: python

    class NoSales(RiskRule):
        def check(self, order: Order, position_id: PositionId | None) -> str | None:
            return None if order.is_buy else f"NO_SALES: quantity={order.quantity}"

    @hookimpl
    def register_risk_rules(register: Register[RiskRule, [Any, RiskContext]]) -> None:
        register("no_sales", lambda settings, context: NoSales(context), reasons=(SALE,))

and in a system file ``[risk.no_sales]``; with the capability "default" it applies without.
`argosy.testing.risk_rules.check_risk_rule` checks one.

*Who calls it when*: the risk engine, before an order or a change leaves for its venue, every rule
in its turn until one gives a reason; the order is denied with it. A rule changes nothing but what
it counts. It raises nothing: what it raises ends the run. The class is compiled, since each order
passes all rules; compiled plugins cimport it from `argosy.plug.rule`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from argosy.kernel.prices import offered_price
from argosy.kernel.timeline import Timeline
from argosy.model.accounts.exposure import Exposure
from argosy.model.accounts.margin import MarginAccount
from argosy.model.enums import TradingState

if TYPE_CHECKING:
    from argosy.model.accounts import Account
    from argosy.model.identifiers import PositionId
    from argosy.model.instruments import Instrument
    from argosy.model.money import Money
    from argosy.model.orders.order import Order
    from argosy.model.values import Price, Quantity
    from argosy.parts.route import Route


class RiskContext:
    """What a rule may look at.

    Parameters
    ----------
    cache : orders, positions, accounts, prices
    portfolio : net positions and rates
    timeline : `now` is the time of the check
    routes : where the orders of an instrument go: `of(instrument_id)` gives its Route
    """

    cache: Any
    portfolio: Any
    timeline: Timeline
    routes: Any
    trading_state: TradingState
    _order: Order | None
    _route: Route | None

    def __init__(self, cache: Any, portfolio: Any, timeline: Timeline, routes: Any) -> None:
        self.cache = cache
        self._closable_raw18 = cache.closable_raw18
        self.portfolio = portfolio
        self.timeline = timeline
        self.routes = routes
        self.trading_state = TradingState.ACTIVE
        self._order = None
        self._route = None

    def judge(self, order: Order | None, route: Route | None) -> int:
        """Say which order is judged from now on, and its route; the risk engine calls this."""
        self._order = order
        self._route = route
        return 0

    def route_of(self, order: Order) -> Route:
        """Return the route of an order: market, account and terms of its instrument."""
        if order is self._order and self._route is not None:
            return self._route
        found: Route = self.routes.of(order.instrument_id)
        return found

    def instrument_of(self, order: Order) -> Instrument | None:
        """Return the definition of an order's instrument, None where nobody has one."""
        return self.route_of(order).instrument

    def account_of(self, order: Order) -> Account | None:
        """Return the account that an order trades on, None where its venue has none."""
        return self.route_of(order).account

    def price_of(self, order: Order) -> Price | None:
        """Return the price that an order is judged by, None where nobody knows one.

        Its limit, else its trigger price; of one that has neither, what the market offers: the ask
        to a buyer, the bid to a seller, else the last trade, else the close of the newest bar.
        """
        if order.price is not None:
            return order.price
        if order.trigger_price is not None:
            return order.trigger_price
        market = self.route_of(order).market
        return None if market is None else offered_price(market, order.sign)

    def need_of(self, order: Order, price: Price | None) -> Money | None:
        """Return what must be free on its account for what is left of an order; None: nothing.

        On margin only what would not close a position needs anything: of the net position that is
        what no other working order of this side will close.
        """
        route = self.route_of(order)
        if route.account is None or route.stake is None:
            return None
        if not isinstance(route.account, MarginAccount):
            return route.account.need(order, route.stake, price)
        account = route.account
        exposure = route.stake
        assert isinstance(exposure, Exposure)
        return account.need_beyond(order, exposure, price, self._closable(order))

    def _closable(self, order: Order) -> int:
        """Return how much an order could close that no other will (x 10^18)."""
        closable: int = self._closable_raw18(order.instrument_id, order.sign)
        return closable


class RiskRule:
    """Say why an order may not be sent or changed, as `CODE: key=value, ...`.

    A subclass overrides `check`, `check_modify` or both; what it cannot judge it refuses.

    Parameters
    ----------
    context : what the rule may look at
    """

    context: RiskContext

    def __init__(self, context: RiskContext) -> None:
        self.context = context

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"

    def check(self, order: Order, position_id: PositionId | None) -> str | None:
        """Return why `order` may not be sent, or None."""
        return None

    def check_modify(
        self,
        order: Order,
        quantity: Quantity | None,
        price: Price | None,
        trigger_price: Price | None,
    ) -> str | None:
        """Return why `order` may not be changed, or None; an argument of None keeps what it has."""
        return None
