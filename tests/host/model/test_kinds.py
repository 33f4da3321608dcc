import pytest

from argosy.errors import DuplicateNameError, UnknownNameError
from argosy.model.data import QuoteTick
from argosy.model.data_kind import INSTRUMENT_KEY, DataKind
from argosy.model.instruments import Equity, Instrument
from argosy.model.kinds import BAR, DEFINITION, KINDS, QUOTE, Kinds
from tests.host.model.test_data_kind import Tide, tide


def test_a_kind_is_found_by_its_name_and_its_class() -> None:
    assert QUOTE is KINDS["quote"] is KINDS.get("quote")
    assert QUOTE is KINDS.of(QuoteTick) is KINDS.named("QuoteTick")
    assert QUOTE in KINDS


def test_a_definition_may_be_of_any_class_of_instruments() -> None:
    assert DEFINITION is KINDS.of(Equity) is KINDS.of(Instrument)


def test_what_is_no_kind_is_none_or_told() -> None:
    assert (None, None, None) == (KINDS.of(Tide), KINDS.named("Tide"), KINDS.get("tide"))
    with pytest.raises(UnknownNameError, match=r"unknown kind of data 'quotes'\. Did you mean"):
        KINDS["quotes"]


def test_a_class_of_the_same_name_is_not_the_kind() -> None:
    assert None is KINDS.of(type("QuoteTick", (), {}))


def test_more_kinds_make_another_table() -> None:
    more = KINDS.plus(tide())
    assert len(KINDS) + 1 == len(more)
    assert tide() == more["tide"] == more.of(Tide)
    assert tide() not in KINDS
    assert more == KINDS.plus(tide())
    assert hash(more) == hash(KINDS.plus(tide()))


@pytest.mark.parametrize(
    ("changes", "shared"), [({"name": "quote"}, "quote"), ({"plural": "bars"}, "bars")]
)
def test_two_kinds_share_no_name(changes: dict[str, str], shared: str) -> None:
    with pytest.raises(DuplicateNameError, match=f"are both called {shared}. Rename one"):
        KINDS.plus(tide(**changes))


def test_two_classes_share_no_name() -> None:
    other = DataKind("swell", "swells", type("Bar", (), {}), INSTRUMENT_KEY)
    with pytest.raises(DuplicateNameError, match="'bar' and 'swell' are both called Bar"):
        Kinds([BAR, other])
