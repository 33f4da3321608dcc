from typing import Any

import pytest

from argosy.errors import PrecisionError
from argosy.model.commands import SubmitOrder
from argosy.model.identifiers import VenueOrderId
from argosy.model.values import Price, Quantity
from argosy_sim.exchange.order import VenueOrder, fits, raw_at
from tests.plugins.argosy_sim.kit import BUY, Exchange


def made(**more: Any) -> VenueOrder:
    init = Exchange().make(BUY, 500, **more).init
    command = SubmitOrder(7, 7, 0, 0, init.instrument_id, init.client_order_id, init, None, None)
    raw = 0 if init.quote_quantity else 50_000
    return VenueOrder(command, VenueOrderId("V-1"), raw, 2)


def test_an_order_begins_with_everything_left() -> None:
    order = made()
    assert (50_000, 0, True) == (order.left, order.filled, order.is_buy)
    assert (False, False, False) == (order.has_price, order.has_trigger_price, order.is_done)
    assert (False, None) == (order.is_open, order.known_id)
    order.take(20_000)
    assert (30_000, 30_000, True) == (order.left, order.leaves_raw, order.is_open)
    assert "20000 of 50000 filled" in repr(order)
    order.take(30_000)
    assert (0, False, "V-1") == (order.left, order.is_open, order.known_id)


def test_what_its_owner_was_told_is_what_it_holds_for() -> None:
    order = made(quote_quantity=True)
    assert (500, 0, True) == (order.leaves_raw, order.size_precision, order.is_quote_quantity)
    order.quantity, order.in_quote = 47_600, False
    assert (500, True) == (order.leaves_raw, order.is_quote_quantity)
    order.tell_quantity(2)
    assert (47_600, 2, False) == (order.leaves_raw, order.size_precision, order.is_quote_quantity)


def test_its_holding_is_that_of_its_book_or_of_its_strategy() -> None:
    assert "S-001" == made().holding_key


@pytest.mark.parametrize(
    ("value", "precision", "expected"),
    [
        (Price("1.05"), 2, 105),
        (Price("1.05"), 5, 105_000),
        (Quantity("1.500"), 1, 15),
        (Price("-1.05"), 3, -1_050),
    ],
)
def test_a_raw_is_at_the_wanted_precision(
    value: Price | Quantity, precision: int, expected: int
) -> None:
    assert fits(value, precision)
    assert expected == raw_at(value, precision)


def test_decimals_are_never_dropped() -> None:
    assert not fits(Price("1.055"), 2)
    with pytest.raises(PrecisionError, match=r"1\.055 has more than 2 decimals"):
        raw_at(Price("1.055"), 2)
