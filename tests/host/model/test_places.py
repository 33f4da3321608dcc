"""Fields are read by their places only where each of them lies at its place."""

from typing import Any

import msgspec
import pytest

from argosy.model.places import elsewhere, lies_as_built


class Built(msgspec.Struct, frozen=True, gc=False):
    price: object
    amount: object


class Base(msgspec.Struct, weakref=True):
    """Keeps a place for references before the fields of what derives from it."""


class Shifted(Base, frozen=True):
    price: object
    amount: object


class Swapped(msgspec.Struct):
    amounts: object
    price: object


class Grown(Built, frozen=True, gc=False):
    venue: object


class Computed:
    @property
    def amount(self) -> int:
        return 0

    price = 1


class Plain:
    """Of the same size and the same names as `Built`."""

    __slots__ = ("amount", "price")


PLACES = ("amount", "price")


def test_a_class_that_lies_as_built_has_nothing_elsewhere() -> None:
    assert [] == elsewhere(Built, PLACES)


@pytest.mark.parametrize("kind", [Plain, Grown])
def test_fields_are_looked_at_one_by_one_whatever_made_the_class(kind: Any) -> None:
    assert [] == elsewhere(kind, PLACES)


@pytest.mark.parametrize("kind", [Shifted, Computed, type("Empty", (), {})])
def test_each_field_that_lies_elsewhere_is_found(kind: Any) -> None:
    assert ["amount", "price"] == elsewhere(kind, PLACES)


def test_the_size_alone_tells_nothing() -> None:
    assert Built.__basicsize__ == Swapped.__basicsize__
    assert ["amount"] == elsewhere(Swapped, PLACES)


def test_a_slot_that_holds_no_object_is_not_read_as_one() -> None:
    assert ["real"] == elsewhere(complex, ("real",))


def test_a_layout_as_built_is_told_without_a_word() -> None:
    assert lies_as_built(Built, PLACES)


def test_another_layout_is_told_with_its_price_and_cure() -> None:
    with pytest.warns(RuntimeWarning) as warned:
        assert not lies_as_built(Swapped, PLACES)
    text = str(warned[0].message)
    assert text.startswith("Swapped does not lie in memory as argosy was built to read it: ")
    assert f"msgspec {msgspec.__version__} has amount elsewhere" in text
    assert "results stay the same" in text
    assert "Install the msgspec" in text
