"""How domain values are spelled in JSON and MessagePack: the hooks that msgspec calls.

Values are strings (``"1.23450"``, ``"100.00 USD"``), so that no reader turns them into floats.
Identifiers, enums, currencies and bar types are their names. Anything else that has `to_dict` and
`from_dict`, as market data has, is what these say.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar

import msgspec

from argosy.errors import ArgosyError, DataError, InputError
from argosy.model.bar_type import BarSpecification, BarType
from argosy.model.currency import Currency
from argosy.model.enums import OpenName
from argosy.model.identifiers import (
    AccountId,
    ClientId,
    Identifier,
    InstrumentId,
    StrategyId,
    TraderId,
    Venue,
)
from argosy.model.spelling import money_of_text, price_of_text, quantity_of_text, text_of
from argosy.model.values import Money, Price, Quantity

T = TypeVar("T")


# Ids of which a system knows few are made once; those of orders and trades are new each time.
instrument_id_of_text = lru_cache(maxsize=65_536)(InstrumentId.from_str)
_FEW = (AccountId, ClientId, StrategyId, TraderId, Venue)

_ENCODERS: dict[type, Callable[[Any], Any]] = {
    BarSpecification: str,
    BarType: str,
    Currency: str,
    Money: str,
    Price: str,
    Quantity: str,
}
_DECODERS: dict[type, Callable[[Any], Any]] = {
    BarSpecification: BarSpecification.from_str,
    BarType: BarType.from_str,
    Currency: Currency.from_str,
    Money: money_of_text,
    Price: price_of_text,
    Quantity: quantity_of_text,
    InstrumentId: instrument_id_of_text,
    **{kind: lru_cache(maxsize=1_024)(kind) for kind in _FEW},
}


def register_codec(kind: type[T], encode: Callable[[T], Any], decode: Callable[[Any], T]) -> None:
    """Say how values of a type are spelled, with what msgspec knows: str, int, list, dict.

    Raises
    ------
    DataError : the type has a spelling already
    """
    if kind in _ENCODERS:
        raise DataError(f"{kind.__name__} has a codec already", cure="Register it once")
    _ENCODERS[kind] = encode
    _DECODERS[kind] = decode


def enc_hook(value: Any) -> Any:
    """Spell a value that msgspec does not know."""
    kind = type(value)
    if kind is Price or kind is Quantity:
        return text_of(value.raw, value.precision)
    encode = _ENCODERS.get(kind)
    if encode is None:
        encode = _ENCODERS[kind] = _find_encoder(kind)
    return encode(value)


def dec_hook(kind: Any, value: Any) -> Any:
    """Read a value of a type that msgspec does not know."""
    decode = _DECODERS.get(kind)
    if decode is None:
        decode = _DECODERS[kind] = _find_decoder(kind)
    try:
        return decode(value)
    except ArgosyError as error:
        # msgspec adds the path to a ValueError.
        raise ValueError(str(error)) from error


def to_builtins(value: Any) -> Any:
    """Return what JSON would hold, as Python's own types."""
    return msgspec.to_builtins(value, enc_hook=enc_hook)


def convert(value: Any, kind: type[T], *, place: str | None = None) -> T:
    """Return the object that `to_builtins` spelled.

    Parameters
    ----------
    place : what errors call it, else the name of the type

    Raises
    ------
    DataError : the value does not fit; the message has its path
    """
    try:
        return msgspec.convert(value, kind, dec_hook=dec_hook)
    except (msgspec.ValidationError, TypeError) as error:
        raise misfit(error, place or kind.__name__) from error


def misfit(error: BaseException, place: str) -> DataError:
    """Return the error for what msgspec refused; an error with a cure of its own keeps it."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, InputError):
        cause = cause.__cause__
    return DataError(str(error), place=place, cure=None if cause else "Correct the value")


def _find_encoder(kind: type) -> Callable[[Any], Any]:
    if issubclass(kind, Identifier | OpenName):
        return str
    for base in kind.__mro__:
        if base in _ENCODERS:
            return _ENCODERS[base]
    if callable(getattr(kind, "to_dict", None)):
        return kind.to_dict  # type: ignore[attr-defined, no-any-return]
    raise DataError(
        f"{kind.__name__} cannot be serialized",
        cure="Give it to_dict and from_dict, or call argosy.serialization.register_type",
    )


def _find_decoder(kind: Any) -> Callable[[Any], Any]:
    if isinstance(kind, type) and issubclass(kind, Identifier | OpenName):
        return kind
    if callable(getattr(kind, "from_dict", None)):
        return kind.from_dict  # type: ignore[no-any-return]
    raise DataError(
        f"{kind!r} cannot be read",
        cure="Give it to_dict and from_dict, or call argosy.serialization.register_type",
    )
