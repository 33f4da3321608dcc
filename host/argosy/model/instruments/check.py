"""What an instrument must fulfil, whatever its class."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Protocol

from argosy.errors import DataError
from argosy.model.currency import Currency
from argosy.model.identifiers import InstrumentId, Symbol
from argosy.model.values import Money, Price, Quantity

_REQUIRED: dict[str, type] = {
    "id": InstrumentId,
    "raw_symbol": Symbol,
    "quote_currency": Currency,
    "settlement_currency": Currency,
    "price_increment": Price,
    "size_increment": Quantity,
    "multiplier": Quantity,
    "margin_init": Decimal,
    "margin_maint": Decimal,
    "maker_fee": Decimal,
    "taker_fee": Decimal,
}
_OPTIONAL: dict[str, type] = {
    "base_currency": Currency,
    "lot_size": Quantity,
    "max_quantity": Quantity,
    "min_quantity": Quantity,
    "max_notional": Money,
    "min_notional": Money,
    "max_price": Price,
    "min_price": Price,
}


class Definition(Protocol):
    """What is looked at: an instrument, whose other fields are asked by name."""

    @property
    def id(self) -> InstrumentId:
        """Its id."""
        ...

    @property
    def base_currency(self) -> Currency | None:
        """What is bought and sold, where it is a currency."""
        ...

    @property
    def price_precision(self) -> int:
        """Decimals of its prices."""
        ...

    @property
    def size_precision(self) -> int:
        """Decimals of its sizes."""
        ...

    @property
    def is_inverse(self) -> bool:
        """Whether it is settled in its base currency."""
        ...


def check_instrument(instrument: Definition) -> None:
    """Raise a DataError that names the instrument and the field."""
    if instrument.is_inverse and instrument.base_currency is None:
        raise _error(instrument, "an inverse instrument has no base_currency", "Give one")
    _check_types(instrument)
    _check_precisions(instrument)
    _check_signs(instrument)
    _check_limits(instrument)


def _check_types(instrument: Definition) -> None:
    for name, kind in _REQUIRED.items():
        if not isinstance(getattr(instrument, name), kind):
            raise _type_error(instrument, name, kind)
    for name, kind in _OPTIONAL.items():
        value = getattr(instrument, name)
        if value is not None and not isinstance(value, kind):
            raise _type_error(instrument, name, kind)


def _check_precisions(instrument: Definition) -> None:
    for kind in ("price", "size"):
        declared = getattr(instrument, f"{kind}_precision")
        increment = getattr(instrument, f"{kind}_increment")
        if declared != increment.precision:
            raise _error(
                instrument,
                f"{kind}_precision is {declared}, {kind}_increment {increment} has "
                f"{increment.precision} decimals",
                f"Leave {kind}_precision out, or write the increment with {declared} decimals",
            )
    for names, precision in (
        (("max_price", "min_price"), instrument.price_precision),
        (("max_quantity", "min_quantity"), instrument.size_precision),
    ):
        for name in names:
            value = getattr(instrument, name)
            if value is not None and _decimals(value) > precision:
                cure = f"Round it to {precision} decimals"
                raise _error(instrument, f"{name} {value} is finer than the increment", cure)


def _check_signs(instrument: Definition) -> None:
    for name in ("price_increment", "size_increment", "multiplier", "lot_size"):
        value = getattr(instrument, name)
        if value is not None and value.raw <= 0:
            raise _error(instrument, f"{name} is {value}", "Give a value above zero")
    for name in ("margin_init", "margin_maint", "maker_fee", "taker_fee"):
        value = getattr(instrument, name)
        if not value.is_finite() or (value < 0 and name.startswith("margin")):
            raise _error(
                instrument, f"{name} is {value}", "Give a part of the notional: 0.05 is 5%"
            )


def _check_limits(instrument: Definition) -> None:
    for name in ("price", "quantity", "notional"):
        least = getattr(instrument, f"min_{name}")
        most = getattr(instrument, f"max_{name}")
        if least is not None and most is not None and least > most:
            raise _error(instrument, f"min_{name} {least} is above max_{name} {most}", "Swap them")


def _decimals(value: Any) -> int:
    """Return how many decimals are not trailing zeros."""
    raw, precision = value.raw, value.precision
    while precision > 0 and raw % 10 == 0:
        raw, precision = raw // 10, precision - 1
    return int(precision)


def _type_error(instrument: Definition, name: str, kind: type) -> DataError:
    value = getattr(instrument, name)
    message = f"{name} is {value!r}, a {type(value).__name__}, where a {kind.__name__} belongs"
    return _error(instrument, message, f"Give a {kind.__name__}")


def _error(instrument: Definition, message: str, cure: str) -> DataError:
    return DataError(message, place=f"{type(instrument).__name__} {instrument.id}", cure=cure)
