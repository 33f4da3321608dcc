from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.errors import AccountError, ValueRangeError
from argosy.model.accounts import MarginAccount, MarginModel, StandardMarginModel
from argosy.model.currency import BTC, EUR, GBP, USD
from argosy.model.enums import OrderSide, OrderType
from argosy.model.events.account import (
    FEE,
    REALIZED_PNL,
    TRADE_LEG,
    AccountBalance,
    AccountFlow,
    AccountState,
    MarginBalance,
)
from argosy.model.events.order import OrderCanceled
from argosy.model.identifiers import InstrumentId, PositionId
from argosy.model.instruments import Instrument
from argosy.model.money import Money
from argosy.model.orders import Order
from argosy.model.position import Position, split_fill
from argosy.model.values import Price, Quantity
from argosy.testing.instruments import aapl_option, crude_oil, xbtusd_bitmex
from tests.host.model.accounts.books import assert_balanced, funded
from tests.host.model.trades import (
    ACCOUNT,
    BUY,
    GBPUSD,
    POSITION,
    SELL,
    a_fill,
    an_order,
    event,
    fill_of,
    instrument_of,
    limit_order,
    working,
)


def usd(amount: str) -> Money:
    return Money.from_str(f"{amount} USD")


def margin(**options: object) -> MarginAccount:
    account = MarginAccount(ACCOUNT, USD, **options)  # type: ignore[arg-type]
    funded(account, "10000.00 USD")
    return account


# -- flows --------------------------------------------------------------------------------------


def test_opening_costs_nothing_but_the_fee() -> None:
    fill = a_fill(BUY, "100_000", "1.25000", "2.50 USD")
    assert [(FEE, usd("-2.50"))] == [
        (flow.kind, flow.amount) for flow in margin().flows_for_fill(fill, GBPUSD)
    ]


def test_closing_books_the_gain_of_the_closed_part() -> None:
    position = Position(GBPUSD, a_fill(BUY, "100_000", "1.25000"))
    fill = a_fill(SELL, "40_000", "1.26000", "1.00 USD")
    account = margin()
    assert [(REALIZED_PNL, usd("400.00")), (FEE, usd("-1.00"))] == [
        (flow.kind, flow.amount) for flow in account.flows_for_fill(fill, GBPUSD, position)
    ]
    larger = a_fill(SELL, "300_000", "1.24000")
    assert [usd("-1000.00")] == [
        flow.amount for flow in account.flows_for_fill(larger, GBPUSD, position)
    ]
    assert Quantity("100_000") == position.quantity


def test_a_gain_is_booked_in_the_currency_of_the_account() -> None:
    account = MarginAccount(ACCOUNT, GBP, xrate=lambda *_: Decimal("0.8"))
    position = Position(GBPUSD, a_fill(BUY, "100_000", "1.25000"))
    flows = account.flows_for_fill(a_fill(SELL, "100_000", "1.26000"), GBPUSD, position)
    assert [Money(800, GBP)] == [flow.amount for flow in flows]


def test_an_inverse_contract_pays_in_its_base_currency() -> None:
    perpetual = xbtusd_bitmex()
    account = MarginAccount(ACCOUNT)
    position = Position(perpetual, a_fill(BUY, "10_000", "50000.0", "0 BTC", instrument=perpetual))
    closing = a_fill(SELL, "10_000", "40000.0", "0 BTC", instrument=perpetual)
    flows = account.flows_for_fill(closing, perpetual, position)
    assert [(REALIZED_PNL, Money("-0.05", BTC))] == [(each.kind, each.amount) for each in flows]


def test_options_are_paid_in_full() -> None:
    option = aapl_option()
    position = Position(option, a_fill(BUY, "2", "5.00", instrument=option))
    multiplier = option.multiplier.as_decimal()
    for side, price, sign in ((BUY, "5.00", -1), (SELL, "7.00", 1)):
        fill = a_fill(side, "2", price, instrument=option)
        flows = margin().flows_for_fill(fill, option, position)
        expected = Money(sign * 2 * Decimal(price) * multiplier, USD)
        assert [(TRADE_LEG, expected)] == [(each.kind, each.amount) for each in flows]


