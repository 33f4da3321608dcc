import gc
import weakref

import pytest

from argosy.model.identifiers import ClientOrderId, TradeId
from argosy.model.naming import named, numbered


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


@pytest.mark.parametrize("lead", ["O-2020", "Ö-2020", "x" * 200, ""])
@pytest.mark.parametrize("number", [0, 7, 10, 2**63])
def test_a_numbered_name_is_spelled_as_its_parts_are(lead: str, number: int) -> None:
    name = numbered(TradeId, lead, number, "0101", "-日-")
    assert f"{lead}0101-日-{number}" == name
    assert f"{lead}{number}" == numbered(TradeId, lead, number)
    assert f"{lead}0101-001-{number}" == numbered(TradeId, lead, number, "0101", "-001-")
    assert TradeId is type(name)


def test_a_numbered_name_begins_with_a_text() -> None:
    with pytest.raises(TypeError, match="are none"):
        numbered(TradeId, None, 1)  # type: ignore[arg-type]
    with pytest.raises(OverflowError):
        numbered(TradeId, "T-", -1)
