"""JSON of every domain object: ``{"type": "QuoteTick", "bid_price": "1.23450", ...}``."""

from typing import Any, TypeVar, overload

import msgspec

from argosy.model.codec import enc_hook
from argosy.serialization.reader import Reader
from argosy.serialization.registry import spell

T = TypeVar("T")

_ENCODER = msgspec.json.Encoder(enc_hook=enc_hook)
_READER = Reader(msgspec.json.Decoder, "JSON")


def to_json(value: Any) -> bytes:
    """Return a domain object, or a list or dict of them, as JSON."""
    return _ENCODER.encode(spell(value))


@overload
def from_json(data: bytes | str) -> Any: ...
@overload
def from_json(data: bytes | str, kind: type[T]) -> T: ...
def from_json(data: bytes | str, kind: type[Any] | None = None) -> Any:
    """Return the object that `to_json` spelled.

    Parameters
    ----------
    kind : of the object, such as ``list[QuoteTick]``; without it the key "type" decides

    Raises
    ------
    DataError : the text is no JSON, is cut off, or does not fit the type; the message has the path
    UnknownNameError : nobody registered its type
    """
    return _READER.read(data, kind)