def test_a_loss_may_take_a_balance_below_zero() -> None:
    account = margin()
    account.apply_flows([account.flow(REALIZED_PNL, usd("-10000.01"), 1)])
    assert usd("-0.01") == account.balance_total()
    assert usd("0.00") == account.balance_locked()


# -- what is held -------------------------------------------------------------------------------


def test_a_working_order_holds_its_initial_margin() -> None:
    account = margin(default_leverage=10)
    order = working(limit_order(BUY, "100_000", "1.25000"))
    assert usd("375.00") == account.lock_for(order, GBPUSD)
    assert account.update_order(order, GBPUSD)
    assert usd("375.00") == account.margin_init(GBPUSD.id) == account.total_margin_init(USD)
    assert usd("375.00") == account.balance_locked()
    order.apply(fill_of(order, "40_000", "1.25000"))
    account.update_order(order, GBPUSD)
    assert usd("225.00") == account.margin_init(GBPUSD.id)
    order.apply(event(OrderCanceled, order))
    account.update_order(order, GBPUSD)
    assert account.margin_init(GBPUSD.id) is None
    assert usd("0.00") == account.balance_locked()


@pytest.mark.parametrize("fields", [{"reduce_only": True}, {}])
def test_what_reduces_or_has_no_price_holds_nothing(fields: dict[str, bool]) -> None:
    account = margin()
    order = limit_order(BUY, "1000", "1.25000", **fields) if fields else an_order()
    assert account.lock_for(order, GBPUSD) is None
    assert account.need_for(order, GBPUSD) is None
    assert not account.update_order(working(order), GBPUSD)


def test_a_position_holds_its_maintenance_margin_at_its_opening_price() -> None:
    account = margin(default_leverage=10)
    position = Position(GBPUSD, a_fill(SELL, "100_000", "1.25000"))
    position.apply(a_fill(SELL, "100_000", "1.25001"))
    assert account.update_position(position)
    assert usd("750.01") == account.margin_maint(GBPUSD.id) == account.total_margin_maint(USD)
    assert not account.update_position(position)
    position.apply(a_fill(BUY, "200_000", "1.30000"))
    assert account.update_position(position)
    assert {} == account.margins()
    assert usd("0.00") == account.balance_locked()


def test_a_position_is_valued_at_the_mark_where_that_is_declared() -> None:
    account = margin()
    account.update_position(Position(GBPUSD, a_fill(BUY, "1000", "1.25000")))
    assert usd("37.50") == account.margin_maint(GBPUSD.id)
    assert account.update_mark(GBPUSD, Price("1.30000"))
    assert usd("39.00") == account.margin_maint(GBPUSD.id)
    assert not account.update_mark(GBPUSD, Price("1.30000"))


def test_a_flip_is_two_positions_of_one_id() -> None:
    account = margin()
    position = Position(GBPUSD, a_fill(BUY, "1000", "1.25000"))
    account.update_position(position)
    closing, opening = split_fill(a_fill(SELL, "3000", "1.25000"), Quantity(1000), 99)
    position.apply(closing)
    account.update_position(position)
    account.update_position(position.reopened(GBPUSD, opening))
    assert usd("75.00") == account.margin_maint(GBPUSD.id)


def test_margins_are_held_in_the_base_currency_of_the_account() -> None:
    account = MarginAccount(ACCOUNT, GBP, xrate=lambda *_: Decimal("0.8"))
    assert Money(3000, GBP) == account.lock_for(limit_order(BUY, "100_000", "1.25000"), GBPUSD)
    account.update_position(Position(GBPUSD, a_fill(BUY, "100_000", "1.25000")))
    assert Money(3000, GBP) == account.margin_maint(GBPUSD.id)


def test_without_a_rate_nothing_is_held_in_silence() -> None:
    account = MarginAccount(ACCOUNT, GBP)
    with pytest.raises(AccountError, match="no exchange rate from USD to GBP"):
        account.lock_for(limit_order(BUY, "100_000", "1.25000"), GBPUSD)


