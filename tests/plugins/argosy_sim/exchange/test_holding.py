from hypothesis import given
from hypothesis import strategies as st

from argosy.model.currency import USD
from argosy.model.enums import OrderSide
from argosy.model.identifiers import PositionId
from argosy.model.position import Position, split_fill
from argosy.model.terms import terms_of
from argosy.model.values import Money, Price, Quantity
from argosy_sim.exchange.holding import Holding
from tests.host.model.trades import BUY, GBPUSD, SELL, a_fill

FREE = Money(0, USD)
NET = PositionId("NET")

trades = st.lists(
    st.tuples(st.sampled_from([BUY, SELL]), st.integers(1, 5_000), st.integers(100_000, 160_000)),
    max_size=20,
)


def gain_by_fills(trades_: list[tuple[OrderSide, int, int]]) -> tuple[int, int]:
    """Return what the host's positions realise, and what is open in the end."""
    position: Position | None = None
    gained = 0
    for side, quantity, raw in trades_:
        fill = a_fill(side, str(quantity), f"{raw / 100_000:.5f}", position_id=NET)
        if position is None:
            position = Position(GBPUSD, fill)
            continue
        if position.is_exceeded(fill):
            closing, fill = split_fill(fill, position.quantity, 0)
            position.apply(closing)
        elif not position.is_closed:
            position.apply(fill)
            continue
        gained += position.realized_raw
        position = position.reopened(GBPUSD, fill)
    if position is None:
        return 0, 0
    return gained + position.realized_raw, position.signed_raw


@given(trades)
def test_a_holding_gains_and_holds_what_the_positions_of_the_host_do(
    made: list[tuple[OrderSide, int, int]],
) -> None:
    holding = Holding(terms_of(GBPUSD))
    gained = 0
    for side, quantity, raw in made:
        sign = 1 if side is BUY else -1
        size, price = Quantity.from_int(quantity), Price.from_raw(raw, 5)
        gained += holding.gain_of(sign, size, price)
        holding.trade(sign, size, price, FREE)
    expected, signed = gain_by_fills(made)
    assert (expected, signed) == (gained, holding.signed_raw)
