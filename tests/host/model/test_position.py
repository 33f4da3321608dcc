from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from argosy.errors import ValueRangeError
from argosy.model.currency import BTC, GBP, USD, USDT
from argosy.model.enums import OrderSide, PositionSide
from argosy.model.events.order import OrderFilled
from argosy.model.events.position import (
    FUNDING,
    PositionAdjusted,
    PositionChanged,
    PositionClosed,
    PositionOpened,
)
from argosy.model.identifiers import PositionId, TradeId
from argosy.model.instruments import Instrument
from argosy.model.money import Money
from argosy.model.position import Position, commission_adjusted, position_event, split_fill
from argosy.model.values import Price, Quantity
from argosy.testing.instruments import (
    btcusdt_spot,
    crude_oil,
    equity,
    es_future,
    ethusd_bitmex,
)
from tests.host.model.trades import ACCOUNT, BUY, GBPUSD, POSITION, SELL, STRATEGY, TRADER, a_fill

AAPL = equity()
BTCUSDT = btcusdt_spot()


def half_away(value: Fraction) -> int:
    whole = abs(value) + Fraction(1, 2)
    return (1 if value >= 0 else -1) * (whole.numerator // whole.denominator)


def adjusted(**fields: object) -> PositionAdjusted:
    given = {
        "trader_id": TRADER,
        "strategy_id": STRATEGY,
        "instrument_id": GBPUSD.id,
        "position_id": POSITION,
        "account_id": ACCOUNT,
        "adjustment": FUNDING,
        "quantity_change": None,
        "pnl_change": None,
        "reason": "funding",
        "event_id": 1,
        "ts_event": 2,
        "ts_init": 3,
    }
    return PositionAdjusted(**{**given, **fields})  # type: ignore[arg-type]


# -- opening, changing, closing -----------------------------------------------------------------


def test_an_opening_fill_says_whose_position_it_is() -> None:
    fill = a_fill(BUY, "1000", "1.25000", commission="0.50 USD")
    position = Position(GBPUSD, fill)
    assert POSITION == position.id
    assert (TRADER, STRATEGY, ACCOUNT) == (
        position.trader_id,
        position.strategy_id,
        position.account_id,
    )
    assert PositionSide.LONG is position.side
    assert BUY is position.entry
    assert SELL is position.closing_order_side
    assert fill.client_order_id == position.opening_order_id
    assert position.closing_order_id is None
    assert Money("-0.50", USD) == position.realized_pnl
    assert fill.ts_event == position.ts_opened
    assert position.duration_ns == 0
    assert "Position(LONG 1000 GBP/USD.SIM, id=P-1)" == repr(position)


def test_a_long_that_is_closed_gains_what_the_price_rose() -> None:
    position = Position(GBPUSD, a_fill(BUY, "1000", "1.25000", commission="0.50 USD"))
    closing = a_fill(SELL, "1000", "1.26000", commission="0.51 USD")
    position.apply(closing)
    assert PositionSide.FLAT is position.side
    assert Money("8.99", USD) == position.realized_pnl
    assert Decimal("0.0080000000") == position.realized_return
    assert closing.client_order_id == position.closing_order_id
    assert closing.ts_event == position.ts_closed
    assert position.ts_closed - position.ts_opened == position.duration_ns
    assert {USD: Money("1.01", USD)} == position.commissions()


def test_below_zero_a_long_gains_what_the_price_rose_over_the_amount_that_it_cost() -> None:
    oil = crude_oil()
    position = Position(oil, a_fill(BUY, "10", "-40.00", instrument=oil))
    position.apply(a_fill(SELL, "10", "-20.00", instrument=oil))
    assert Money("200.00", USD) == position.realized_pnl
    assert Decimal("0.5") == position.realized_return


def test_a_close_of_finer_size_gains_as_much() -> None:
    position = Position(GBPUSD, a_fill(BUY, "1000", "1.25000"))
    closing = a_fill(SELL, "1000.00", "1.26000")
    assert 1000 == position.closing_raw(closing)
    position.apply(closing)
    assert Money("10.00", USD) == position.realized_pnl


def test_a_short_that_is_closed_gains_what_the_price_fell() -> None:
    position = Position(GBPUSD, a_fill(SELL, "1000", "1.25000"))
    assert Decimal(-1000) == position.signed_qty
    position.apply(a_fill(BUY, "400", "1.24000"))
    assert Money("4.00", USD) == position.realized_pnl
    assert Quantity(600) == position.quantity
    assert Quantity(1000) == position.peak_qty
    assert Money("6.00", USD) == position.unrealized_pnl(Price("1.24000"))
    assert Money("10.00", USD) == position.total_pnl(Price("1.24000"))
    assert Money("744.00", USD) == position.notional_value(Price("1.24000"))


def test_a_position_never_flips() -> None:
    position = Position(GBPUSD, a_fill(BUY, "1000", "1.25000"))
    with pytest.raises(ValueRangeError, match="closes 1001 of 1000: split the fill"):
        position.apply(a_fill(SELL, "1001", "1.26000"))
    assert Quantity(1000) == position.quantity
    assert position.event_count == 1


@pytest.mark.parametrize(
    ("side", "size", "expected"),
    [
        (SELL, "1000", False),
        (SELL, "1000.00", False),
        (SELL, "1000.01", True),
        (BUY, "9999", False),
    ],
)
def test_only_a_larger_fill_of_the_other_side_exceeds_it(
    side: OrderSide, size: str, *, expected: bool
) -> None:
    position = Position(GBPUSD, a_fill(BUY, "1000", "1.25000"))
    assert expected is position.is_exceeded(a_fill(side, size, "1.26000"))


def test_a_closed_position_takes_no_fill() -> None:
    position = Position(GBPUSD, a_fill(BUY, "1000", "1.25000"))
    position.apply(a_fill(SELL, "1000", "1.26000"))
    with pytest.raises(ValueRangeError, match="is closed: open its next cycle"):
        position.apply(a_fill(BUY, "1000", "1.25000"))


def test_a_fill_of_another_instrument_is_refused() -> None:
    with pytest.raises(ValueRangeError, match=r"is in AAPL\.XNAS"):
        Position(GBPUSD, a_fill(BUY, "1", "100.00", instrument=AAPL))


def test_a_fill_without_a_position_id_opens_nothing() -> None:
    with pytest.raises(ValueRangeError, match="it has no position id"):
        Position(GBPUSD, a_fill(BUY, "1", "1.25000", position_id=None))


def test_a_netting_position_is_reopened_with_its_history_kept() -> None:
    first = Position(GBPUSD, a_fill(BUY, "1000", "1.25000"))
    with pytest.raises(ValueRangeError, match="is open: apply the fill to it"):
        first.reopened(GBPUSD, a_fill(BUY, "1000", "1.25000"))
    first.apply(a_fill(SELL, "1000", "1.26000"))
    second = first.reopened(GBPUSD, a_fill(SELL, "500", "1.26000"))
    second.apply(a_fill(BUY, "500", "1.24000"))
    third = second.reopened(GBPUSD, a_fill(BUY, "10", "1.24000", commission="0.10 USD"))
    assert first.id == second.id == third.id
    assert (0, 1, 2) == (first.cycle, second.cycle, third.cycle)
    assert Money("10.00", USD) == first.realized_pnl == second.realized_pnl
    assert Money("-0.10", USD) == third.realized_pnl
    assert Money("19.90", USD) == third.total_realized_pnl
    assert first.event_count == 2


# -- exact money --------------------------------------------------------------------------------

trades = st.tuples(st.booleans(), st.integers(1, 10**7), st.integers(1, 10**8))


class Twin:
    """A linear position of fractions."""

    def __init__(self) -> None:
        self.signed = Fraction(0)
        self.average = Fraction(0)

    def take(self, signed: Fraction, price: Fraction) -> Fraction:
        """Apply a fill that does not flip; return what it gains."""
        gain = Fraction(0)
        after = self.signed + signed
        if self.signed * signed < 0:
            closed = min(abs(signed), abs(self.signed))
            gain = closed * (price - self.average) * (1 if self.signed > 0 else -1)
        elif after:
            cost = self.average * abs(self.signed) + price * abs(signed)
            self.average = cost / abs(after)
        self.signed = after
        return gain


@given(st.lists(trades, min_size=1, max_size=25))
def test_gains_are_those_of_fractions_rounded_once(fills: list[tuple[bool, int, int]]) -> None:
    position: Position | None = None
    twin = Twin()
    realized = 0
    for is_buy, quantity, price in fills:
        if position is not None and position.is_opposite_side(BUY if is_buy else SELL):
            quantity = min(quantity, abs(position.signed_raw))  # noqa: PLW2901
        fill = a_fill(
            BUY if is_buy else SELL,
            str(quantity),
            str(Price.from_raw(price, 2)),
            commission="0.01 USD",
            instrument=AAPL,
        )
        gain = half_away(
            twin.take(Fraction(quantity if is_buy else -quantity), Fraction(price, 100)) * 100
        )
        if position is None:
            position = Position(AAPL, fill)
        else:
            assert gain == position.closing_raw(fill)
            assert gain == position.closing_raw(fill)
            position.apply(fill)
        realized += gain - 1
        assert realized == position.realized_raw
        assert twin.signed == position.signed_raw
        if position.is_closed:
            break
        assert abs(Fraction(position.avg_px_open) - twin.average) <= Fraction(1, 2 * 10**10)


def test_the_average_of_a_price_with_many_decimals_keeps_them() -> None:
    tiny = replace(BTCUSDT, price_increment=Price("0.00000000000001"), price_precision=14)
    fills = [("1", "0.00000000001234"), ("2", "0.00000000001235")]
    position = Position(tiny, a_fill(BUY, *fills[0], "0 BTC", instrument=tiny))
    assert Decimal("0.000000000012340000") == position.avg_px_open
    position.apply(a_fill(BUY, *fills[1], "0 BTC", instrument=tiny))
    assert Decimal("0.000000000012346667") == position.avg_px_open == position.mean_open()
    closing = a_fill(SELL, "3", "0.00000000004321", "0 BTC", instrument=tiny)
    position.apply(closing)
    assert Decimal("2.4997299271") == position.realized_return
    event = position_event(position, closing, 1, 2)
    assert isinstance(event, PositionClosed)
    assert "0.000000000012346667" == str(event.avg_px_open)
    assert position.realized_return == event.realized_return


def test_a_quanto_contract_gains_what_its_multiplier_says() -> None:
    quanto = ethusd_bitmex()
    position = Position(quanto, a_fill(BUY, "10", "1000.00", "0 BTC", instrument=quanto))
    position.apply(a_fill(SELL, "10", "1100.00", "0 BTC", instrument=quanto))
    expected = 10 * 100 * quanto.multiplier.as_decimal()
    assert Money(expected, BTC) == position.realized_pnl


def test_a_multiplier_counts() -> None:
    future = es_future()
    position = Position(future, a_fill(SELL, "2", "5000.00", instrument=future))
    position.apply(a_fill(BUY, "2", "4990.25", instrument=future))
    assert Money(2 * Decimal("9.75") * future.multiplier.as_decimal(), USD) == position.realized_pnl


def test_a_commission_in_a_third_currency_touches_no_gain() -> None:
    position = Position(GBPUSD, a_fill(BUY, "1000", "1.25000", commission="0.10 EUR"))
    assert Money(0, USD) == position.realized_pnl
    assert Quantity(1000) == position.quantity


# -- commissions in the base currency -----------------------------------------------------------


def test_a_commission_in_the_base_currency_comes_out_of_the_quantity() -> None:
    fill = a_fill(BUY, "1", "50000.00", "0.00100000 BTC", instrument=BTCUSDT)
    position = Position(BTCUSDT, fill)
    assert Decimal("0.999") == position.signed_qty
    assert Decimal(50_000) == position.avg_px_open
    assert Money(0, USDT) == position.realized_pnl
    event = commission_adjusted(position, fill, 7, 8)
    assert event is not None
    assert ("COMMISSION", Decimal("-0.00100000"), None) == (
        event.adjustment,
        event.quantity_change,
        event.pnl_change,
    )


def test_a_closing_commission_in_the_base_currency_leaves_dust() -> None:
    position = Position(BTCUSDT, a_fill(BUY, "1", "50000.00", "0 BTC", instrument=BTCUSDT))
    position.apply(a_fill(SELL, "1", "60000.00", "0.00200000 BTC", instrument=BTCUSDT))
    assert Decimal("-0.002") == position.signed_qty
    assert Money(10_000, USDT) == position.realized_pnl
    assert Decimal(60_000) == position.avg_px_open
    assert position.ts_closed == 0
    position.apply(a_fill(BUY, "0.002", "60000.00", "0 BTC", instrument=BTCUSDT))
    assert position.is_closed


def test_a_short_owes_the_commission_too() -> None:
    position = Position(
        BTCUSDT, a_fill(SELL, "1", "50000.00", "0.00100000 BTC", instrument=BTCUSDT)
    )
    assert Decimal("-1.001") == position.signed_qty
    assert Decimal(50_000) == position.avg_px_open


def test_other_commissions_are_no_adjustment() -> None:
    fill = a_fill(BUY, "1000", "1.25000", commission="0.10 USD")
    assert commission_adjusted(Position(GBPUSD, fill), fill, 1, 2) is None


# -- adjustments --------------------------------------------------------------------------------


def test_an_adjustment_books_money_and_quantity() -> None:
    position = Position(GBPUSD, a_fill(BUY, "1000", "1.25000"))
    paid = adjusted(pnl_change=Money("-1.50", USD))
    position.adjust(paid)
    position.adjust(adjusted(quantity_change=Decimal("-0.5")))
    assert Money("-1.50", USD) == position.realized_pnl
    assert Decimal("999.5") == position.signed_qty
    assert Decimal("1.25") == position.avg_px_open
    assert paid is position.adjustments[0]


def test_an_adjustment_in_another_currency_is_refused() -> None:
    position = Position(GBPUSD, a_fill(BUY, "1000", "1.25000"))
    with pytest.raises(ValueRangeError, match="it settles in USD"):
        position.adjust(adjusted(pnl_change=Money(1, GBP)))
    assert position.adjustments == []


# -- splitting ----------------------------------------------------------------------------------


@given(st.integers(2, 10**9), st.data(), st.integers(-(10**6), 10**6))
def test_a_split_fill_adds_up_to_the_whole(whole: int, data: st.DataObject, paid: int) -> None:
    part = data.draw(st.integers(1, whole - 1))
    fill = a_fill(SELL, str(whole), "1.25000", str(Money.from_raw(paid, USD)))
    first, second = split_fill(fill, Quantity(part), 99)
    assert Quantity(part) == first.last_qty
    assert fill.last_qty == first.last_qty + second.last_qty
    assert half_away(Fraction(paid * part, whole)) == first.commission.raw
    assert fill.commission == first.commission + second.commission
    assert fill.trade_id == first.trade_id == second.trade_id
    assert (fill.event_id, 99) == (first.event_id, second.event_id)


def test_a_fill_can_be_split_finer_than_it_is() -> None:
    fill = a_fill(SELL, "1", "1.25000", "0.10 USD")
    first, second = split_fill(fill, Quantity("0.25"), 99)
    assert ("0.25", "0.75") == (str(first.last_qty), str(second.last_qty))
    assert ("0.03 USD", "0.07 USD") == (str(first.commission), str(second.commission))


@pytest.mark.parametrize("quantity", ["0", "10"])
def test_a_part_is_less_than_the_whole(quantity: str) -> None:
    with pytest.raises(ValueRangeError, match="cannot be cut"):
        split_fill(a_fill(SELL, "10", "1.25000"), Quantity(quantity), 99)


# -- events -------------------------------------------------------------------------------------


def applied(position: Position, fill: OrderFilled) -> object:
    position.apply(fill)
    return position_event(position, fill, 1, 2)


def test_each_fill_makes_an_event() -> None:
    opening = a_fill(BUY, "1000", "1.25000", commission="0.50 USD")
    position = Position(GBPUSD, opening)
    opened = position_event(position, opening, 10, 11)
    assert isinstance(opened, PositionOpened)
    assert Price("1.25") == opened.avg_px_open
    assert "1.2500000000" == str(opened.avg_px_open)
    assert opened.avg_px_close is None
    assert Money("-0.50", USD) == opened.realized_pnl
    assert (10, opening.ts_event, 11) == (opened.event_id, opened.ts_event, opened.ts_init)

    changed = applied(position, a_fill(SELL, "400", "1.26000"))
    assert isinstance(changed, PositionChanged)
    assert (Quantity(600), Quantity(1000)) == (changed.quantity, changed.peak_qty)
    assert Money("6.00", USD) == changed.unrealized_pnl
    assert Money("3.50", USD) == changed.realized_pnl

    last = a_fill(SELL, "600", "1.27000")
    closed = applied(position, last)
    assert isinstance(closed, PositionClosed)
    assert PositionSide.FLAT is closed.side
    assert last.client_order_id == closed.closing_order_id
    assert Decimal("1.266") == closed.avg_px_close
    assert Money("15.50", USD) == closed.realized_pnl
    assert Money(0, USD) == closed.unrealized_pnl
    assert closed.ts_closed - closed.ts_opened == closed.duration_ns


def test_a_position_remembers_its_fills() -> None:
    position = Position(GBPUSD, a_fill(BUY, "1000", "1.25000", trade_id=TradeId("T-a")))
    last = a_fill(SELL, "400", "1.26000", trade_id=TradeId("T-b"))
    position.apply(last)
    assert ["T-a", "T-b"] == position.trade_ids
    assert last is position.last_event is position.events[-1]
    assert [fill.client_order_id for fill in position.events] == position.client_order_ids
    assert last.ts_event == position.ts_last


@pytest.mark.parametrize(
    ("instrument", "side", "other"), [(GBPUSD, BUY, SELL), (AAPL, SELL, BUY)], ids=str
)
def test_what_makes_it_smaller_is_on_the_other_side(
    instrument: Instrument, side: OrderSide, other: OrderSide
) -> None:
    position = Position(
        instrument, a_fill(side, "10", "100.00", instrument=instrument, position_id=PositionId("X"))
    )
    assert position.is_opposite_side(other)
    assert not position.is_opposite_side(side)
    assert other is position.closing_order_side
    assert (side is BUY) == position.is_long != position.is_short