def test_a_quantity_in_the_quote_currency_is_understood() -> None:
    order = limit_order(BUY, "1000", "1.25000", quote_quantity=True)
    assert usd("30.00") == margin().lock_for(order, GBPUSD)


def test_orders_that_close_hold_nothing_where_the_worse_side_counts() -> None:
    account = margin(nets_worst_side=True)
    account.update_position(Position(GBPUSD, a_fill(BUY, "1000", "1.25000")))
    for side, quantity in ((SELL, "3000"), (BUY, "1000")):
        account.update_order(working(limit_order(side, quantity, "1.00000")), GBPUSD)
    assert usd("60.00") == account.margin_init(GBPUSD.id)


# -- leverage and models ------------------------------------------------------------------------


def test_leverage_is_that_of_the_instrument_or_the_default() -> None:
    other = InstrumentId("EUR/USD.SIM")
    account = margin(default_leverage=5, leverages={other: Decimal(50)})
    assert (Decimal(5), Decimal(50)) == (account.leverage(GBPUSD.id), account.leverage(other))
    order = limit_order(BUY, "100_000", "1.00000")
    assert usd("600.00") == account.lock_for(order, GBPUSD)
    account.set_leverage(GBPUSD.id, Decimal(30))
    assert usd("100.00") == account.lock_for(order, GBPUSD)
    account.set_default_leverage(Decimal(2))
    assert Decimal(30) == account.leverage(GBPUSD.id)
    assert Decimal(2) == account.leverage(InstrumentId("X.Y"))


@pytest.mark.parametrize("leverage", ["0.99", "0", "NaN"])
def test_leverage_is_at_least_one(leverage: str) -> None:
    with pytest.raises(ValueRangeError, match="leverage"):
        MarginAccount(ACCOUNT, default_leverage=Decimal(leverage))


class Tiered(MarginModel):
    """Takes 1% up to 1,000 and 10% above."""

    def calculate_margin_init(
        self, instrument: Instrument, quantity: Quantity, price: Price, leverage: Decimal
    ) -> Money:
        """Return what an order holds."""
        rate = Decimal("0.01") if quantity <= Quantity(1000) else Decimal("0.1")
        return Money(quantity.as_decimal() * price.as_decimal() * rate, instrument.quote_currency)

    def calculate_margin_maint(
        self, instrument: Instrument, quantity: Quantity, price: Price, leverage: Decimal
    ) -> Money:
        """Return what a position holds."""
        return self.calculate_margin_init(instrument, quantity, price, leverage)


def test_a_model_that_takes_a_part_of_less_than_nothing_holds_it_all_the_same() -> None:
    order = limit_order(BUY, "1000", "-20.00", instrument=crude_oil())
    account = margin(margin_model=Tiered())
    assert usd("200.00") == account.lock_for(order, crude_oil())


def test_any_model_will_do() -> None:
    account = margin(margin_model=Tiered())
    assert usd("10.00") == account.lock_for(limit_order(BUY, "1000", "1.00000"), GBPUSD)
    assert usd("200.00") == account.lock_for(limit_order(BUY, "2000", "1.00000"), GBPUSD)
    account.update_position(Position(GBPUSD, a_fill(SELL, "2000", "1.00000")))
    assert usd("200.00") == account.margin_maint(GBPUSD.id)


# -- what is needed -----------------------------------------------------------------------------


def test_an_order_needs_margin_only_for_what_it_opens() -> None:
    account = margin(margin_model=StandardMarginModel())
    account.update_position(Position(GBPUSD, a_fill(BUY, "1000", "1.25000")))
    price = Price("1.00000")
    sell = an_order(side=SELL, quantity="1500")
    assert usd("15.00") == account.need_for(sell, GBPUSD, price)
    assert usd("0.00") == account.need_for(an_order(side=SELL, quantity="900"), GBPUSD, price)
    assert usd("27.00") == account.need_for(an_order(side=BUY, quantity="900"), GBPUSD, price)
    account.update_order(working(limit_order(SELL, "600", "1.00000")), GBPUSD)
    assert usd("33.00") == account.need_for(sell, GBPUSD, price)


