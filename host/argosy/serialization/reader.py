"""What reading JSON and reading MessagePack have in common: types by name, errors with a place."""

from collections.abc import Callable
from typing import Any

import msgspec

from argosy.errors import DataError, OrderStateError, ValueRangeError
from argosy.model.codec import dec_hook, misfit
from argosy.model.data.checks import missing_key
from argosy.serialization.registry import added_decoder, type_named


class _Tag(msgspec.Struct):
    type: str


class Reader:
    """Reads objects of one format.

    Parameters
    ----------
    decoder : of msgspec, for the format
    format : its name, for errors
    """

    def __init__(self, decoder: Callable[..., Any], format: str) -> None:
        self._decoder = decoder
        self._format = format
        self._decoders: dict[Any, Callable[[bytes | str], Any]] = {}
        self._tag = decoder(_Tag)

    def read(self, data: bytes | str, kind: Any = None) -> Any:
        """Return the object of a type, else of the type that the key "type" names.

        Raises
        ------
        DataError : the data is malformed, is cut off, or does not fit the type
        UnknownNameError : nobody registered its type
        """
        try:
            if kind is None:
                kind = type_named(self._tag.decode(data).type)
            decode = self._decoders.get(kind)
            if decode is None:
                decode = self._decoders[kind] = self._decode_of(kind)
            return decode(data)
        except msgspec.ValidationError as error:
            raise misfit(error, self._place(kind)) from error
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            place, cure = self._place(kind), "Send the whole message"
            raise DataError(str(error), place=place, cure=cure) from error
        except KeyError as error:
            raise missing_key(self._place(kind), error) from error
        except (OrderStateError, ValueRangeError) as error:
            raise DataError(str(error), place=self._place(kind)) from error

    def _decode_of(self, kind: Any) -> Callable[[bytes | str], Any]:
        added = added_decoder(kind)
        if added is None:
            return self._decoder(kind, dec_hook=dec_hook).decode  # type: ignore[no-any-return]
        plain = self._decoder(dict)
        return lambda data: added(plain.decode(data))

    def _place(self, kind: Any) -> str:
        return self._format if kind is None else f"{self._format} of {_name(kind)}"


def _name(kind: Any) -> str:
    return kind.__name__ if isinstance(kind, type) else str(kind)
