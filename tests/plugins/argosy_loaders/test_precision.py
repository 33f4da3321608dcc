"""Decimals: declared, defined, or asked for."""

import pytest

from argosy.errors import DataError
from argosy.model.bar_type import BarType
from argosy.model.identifiers import InstrumentId
from argosy.testing.instruments import default_fx_ccy
from argosy_loaders.precision import digits_of

PAIR = default_fx_ccy("EUR/USD")
KNOWN = {str(PAIR.id): PAIR}
BARS = BarType.from_str(f"{PAIR.id}-1-DAY-BID-EXTERNAL")


def measured() -> tuple[int, int]:
    return 4, 1


@pytest.mark.parametrize("key", [PAIR.id, BARS])
@pytest.mark.parametrize("declared", [(None, None), (5, None), (5, 0)])
def test_the_definition_says_what_is_not_declared(
    key: InstrumentId | BarType, declared: tuple[int | None, int | None]
) -> None:
    assert (5, 0) == digits_of(key, KNOWN, declared, place="f", measure=measured)


def test_what_is_declared_needs_no_definition() -> None:
    assert (0, 18) == digits_of(PAIR.id, {}, (0, 18), place="f", measure=measured)


@pytest.mark.parametrize(
    ("declared", "known", "message"),
    [
        (
            (None, 0),
            {},
            r"f: the price_precision of EUR/USD\.SIM is not known.*--price-precision 4",
        ),
        ((2, None), {}, r"f: the size_precision of EUR/USD\.SIM is not known.*--size-precision 1"),
        ((4, None), KNOWN, "price_precision is 4, the definition of EUR/USD.SIM says 5"),
        ((5, 2), KNOWN, "size_precision is 2, the definition of EUR/USD.SIM says 0"),
    ],
)
def test_what_nobody_says_or_two_say_differently_is_refused(
    declared: tuple[int | None, int | None], known: dict[str, object], message: str
) -> None:
    with pytest.raises(DataError, match=message):
        digits_of(PAIR.id, known, declared, place="f", measure=measured)  # type: ignore[arg-type]
