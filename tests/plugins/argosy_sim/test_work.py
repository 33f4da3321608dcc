import pytest

from argosy.errors import PrecisionError
from argosy.model.identifiers import VenueOrderId
from argosy.model.values import Price, Quantity
from argosy_sim.work import Work, fits, raw_at
from tests.plugins.argosy_sim.exchange import BUY, Exchange


def test_work_begins_with_everything_left() -> None:
    order = Exchange().make(BUY, 500)
    work = Work(order, VenueOrderId("V-1"), None, 500)
    assert (500, 0, True) == (work.left, work.filled, work.is_buy)
    assert (False, False, False) == (work.has_price, work.has_trigger_price, work.is_done)
    work.filled = 200
    work.price = 7
    assert (300, True) == (work.left, work.has_price)
    assert "200 of 500 filled" in repr(work)


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
