"""Between objects and columns where a kind of data has no compiled loop: one value at a time."""

from array import array
from collections.abc import Callable
from typing import Any

from argosy.errors import ArgosyError, DataError
from argosy.model.data_kind import DataField, DataKind, Holds
from argosy.model.values import Price, Quantity
from argosy.serialization.rows import Written

TIMES = ("ts_event", "ts_init")


def write(kind: DataKind, objects: list[Any]) -> Written:
    """Return the columns of objects.

    Raises
    ------
    DataError : they are not of one class, one key and one pair of precisions
    """
    key = kind.key_of(objects[0])
    for i, item in enumerate(objects):
        if type(item) is not kind.data_type:
            raise _mixed(i, "type", type(item).__name__, kind.data_type.__name__)
        if kind.key_of(item) != key:
            raise _mixed(i, kind.key.attribute, kind.key_of(item), key)
    times = [array("q", [getattr(item, name) for item in objects]) for name in TIMES]
    columns = [
        _written(each, [getattr(item, each.name) for item in objects]) for each in kind.fields
    ]
    price, size = _precision(objects, kind.prices), _precision(objects, kind.sizes)
    return Written(key, price, size, [*times, *columns])


def read(
    kind: DataKind, key: Any, price_precision: int, size_precision: int, *columns: Any
) -> list[Any]:
    """Return the objects of columns of one length, in the order of the kind's schema."""
    precisions = {Holds.PRICE: price_precision, Holds.SIZE: size_precision}
    names = (*TIMES, *(each.name for each in kind.fields))
    readers: list[Callable[[Any], Any]] = [
        int,
        int,
        *(_reader(each, precisions) for each in kind.fields),
    ]
    nothing = [False] * len(columns[0])  # what a column of flags is where none is set
    rows = zip(*(nothing if column is None else column for column in columns), strict=True)
    owner = {kind.key.attribute: key}
    found = []
    for i, row in enumerate(rows):
        try:
            values = [make(value) for make, value in zip(readers, row, strict=True)]
            found.append(kind.data_type(**owner, **dict(zip(names, values, strict=True))))
        except (ArgosyError, ValueError, TypeError) as error:
            place = f"batch of {key}"
            raise DataError(f"row {i}: {error}", place=place, cure="Correct the data") from error
    return found


def _written(field: DataField, values: list[Any]) -> Any:
    match field.holds:
        case Holds.PRICE | Holds.SIZE:
            return array("q", [value.raw for value in values])
        case Holds.CODE:
            return [value.code for value in values]
        case _:
            return values


def _precision(objects: list[Any], names: tuple[str, ...]) -> int:
    """Return the one precision of fields, 0 where there are none."""
    first = None
    for i, item in enumerate(objects):
        for name in names:
            precision = getattr(item, name).precision
            if first is None:
                first = precision
            if precision != first:
                raise _mixed(i, f"precision of {name}", precision, first)
    return first or 0


def _reader(field: DataField, precisions: dict[Holds, int]) -> Callable[[Any], Any]:
    match field.holds:
        case Holds.PRICE:
            return lambda raw: Price.from_raw(raw, precisions[Holds.PRICE])
        case Holds.SIZE:
            return lambda raw: Quantity.from_raw(raw, precisions[Holds.SIZE])
        case Holds.CODE if field.codes is not None:
            return field.codes.from_code
        case _:
            return lambda value: value


def _mixed(i: int, what: str, was: object, expected: object) -> DataError:
    return DataError(
        f"object {i} is of {what} {was}, those before it of {expected}",
        place="to_batch",
        cure="Give one batch for each",
    )
