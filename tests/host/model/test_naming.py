import gc
import weakref

import pytest

from argosy.model.identifiers import ClientOrderId, TradeId
from argosy.model.naming import named


@pytest.mark.parametrize("cls", [ClientOrderId, TradeId])
def test_a_name_is_an_identifier_of_its_class(cls: type[ClientOrderId]) -> None:
    name = named(cls, "O-20200101-000000-001-001-1")
    assert cls is type(name)
    assert cls("O-20200101-000000-001-001-1") == name
    assert hash("O-20200101-000000-001-001-1") == hash(name)
    assert "O-20200101-000000-001-001-1" == name.value


def test_the_collector_need_not_walk_names() -> None:
    assert not gc.is_tracked(named(TradeId, "T-1"))


def test_a_name_that_can_hold_others_is_still_collected() -> None:
    class Knot(str):
        """One with attributes."""

        itself: "Knot"

    name = named(Knot, "a")
    name.itself = name
    gone = weakref.ref(name)
    del name
    gc.collect()
    assert gone() is None


def test_what_is_no_text_has_no_name() -> None:
    with pytest.raises(TypeError):
        named(int, "1")
    with pytest.raises(TypeError):
        named(TradeId, None)  # type: ignore[arg-type]