# -- states -------------------------------------------------------------------------------------


def test_a_state_tells_the_margins_that_changed() -> None:
    account = margin()
    order = working(limit_order(BUY, "1000", "1.00000"))
    account.update_order(order, GBPUSD)
    assert (MarginBalance(usd("30.00"), usd("0.00"), GBPUSD.id),) == account.state(2, 3, 4).margins
    assert () == account.state(3, 4, 5).margins
    order.apply(event(OrderCanceled, order))
    account.update_order(order, GBPUSD)
    assert (MarginBalance(usd("0.00"), usd("0.00"), GBPUSD.id),) == account.state(4, 5, 6).margins


def test_margins_are_taken_over_from_states() -> None:
    account = margin()
    account.update_position(Position(GBPUSD, a_fill(BUY, "1000", "1.25000")))
    fresh = MarginAccount(ACCOUNT, USD)
    fresh.apply(account.state(2, 3, 4))
    assert account.margins() == fresh.margins()
    other = MarginBalance(usd("1.00"), usd("2.00"), None)
    balances = (AccountBalance(usd("10.00"), usd("3.00"), usd("7.00")),)
    fresh.apply(
        AccountState(
            account_id=ACCOUNT,
            account_type=account.account_type,
            base_currency=USD,
            balances=balances,
            margins=(other,),
            flows=(),
            is_reported=True,
            event_id=1,
            ts_event=2,
            ts_init=3,
        )
    )
    assert {None: other} == fresh.margins()
    assert usd("7.00") == fresh.balance_free()


def test_what_is_at_stake_is_counted_anew_after_a_state_is_taken_over() -> None:
    account = margin()
    position = Position(GBPUSD, a_fill(BUY, "1000", "1.25000"))
    assert account.update_position(position)
    account.apply(margin().state(2, 3, 4))
    assert usd("0.00") == account.balance_locked()
    assert account.update_position(position)
    assert usd("37.50") == account.margin_maint(GBPUSD.id) == account.balance_locked()


def test_locks_can_be_counted_again() -> None:
    account = margin()
    order = working(limit_order(BUY, "1000", "1.00000"))
    position = Position(GBPUSD, a_fill(BUY, "1000", "1.25000"))
    account.update_order(order, GBPUSD)
    account.update_position(position)
    before = account.balances(), account.margins()
    account.recompute_locks([order], [position], instrument_of)
    assert before == (account.balances(), account.margins())
    account.recompute_locks([], [], instrument_of)
    assert {} == account.margins()
    assert usd("0.00") == account.balance_locked()


def test_a_margin_in_a_currency_that_it_has_not_leaves_nothing_free() -> None:
    account = MarginAccount(ACCOUNT)
    funded(account, "100.00 EUR")
    account.update_position(Position(GBPUSD, a_fill(BUY, "1000", "1.25000")))
    assert usd("0.00") == account.free(USD)
    assert Money(100, EUR) == account.free(EUR)


# -- whole days of trading ----------------------------------------------------------------------

actions = st.lists(
    st.tuples(
        st.sampled_from(["order", "fill", "cancel"]),
        st.booleans(),
        st.integers(1, 50_000),
        st.integers(120_000, 130_000),
        st.integers(-50, 300),
    ),
    max_size=25,
)


