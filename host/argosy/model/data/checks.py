"""What the constructors of market data check, with errors that name the place and the cure."""

import operator

from argosy.errors import DataError
from argosy.model.bar_type import BarType
from argosy.model.identifiers import InstrumentId
from argosy.model.values import Price, Quantity

_TIME_LIMIT = 2**63


def price_of(value: object, owner: str, name: str) -> Price:
    """Return the price that was given, refuse anything else."""
    if isinstance(value, Price):
        return value
    raise wrong_type(value, owner, name, "Price", 'Price.from_str("1.25")')


def quantity_of(value: object, owner: str, name: str) -> Quantity:
    """Return the quantity that was given, refuse anything else."""
    if isinstance(value, Quantity):
        return value
    raise wrong_type(value, owner, name, "Quantity", 'Quantity.from_str("100")')


def instrument_id_of(value: object, owner: str) -> InstrumentId:
    """Return the instrument id that was given, refuse anything else."""
    if isinstance(value, InstrumentId):
        return value
    cure = 'InstrumentId("AUD/USD.SIM")'
    raise wrong_type(value, owner, "instrument_id", "InstrumentId", cure)


def bar_type_of(value: object, owner: str) -> BarType:
    """Return the bar type that was given, refuse anything else."""
    if isinstance(value, BarType):
        return value
    cure = 'BarType.from_str("AUD/USD.SIM-1-MINUTE-BID-EXTERNAL")'
    raise wrong_type(value, owner, "bar_type", "BarType", cure)


def time_of(value: object, owner: str, name: str) -> int:
    """Return the time (ns) that was given, refuse what is no int64."""
    try:
        time = operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        raise wrong_type(value, owner, name, "int", "1_577_836_800_000_000_000") from None
    if not -_TIME_LIMIT <= time < _TIME_LIMIT:
        raise DataError(f"{name} is {time}", place=owner, cure="Give nanoseconds since 1970, UTC")
    return time


def same_precision(first: int, second: int, owner: str, names: str) -> int:
    """Return the precision that both have, refuse two different ones."""
    if first != second:
        raise DataError(
            f"{names} have {first} and {second} decimals",
            place=owner,
            cure="Write them at one precision",
        )
    return first


def wrong_type(value: object, owner: str, name: str, expected: str, example: str) -> DataError:
    """Return the error for an argument of another type."""
    return DataError(
        f"{name} is {value!r}, a {type(value).__name__}, where a {expected} belongs",
        place=owner,
        cure=f"Give for example {example}",
    )


def missing_key(owner: str, error: KeyError) -> DataError:
    """Return the error for a mapping that lacks a field."""
    return DataError(f"the field {error.args[0]!r} is missing", place=owner, cure="Add it")
