from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from argosy.model.accounts.balance import Balance, lock_of
from argosy.model.accounts.exposure import Exposure
from argosy.model.currency import USD
from argosy.model.identifiers import PositionId
from argosy.model.position import Position
from argosy.model.terms import terms_of
from argosy.model.values import Price, Quantity
from argosy.testing.instruments import xbtusd_bitmex
from tests.host.model.trades import BUY, GBPUSD, SELL, a_fill

ONE = 10**18


def exposure() -> Exposure:
    return Exposure(terms_of(GBPUSD))


def opened(side: object, quantity: int, price: str, number: int = 1) -> Position:
    position_id = PositionId(f"P-{number}")
    return Position(GBPUSD, a_fill(side, str(quantity), price, position_id=position_id))  # type: ignore[arg-type]


def test_margins_are_held_by_the_balance() -> None:
    stake = exposure()
    balance = Balance(USD)
    balance.put(1_000, 0)
    stake.set_margins(100, 30, balance)
    stake.set_margins(50, 40, balance)
    assert (50, 40, 90) == (stake.initial, stake.maintenance, balance.locked_raw)


def test_one_position_is_valued_at_its_opening_price() -> None:
    stake = exposure()
    position = opened(BUY, 1000, "1.25000")
    stake.place(position)
    assert (1000 * ONE, Price("1.25000")) == (stake.net(), stake.price())
    position.apply(a_fill(SELL, "1000", "1.26000"))
    stake.place(position)
    assert stake.net() == 0


def test_a_mark_overrules_the_opening_price() -> None:
    stake = exposure()
    stake.place(opened(BUY, 1000, "1.25000"))
    stake.mark = Price("1.30000")
    assert Price("1.30000") == stake.price()


def test_hedged_positions_are_netted_at_the_price_of_the_larger_side() -> None:
    stake = exposure()
    longs = opened(BUY, 1000, "1.25000", 1), opened(BUY, 3000, "1.27000", 2)
    short = opened(SELL, 1500, "1.30000", 3)
    for position in (*longs, short):
        stake.place(position)
    assert 2500 * ONE == stake.net()
    assert Price("1.26500") == stake.price()
    for position in longs:
        position.apply(a_fill(SELL, str(position.quantity), "1.26000"))
        stake.place(position)
    assert -1500 * ONE == stake.net()
    assert Price("1.30000") == stake.price()


@pytest.mark.parametrize("multiplier", ["1", "0.1", "100"])
def test_hedged_inverse_positions_are_netted_at_what_was_paid(multiplier: str) -> None:
    swap = replace(xbtusd_bitmex(), multiplier=Quantity(multiplier))
    stake = Exposure(terms_of(swap))
    for number, (side, price) in enumerate([(BUY, "10000.0"), (BUY, "20000.0"), (SELL, "9.0")]):
        fill = a_fill(side, "1000", price, "0 BTC", swap, position_id=PositionId(f"P-{number}"))
        stake.place(Position(swap, fill))
    assert (1000 * ONE, Price("13333.5")) == (stake.net(), stake.price())


def test_the_next_cycle_of_a_position_takes_its_place() -> None:
    stake = exposure()
    first = opened(BUY, 1000, "1.25000")
    stake.place(first)
    first.apply(a_fill(SELL, "1000", "1.25000"))
    second = first.reopened(GBPUSD, a_fill(SELL, "400", "1.25000", position_id=first.id))
    stake.place(second)
    assert -400 * ONE == stake.net()


def test_every_working_order_counts_where_nothing_is_netted() -> None:
    stake = exposure()
    stake.place(opened(BUY, 1000, "1.25000"))
    stake.add_order(lock_of(USD, 30, 1000 * ONE, 1), 1)
    stake.add_order(lock_of(USD, 40, 1000 * ONE, -1), 1)
    assert stake.initial_of(False) == 70  # noqa: FBT003
    assert stake.initial_of(True) == 30  # noqa: FBT003


def test_only_what_lies_beyond_the_position_counts_on_the_worse_side() -> None:
    stake = exposure()
    stake.place(opened(BUY, 1000, "1.25000"))
    sell = lock_of(USD, 90, 3000 * ONE, -1)
    stake.add_order(sell, 1)
    assert stake.initial_of(True) == 60  # noqa: FBT003
    assert stake.closable(-1) == 0
    stake.add_order(sell, -1)
    assert stake.initial_of(True) == 0  # noqa: FBT003
    assert stake.closable(-1) == 1000 * ONE
    assert stake.closable(1) == 0


def test_what_closes_a_short_position_is_bought() -> None:
    stake = exposure()
    assert stake.closable(1) == 0
    stake.place(opened(SELL, 1000, "1.25000"))
    stake.add_order(lock_of(USD, 30, 400 * ONE, 1), 1)
    assert (600 * ONE, 0) == (stake.closable(1), stake.closable(-1))
    stake.add_order(lock_of(USD, 60, 800 * ONE, 1), 1)
    assert stake.closable(1) == 0


changes = st.lists(
    st.tuples(st.integers(1, 4), st.booleans(), st.integers(1, 50), st.integers(90_000, 110_000)),
    max_size=30,
)


@given(changes)
def test_sums_follow_whatever_happens_to_many_positions(
    changes: list[tuple[int, bool, int, int]],
) -> None:
    stake = exposure()
    positions: dict[int, Position] = {}
    for number, is_buy, quantity, raw in changes:
        side, price = (BUY if is_buy else SELL), str(Price.from_raw(raw, 5))
        position = positions.get(number)
        if position is None:
            positions[number] = opened(side, quantity, price, number)
        else:
            most = position.quantity.raw if position.is_opposite_side(side) else quantity
            position.apply(a_fill(side, str(min(quantity, most)), price))
        stake.place(positions[number])
        if positions[number].is_closed:
            del positions[number]
        net = sum(each.signed_raw for each in positions.values())
        assert net * ONE == stake.net()
        if net:
            sign = 1 if net > 0 else -1
            larger = [each for each in positions.values() if each.signed_raw * sign > 0]
            cost = sum(Fraction(each.share()[1], 10**36) for each in larger)
            mean = cost / sum(abs(each.signed_raw) for each in larger)
            assert abs(Fraction(stake.price().as_decimal()) - mean) <= Fraction(1, 200_000)