class Desk:
    """A margin account, its orders and its one netting position."""

    def __init__(self, account: MarginAccount) -> None:
        self.account = account
        self.orders: list[Order] = []
        self.position: Position | None = None
        self.realized = 0
        self.fees = 0

    def place(self, side: OrderSide, quantity: int, price: str) -> None:
        order = working(limit_order(side, str(quantity), price))
        self.account.update_order(order, GBPUSD)
        self.orders.append(order)

    def fill(self, order: Order, quantity: int, price: str, fee: int) -> tuple[AccountFlow, ...]:
        paid = str(Money.from_raw(fee, USD))
        fill = fill_of(order, str(quantity), price, commission=paid, position_id=POSITION)
        flows = self.account.flows_for_fill(fill, GBPUSD, self._open())
        order.apply(fill)
        self.account.book_fill(fill, GBPUSD, flows)
        self.fees += fee
        for part in self._parts(fill):
            held = self._open()
            if held is not None:
                before = held.realized_raw
                held.apply(part)
                self.realized += held.realized_raw - before + part.commission.raw
            elif self.position is not None:
                self.position = self.position.reopened(GBPUSD, part)
            else:
                self.position = Position(GBPUSD, part)
            assert self.position is not None
            self.account.update_position(self.position)
        return flows

    def _open(self) -> Position | None:
        return self.position if self.position is not None and self.position.is_open else None

    def _parts(self, fill: object) -> tuple[object, ...]:
        held = self._open()
        if held is None or not held.is_opposite_side(fill.order_side):  # type: ignore[attr-defined]
            return (fill,)
        if fill.last_qty <= held.quantity:  # type: ignore[attr-defined]
            return (fill,)
        return split_fill(fill, held.quantity, 1)  # type: ignore[arg-type]


@given(actions, st.booleans())
def test_money_is_conserved_and_locks_are_what_they_should_be(
    steps: list[tuple[str, bool, int, int, int]],
    nets: bool,  # noqa: FBT001
) -> None:
    account = MarginAccount(ACCOUNT, USD, default_leverage=20, nets_worst_side=nets)
    states = [funded(account, "10000.00 USD")]
    desk = Desk(account)
    for number, (action, is_buy, quantity, raw, fee) in enumerate(steps, 2):
        price = str(Price.from_raw(raw, 5))
        flows: tuple[AccountFlow, ...] = ()
        if action == "order":
            desk.place(BUY if is_buy else SELL, quantity, price)
        elif desk.orders:
            order = desk.orders.pop(quantity % len(desk.orders))
            if action == "cancel":
                order.apply(event(OrderCanceled, order))
            else:
                flows = desk.fill(order, min(quantity, order.leaves_raw), price, fee)
                if order.is_open:
                    desk.orders.append(order)
            account.update_order(order, GBPUSD)
        states.append(account.state(number, number, number, flows))
        held = [] if desk.position is None else [desk.position]
        fresh = MarginAccount(ACCOUNT, USD, default_leverage=20, nets_worst_side=nets)
        fresh.apply(states[-1])
        fresh.recompute_locks(desk.orders, held, instrument_of)
        assert (account.balances(), account.margins()) == (fresh.balances(), fresh.margins())
    assert_balanced(states)
    total = account.balance_total()
    assert total is not None
    assert 1_000_000 + desk.realized - desk.fees == total.raw


def test_an_event_costs_the_same_however_many_orders_rest() -> None:
    account = margin()
    orders = [working(limit_order(BUY, "1", "1.00000")) for _ in range(500)]
    for order in orders:
        account.update_order(order, GBPUSD)
    assert usd("15.00") == account.margin_init(GBPUSD.id)
    for order in orders[::2]:
        order.apply(event(OrderCanceled, order))
        account.update_order(order, GBPUSD)
    assert usd("7.50") == account.margin_init(GBPUSD.id)


def test_a_stop_holds_at_its_trigger_price() -> None:
    order = an_order(OrderType.STOP_MARKET, quantity="1000", trigger_price="1.30000")
    assert usd("39.00") == margin().lock_for(order, GBPUSD)


def test_hedged_positions_hold_for_their_net() -> None:
    account = margin()
    for number, (side, quantity) in enumerate([(BUY, "5000"), (SELL, "3000")]):
        fill = a_fill(side, quantity, "1.00000", position_id=PositionId(f"P-{number}"))
        account.update_position(Position(GBPUSD, fill))
    assert usd("60.00") == account.margin_maint(GBPUSD.id)
