from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from argosy.errors import ValueRangeError
from argosy.model.cost import OpenCost, side_of
from argosy.model.currency import BTC
from argosy.model.enums import OrderSide, PositionSide
from argosy.model.money import Money
from argosy.model.position import Position
from argosy.model.terms import terms_of
from argosy.model.values import Price, Quantity
from argosy.testing.instruments import betting_instrument, xbtusd_bitmex
from tests.host.model.trades import BUY, GBPUSD, SELL, a_fill

XBTUSD = xbtusd_bitmex()

trades = st.tuples(st.booleans(), st.integers(1, 10**7), st.integers(1, 10**8))


def half_away(value: Fraction) -> int:
    whole = abs(value) + Fraction(1, 2)
    return (1 if value >= 0 else -1) * (whole.numerator // whole.denominator)


def test_a_new_cost_is_flat() -> None:
    cost = OpenCost(terms_of(GBPUSD))
    assert PositionSide.FLAT is cost.side
    assert cost.is_closed
    assert OrderSide.NO_ORDER_SIDE is cost.closing_order_side
    assert cost.avg_px_close is None
    assert cost.unrealized_raw(Price("1.25000")) == 0


def test_the_side_is_the_sign() -> None:
    signs = {5: PositionSide.LONG, 0: PositionSide.FLAT, -5: PositionSide.SHORT}
    assert signs == {signed: side_of(signed) for signed in signs}


def test_a_finer_price_or_quantity_changes_no_value() -> None:
    position = Position(GBPUSD, a_fill(BUY, "300", "1.25000"))
    position.apply(a_fill(BUY, "0.5", "1.2500001"))
    position.apply(a_fill(SELL, "100", "1.26"))
    assert "200.5" == str(position.quantity)
    assert "300.5" == str(position.peak_qty)
    assert Decimal("1.2500000002") == position.avg_px_open
    assert Decimal("1.2600000000") == position.avg_px_close


def test_an_average_outlives_the_position() -> None:
    position = Position(GBPUSD, a_fill(BUY, "300", "1.25000"))
    position.apply(a_fill(SELL, "300", "1.26000"))
    assert position.is_closed
    assert Decimal("1.25") == position.avg_px_open


@pytest.mark.parametrize(
    ("prices", "expected"),
    [(("1.25000", "1.25001"), "1.25001"), (("1.25000", "1.25002"), "1.25001")],
)
def test_the_open_price_is_rounded_to_the_tick(prices: tuple[str, str], expected: str) -> None:
    position = Position(GBPUSD, a_fill(BUY, "1000", prices[0]))
    position.apply(a_fill(BUY, "1000", prices[1]))
    assert expected == str(position.open_price())


def test_more_than_18_digits_are_refused() -> None:
    position = Position(GBPUSD, a_fill(BUY, "999_999_999_999_999_999", "1.25000"))
    with pytest.raises(ValueRangeError, match="more than 18 digits"):
        position.apply(a_fill(BUY, "1", "1.25000"))
    with pytest.raises(ValueRangeError, match="more than 18 digits"):
        position.apply(a_fill(BUY, "0.1", "1.25000"))
    assert "999999999999999999" == str(position.quantity)


def test_a_bet_gains_nothing_before_its_outcome() -> None:
    bet = betting_instrument()
    position = Position(bet, a_fill(SELL, "10", "3.00", "0.00 GBP", instrument=bet))
    assert position.unrealized_raw(Price("2.00")) == 0


def test_a_share_is_what_the_position_is_worth_to_a_sum() -> None:
    position = Position(GBPUSD, a_fill(SELL, "300", "1.25000"))
    assert (-300 * 10**18, 375 * 10**36) == position.share()


@given(st.lists(st.integers(1, 9), min_size=1, max_size=300))
def test_a_cost_that_never_divides_evenly_stays_close_to_the_truth(closes: list[int]) -> None:
    position = Position(GBPUSD, a_fill(BUY, "10", "1.00001"))
    exact = Fraction("1.00001")
    for quantity in closes:
        position.apply(a_fill(SELL, str(quantity), "1.00000"))
        position.apply(a_fill(BUY, str(quantity), "1.00007"))
        exact = (exact * (10 - quantity) + Fraction("1.00007") * quantity) / 10
    assert abs(Fraction(position.avg_px_open) - exact) <= Fraction(51, 10**12)


# -- inverse contracts ----------------------------------------------------------------------------


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(1, 10**7), st.integers(1, 10**7))
def test_an_inverse_contract_gains_in_the_base_currency(
    bought: int, sold: int, opened: int, closed: int
) -> None:
    sold = min(sold, bought)
    position = Position(
        XBTUSD, a_fill(BUY, str(bought), f"{opened}.0", "0.00000000 BTC", instrument=XBTUSD)
    )
    position.apply(a_fill(SELL, str(sold), f"{closed}.0", "0.00000000 BTC", instrument=XBTUSD))
    exact = sold * (Fraction(1, opened) - Fraction(1, closed))
    assert Money.from_raw(half_away(exact * 10**8), BTC) == position.realized_pnl


