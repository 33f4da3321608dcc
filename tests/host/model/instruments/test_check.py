import msgspec
import pytest

from argosy.errors import DataError
from argosy.model.instruments.check import check_instrument
from argosy.testing.instruments import equity, one_of_each


def test_what_was_made_passes() -> None:
    for instrument in one_of_each():
        check_instrument(instrument)


def test_a_missing_value_is_of_the_wrong_type() -> None:
    with pytest.raises(DataError, match=r"multiplier is None, .* where a Quantity belongs"):
        msgspec.structs.replace(equity(), multiplier=None)
