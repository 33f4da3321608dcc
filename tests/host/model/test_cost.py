from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.errors import ValueRangeError
from argosy.model.cost import OpenCost, side_of
from argosy.model.enums import OrderSide, PositionSide
from argosy.model.position import Position
from argosy.model.terms import terms_of
from argosy.model.values import Price
from argosy.testing.instruments import betting_instrument
from tests.host.model.trades import BUY, GBPUSD, SELL, a_fill


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