def test_an_inverse_contract_closes_at_the_average_of_what_was_paid() -> None:
    position = Position(XBTUSD, a_fill(SELL, "100", "5000.0", "0 BTC", instrument=XBTUSD))
    position.apply(a_fill(SELL, "100", "10000.0", "0 BTC", instrument=XBTUSD))
    assert Decimal("6666.6666666667") == position.avg_px_open
    assert "6666.5" == str(position.open_price())
    position.apply(a_fill(BUY, "100", "7500.0", "0 BTC", instrument=XBTUSD))
    assert Money("-0.00166667", BTC) == position.realized_pnl  # 100 / 7500 - 0.03 / 2
    assert Decimal("6666.6666666667") == position.avg_px_open


class InverseTwin:
    """An inverse position of fractions: what it cost is of the base currency."""

    def __init__(self, multiplier: Fraction) -> None:
        self.multiplier = multiplier
        self.signed = 0
        self.cost = Fraction(0)

    def worth(self, quantity: int, price: Fraction) -> Fraction:
        """Return what a quantity is worth, at 18 decimals, half even."""
        return Fraction(round(quantity * self.multiplier / price * 10**18), 10**18)

    def take(self, signed: int, price: Fraction) -> Fraction:
        """Apply a fill that does not flip; return what it gains."""
        gain = Fraction(0)
        if self.signed * signed < 0:
            part = self.cost * abs(signed) / abs(self.signed)
            gain = part - self.worth(abs(signed), price)
            self.cost -= part
            if self.signed < 0:
                gain = -gain
        else:
            self.cost += self.worth(abs(signed), price)
        self.signed += signed
        return gain


@given(
    st.lists(trades, min_size=1, max_size=25),
    st.sampled_from(["1", "100", "0.1"]),
    st.booleans(),
)
def test_gains_of_an_inverse_contract_are_those_of_fractions_rounded_once(
    fills: list[tuple[bool, int, int]],
    multiplier: str,
    grows: bool,  # noqa: FBT001
) -> None:
    contract = replace(XBTUSD, multiplier=Quantity(multiplier))
    position: Position | None = None
    twin = InverseTwin(Fraction(multiplier))
    realized = 0
    for number, (is_buy, quantity, price) in enumerate(fills):
        side = BUY if is_buy else SELL
        if position is not None and position.is_opposite_side(side):
            quantity = min(quantity, abs(twin.signed))  # noqa: PLW2901
        digits = 3 if grows and number else 1  # finer prices and sizes come later
        fill = a_fill(
            side,
            str(Quantity.from_raw(quantity * 10 ** (digits - 1), digits - 1)),
            str(Price.from_raw(price * 10 ** (digits - 1), digits)),
            commission="0 BTC",
            instrument=contract,
        )
        gain = half_away(twin.take(quantity if is_buy else -quantity, Fraction(price, 10)) * 10**8)
        if position is None:
            position = Position(contract, fill)
        else:
            assert gain == position.closing_raw(fill)
            position.apply(fill)
        realized += gain
        assert realized == position.realized_raw
        if position.is_closed:
            break
        mean = abs(twin.signed) * twin.multiplier / twin.cost
        assert abs(Fraction(position.avg_px_open) - mean) <= Fraction(1, 2 * 10**10)


def test_an_inverse_contract_has_no_value_at_a_price_of_zero_or_less() -> None:
    for price in ("0.0", "-1.0"):
        with pytest.raises(ValueRangeError, match="no value at a price of zero or less"):
            Position(XBTUSD, a_fill(BUY, "1", price, "0 BTC", instrument=XBTUSD))
