"""Instruments that nobody lists: a formula over the prices of others."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, Self

import msgspec

from argosy.errors import DataError
from argosy.model.codec import convert, to_builtins
from argosy.model.identifiers import InstrumentId, Symbol, Venue
from argosy.model.instruments.formula import Formula, compile_formula
from argosy.model.instruments.rounding import to_raw
from argosy.model.values import MAX_PRECISION, Price, Quantity

SYNTH: Final = Venue("SYNTH")


class SyntheticInstrument(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag=True
):
    """A price computed from others; quoted and charted like any, but not tradable.

    Parameters
    ----------
    symbol : its id is the symbol at the venue SYNTH
    price_precision : decimals that results are rounded at
    components : the instruments whose prices go in, in the order of the inputs
    formula : as `argosy.model.instruments.formula` describes
    """

    symbol: Symbol
    price_precision: int
    components: tuple[InstrumentId, ...]
    formula: str
    ts_event: int = 0
    ts_init: int = 0

    def __post_init__(self) -> None:
        """Compile the formula, so that a wrong one is refused here."""
        place = f"SyntheticInstrument {self.symbol}"
        if not 0 <= self.price_precision <= MAX_PRECISION:
            message = f"price_precision is {self.price_precision}"
            raise DataError(message, place=place, cure=f"Give 0 to {MAX_PRECISION}")
        if len(self.components) < 2 or len(set(self.components)) < len(self.components):
            raise DataError(
                f"the components are {', '.join(self.components) or 'none'}",
                place=place,
                cure="Give two or more different ones",
            )
        compile_formula(self.formula, self.components)

    @property
    def id(self) -> InstrumentId:
        """The symbol at the venue SYNTH."""
        return InstrumentId(self.symbol, SYNTH)

    @property
    def venue(self) -> Venue:
        """The venue of all synthetic instruments."""
        return SYNTH

    @property
    def price_increment(self) -> Price:
        """The least step of the price."""
        return Price.from_raw(1, self.price_precision)

    @property
    def size_precision(self) -> int:
        """Sizes are 1, without decimals."""
        return 0

    @property
    def size_increment(self) -> Quantity:
        """Sizes are 1."""
        return Quantity.from_int(1)

    @property
    def is_tradable(self) -> bool:
        """Never: no venue lists it."""
        return False

    def calculate(self, inputs: Sequence[float | Decimal | Price]) -> Price:
        """Return the price at the components' prices, given in their order.

        Raises
        ------
        DataError : there are more or fewer inputs than components
        ValueRangeError : the formula has no value there, as for a division by zero
        """
        if len(inputs) != len(self.components):
            raise DataError(
                f"{len(inputs)} inputs for {len(self.components)} components",
                place=f"SyntheticInstrument {self.symbol}",
                cure="Give one price for each component",
            )
        return self.make_price(self._compiled([float(value) for value in inputs]))

    def make_price(self, value: float | int | str | Decimal) -> Price:
        """Round to the price precision, ties to even."""
        return Price.from_raw(to_raw(value, self.price_precision), self.price_precision)

    def change_formula(self, formula: str) -> Self:
        """Return the instrument with another formula."""
        return msgspec.structs.replace(self, formula=formula)

    def to_dict(self) -> dict[str, Any]:
        """Return the definition as JSON would spell it."""
        values: dict[str, Any] = to_builtins(self)
        return values

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """Return the instrument that `to_dict` spelled."""
        return convert(values, cls)

    @property
    def _compiled(self) -> Formula:
        return compile_formula(self.formula, self.components)
