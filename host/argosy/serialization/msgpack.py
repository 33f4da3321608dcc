"""MessagePack of every domain object: the same maps as in JSON, in fewer bytes."""

from typing import Any, TypeVar, overload

import msgspec

from argosy.model.codec import enc_hook
from argosy.serialization.reader import Reader
from argosy.serialization.registry import spell

T = TypeVar("T")

_ENCODER = msgspec.msgpack.Encoder(enc_hook=enc_hook)
_READER = Reader(msgspec.msgpack.Decoder, "MessagePack")


def to_msgpack(value: Any) -> bytes:
    """Return a domain object, or a list or dict of them, as MessagePack."""
    return _ENCODER.encode(spell(value))


@overload
def from_msgpack(data: bytes) -> Any: ...
@overload
def from_msgpack(data: bytes, kind: type[T]) -> T: ...
def from_msgpack(data: bytes, kind: type[Any] | None = None) -> Any:
    """Return the object that `to_msgpack` spelled.

    Parameters
    ----------
    kind : of the object, such as ``list[QuoteTick]``; without it the key "type" decides

    Raises
    ------
    DataError : the bytes are no MessagePack, are cut off, or do not fit the type
    UnknownNameError : nobody registered its type
    """
    return _READER.read(data, kind)
