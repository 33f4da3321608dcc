from dataclasses import replace

import pytest

from argosy.errors import PluginError
from argosy.model.data_kind import DataField, Holds
from argosy.testing.kinds import check_kind
from tests.host.serialization.test_plain_rows import TIDE, Tide, tide


def test_a_good_kind_passes() -> None:
    check_kind(TIDE, [tide(), tide(1)])


def test_a_field_that_the_class_lacks_is_told() -> None:
    with pytest.raises(PluginError, match="Tide has no field 'depth'"):
        check_kind(replace(TIDE, fields=(DataField("depth", Holds.PRICE),)), [tide()])


class Odd(Tide, frozen=True, kw_only=True):
    """One that is never what was written."""

    def __eq__(self, other: object) -> bool:
        return False

    def __hash__(self) -> int:
        return 0


def test_an_object_that_comes_back_as_another_is_told() -> None:
    given = {name: getattr(tide(), name) for name in Tide.__struct_fields__}
    with pytest.raises(AssertionError, match="equal by its fields"):
        check_kind(replace(TIDE, data_type=Odd), [Odd(**given)])
