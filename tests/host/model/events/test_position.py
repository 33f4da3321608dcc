from decimal import Decimal

from argosy.model.codec import convert, to_builtins
from argosy.model.enums import PositionSide
from argosy.model.events.position import (
    FilledPositionEvent,
    PositionClosed,
    PositionEvent,
    PositionOpened,
)
from argosy.model.position import Position, position_event
from tests.host.model.trades import BUY, GBPUSD, SELL, a_fill


def short_that_gained() -> tuple[PositionOpened, PositionClosed]:
    opening = a_fill(SELL, "1000", "1.25000")
    closing = a_fill(BUY, "1000", "1.00000")
    position = Position(GBPUSD, opening)
    opened = position_event(position, opening, 1, 2)
    position.apply(closing)
    closed = position_event(position, closing, 3, 4)
    assert isinstance(opened, PositionOpened)
    assert isinstance(closed, PositionClosed)
    return opened, closed


def test_codes_go_on_after_those_of_orders() -> None:
    assert [16, 17, 18, 19] == sorted(
        kind.code for kind in (*FilledPositionEvent.__args__, *PositionEvent.__subclasses__()[1:])
    )


def test_a_short_quantity_is_negative() -> None:
    opened, _ = short_that_gained()
    assert opened.side is PositionSide.SHORT
    assert Decimal(-1000) == opened.signed_qty


def test_the_return_is_the_gain_over_the_opening_price() -> None:
    opened, closed = short_that_gained()
    assert Decimal(0) == opened.realized_return
    assert Decimal("0.2") == closed.realized_return


def test_the_return_of_a_price_below_zero_has_the_sign_of_the_gain() -> None:
    opening, closing = a_fill(BUY, "10", "-4.00"), a_fill(SELL, "10", "-3.00")
    position = Position(GBPUSD, opening)
    position.apply(closing)
    event = position_event(position, closing, 1, 2)
    assert Decimal("0.25") == event.realized_return == position.realized_return


def test_a_position_event_survives_the_codec() -> None:
    for event in short_that_gained():
        assert event == convert(to_builtins(event), FilledPositionEvent)
