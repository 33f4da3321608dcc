"""A venue, an account and the engines of a run, wired as a run wires them, without any mode."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, TypeVar

from argosy.kernel.aggregator import Aggregator
from argosy.kernel.clock import Clock
from argosy.kernel.market import MarketState
from argosy.model.accounts import Account, CashAccount, MarginAccount
from argosy.model.bar_type import BarType
from argosy.model.currency import USD
from argosy.model.enums import LiquiditySide, OmsType, OrderSide
from argosy.model.events.account import AccountBalance, AccountState
from argosy.model.events.ids import EventIds
from argosy.model.identifiers import (
    AccountId,
    InstrumentId,
    OrderListId,
    PositionId,
    StrategyId,
    TradeId,
    TraderId,
    Venue,
    VenueOrderId,
)
from argosy.model.instruments import Instrument
from argosy.model.money import Money
from argosy.model.orders import OrderList
from argosy.model.orders.order import Order
from argosy.model.values import Price, Quantity
from argosy.parts.risk_rule import RiskContext, RiskRule
from argosy.run.core import Core
from argosy.strategy.factory import OrderFactory
from argosy.strategy.trader import Trader
from argosy.testing.instruments import default_fx_ccy
from argosy_bars.factories import tick_bars, time_bars
from tests.host.engine.venue import ScriptedVenue

A = TypeVar("A", bound=Account)
NOW = 1_704_067_200_000_000_000  # 2024-01-01
SECOND = 1_000_000_000
TRADER = TraderId("TRADER-001")
STRATEGY = StrategyId("Cross-000")
ACCOUNT = AccountId("SIM-001")
SIM = Venue("SIM")
EURUSD = default_fx_ccy("EUR/USD")
GBPUSD = default_fx_ccy("GBP/USD")
BUY, SELL = OrderSide.BUY, OrderSide.SELL
MAKER, TAKER = LiquiditySide.MAKER, LiquiditySide.TAKER
NETTING, HEDGING = OmsType.NETTING, OmsType.HEDGING


class Refusal(RiskRule):
    """Refuse every order for one reason."""

    def __init__(self, context: RiskContext, reason: str) -> None:
        super().__init__(context)
        self.reason = reason

    def check(self, order: Order, position_id: PositionId | None) -> str | None:
        """Refuse it."""
        return self.reason


class Desk:
    """Everything that a test of an engine needs.

    Parameters
    ----------
    instruments : added in this order; the first one is `instrument`
    account : of the venue, None for none; by default 1,000,000 USD on margin
    """

    def __init__(
        self,
        *instruments: Instrument,
        account: Account | str | None = "margin",
        oms_type: OmsType = NETTING,
    ) -> None:
        self.instrument = instruments[0] if instruments else EURUSD
        self.history: list[Any] = []
        self.core = Core(
            TRADER, event_ids=EventIds(0), make_aggregator=make_aggregator, history=self._past
        )
        self.timeline = self.core.timeline
        self.timeline.start(NOW)
        self.bus = self.core.bus
        self.cache = self.core.cache
        self.log = self.core.log
        self.ids = self.core.event_ids
        self.portfolio = self.core.portfolio
        self.positions = self.core.positions
        self.accounting = self.core.accounting
        self.risk = self.core.risk
        self.routes = self.core.routes
        self.context = self.risk.context
        self.execution = self.core.execution
        self.data = self.core.data
        self.requests = self.core.requests
        self.clock = Clock(self.timeline, None, self.bus)
        self.factory = OrderFactory(TRADER, STRATEGY, self.clock, self.ids)
        self.account = margin_account() if account == "margin" else account
        venues = None
        if isinstance(self.account, Account):
            self.cache.add_account(self.instrument.id.venue, self.account)
            self.account.xrate = self._rate
            venues = twin(self.account)
        self.venue = ScriptedVenue(
            self.timeline, self.instrument.id.venue, ACCOUNT, oms_type, venues
        )
        self.execution.add_client(self.venue)
        for instrument in instruments or (EURUSD,):
            self.data.add_instrument(instrument)
            self.venue.list_instrument(instrument)
        self.events: list[Any] = []
        self.bus.subscribe("events.*", self.events.append)
        self._trades = 0

    def trader(self) -> Trader:
        """Return the trader over the engines."""
        return self.core.trader

    def rules(self, *rules: RiskRule) -> None:
        """Let the risk engine ask these rules."""
        self.risk.set_rules(rules)

    def market(self, instrument: Instrument | None = None) -> MarketState:
        """Return the market state of an instrument, by default the first."""
        return self.data.market((instrument or self.instrument).id)

    def quote(self, bid: str, ask: str, instrument: Instrument | None = None) -> None:
        """Let the market see a quote now."""
        market = self.market(instrument)
        low = Price(bid, market.price_precision).raw
        high = Price(ask, market.price_precision).raw
        size = 10 ** (6 + market.size_precision)
        market.feed_quote(low, high, size, size, self.timeline.now, self.timeline.now)

    def trade(self, price: str, instrument: Instrument | None = None) -> None:
        """Let the market see a trade now."""
        market = self.market(instrument)
        raw = Price(price, market.price_precision).raw
        size = 10**market.size_precision
        market.feed_trade(raw, size, 1, "T1", self.timeline.now, self.timeline.now)

    def close(self, bar_type: str, price: str) -> None:
        """Let the market see an external bar that closes now."""
        feed = self.data.declare_external(BarType.from_str(bar_type))
        raw = Price(price, feed.price_precision).raw
        feed.take(raw, raw, raw, raw, 1, self.timeline.now, self.timeline.now)

    def buy(self, quantity: int | str, **more: Any) -> Order:
        """Return a market order that buys."""
        return self._order(BUY, quantity, **more)

    def sell(self, quantity: int | str, **more: Any) -> Order:
        """Return a market order that sells."""
        return self._order(SELL, quantity, **more)

    def limit(self, side: OrderSide, quantity: int | str, price: str, **more: Any) -> Order:
        """Return a limit order."""
        amount = Quantity.from_str(str(quantity))
        return self.factory.limit(self.instrument.id, side, amount, Price.from_str(price), **more)

    def stop(self, side: OrderSide, quantity: int | str, trigger: str, **more: Any) -> Order:
        """Return a stop-market order."""
        amount = Quantity.from_str(str(quantity))
        return self.factory.stop_market(
            self.instrument.id, side, amount, Price.from_str(trigger), **more
        )

    def accept(self, order: Order) -> Order:
        """Let the venue take an order that was submitted."""
        self.venue.accepted(order, VenueOrderId(f"V-{order.client_order_id}"), NOW)
        return order

    def fill(
        self,
        order: Order,
        quantity: int | str | None = None,
        price: str = "1.10000",
        *,
        fee: str = "0 USD",
        position_id: str | None = None,
    ) -> None:
        """Let the venue execute an order that was submitted, or a part of it."""
        self._trades += 1
        self.venue.filled(
            order,
            VenueOrderId(f"V-{order.client_order_id}"),
            TradeId(f"T-{self._trades}"),
            order.leaves_qty if quantity is None else Quantity.from_str(str(quantity)),
            Price.from_str(price),
            TAKER,
            Money.from_str(fee),
            self.timeline.now,
            None if position_id is None else PositionId(position_id),
        )

    def trade_at(self, side: OrderSide, quantity: int | str, price: str, **more: Any) -> Order:
        """Submit a market order past the rules, and fill it at once."""
        order = self._order(side, quantity)
        rules = self.risk.rules()
        self.risk.set_rules(())
        self.execution.submit(order)
        self.risk.set_rules(rules)
        self.fill(order, price=price, **more)
        return order

    def deny(self, order: Order, reason: str) -> None:
        """Send an order that a rule refuses."""
        rules = self.risk.rules()
        self.risk.set_rules([Refusal(self.context, reason)])
        self.execution.submit(order)
        self.risk.set_rules(rules)

    def of(self, *kinds: type) -> list[Any]:
        """Return the events of some kinds that were published so far."""
        return [event for event in self.events if isinstance(event, kinds)]

    def _order(self, side: OrderSide, quantity: int | str, **more: Any) -> Order:
        instrument_id: InstrumentId = more.pop("instrument_id", self.instrument.id)
        return self.factory.market(instrument_id, side, Quantity.from_str(str(quantity)), **more)

    def _rate(self, from_currency: Any, to_currency: Any) -> Decimal | None:
        return self.cache.get_xrate(self.instrument.id.venue, from_currency, to_currency)

    def _past(self, data_type: type, key: Any, start: int | None, end: int) -> Any:
        found: list[Any] = [each for each in self.history if type(each) is data_type]
        return (each for each in found if (start or 0) <= each.ts_init <= end)


def make_aggregator(
    bar_type: BarType, price_precision: int, size_precision: int, rank: int
) -> Aggregator:
    """Return the aggregator of a bar type, as a run makes it."""
    build = time_bars if bar_type.spec.is_time_aggregated() else tick_bars
    return build(bar_type, price_precision, size_precision, None, rank)


def order_list(name: str, orders: Sequence[Order]) -> OrderList:
    """Return an order list."""
    return OrderList(OrderListId(name), orders)


def margin_account(balance: str = "1_000_000 USD", **more: Any) -> MarginAccount:
    """Return a margin account in US dollars."""
    return deposit(MarginAccount(ACCOUNT, USD, **more), balance)


def cash_account(*balances: str, **more: Any) -> CashAccount:
    """Return a cash account; of one currency where `base_currency` is given."""
    return deposit(CashAccount(ACCOUNT, **more), *balances)


def deposit(account: A, *balances: str) -> A:
    """Let an account have these balances, and nothing else."""
    amounts = [Money.from_str(each) for each in balances]
    account.apply(
        AccountState(
            account.id,
            account.account_type,
            account.base_currency,
            tuple(AccountBalance(each, each - each, each) for each in amounts),
            (),
            (),
            True,  # noqa: FBT003 (fields by place)
            1,
            NOW,
            NOW,
        )
    )
    return account


def twin(account: A) -> A:
    """Return an account that begins as another one is, and is nobody else's."""
    base, rate = account.base_currency, account.xrate
    other: Any
    if isinstance(account, MarginAccount):
        other = MarginAccount(
            account.id,
            base,
            xrate=rate,
            default_leverage=account.default_leverage,
            leverages=account.leverages(),
            margin_model=account.margin_model,
            nets_worst_side=account.nets_worst_side,
        )
    elif isinstance(account, CashAccount):
        other = CashAccount(
            account.id,
            base,
            xrate=rate,
            may_borrow=account.may_borrow,
            locks_fees=account.locks_fees,
        )
    else:
        other = type(account)(account.id, base, xrate=rate)  # type: ignore[call-arg]
    if account.last_event is not None:
        other.apply(account.last_event)
    made: A = other
    return made
