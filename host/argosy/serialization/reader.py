"""What reading JSON and reading MessagePack have in common: types by name, errors with a place."""

from collections.abc import Callable
from typing import Any

import msgspec

from argosy.errors import DataError
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
        self._decoders: dict[Any, Any] = {}
        self._tag = decoder(_Tag)

    def read(self, data: bytes | str, kind: Any = None) -> Any:
        """Return the object of a type, else of the type that the key "type" names.

        Raises
        ------
        DataError : the data is malformed, is cut off, or does not fit the type
        UnknownNameError : nobody registered its type
        """
        place = self._format
        try:
            if kind is None:
                kind = type_named(self._tag.decode(data).type)
            place = f"{self._format} of {_name(kind)}"
            added = added_decoder(kind)
            if added is not None:
                return added(self._decoder_of(dict).decode(data))
            return self._decoder_of(kind).decode(data)
        except msgspec.ValidationError as error:
            raise misfit(error, place) from error
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise DataError(str(error), place=place, cure="Send the whole message") from error
        except KeyError as error:
            raise missing_key(place, error) from error

    def _decoder_of(self, kind: Any) -> Any:
        decoder = self._decoders.get(kind)
        if decoder is None:
            decoder = self._decoders[kind] = self._decoder(kind, dec_hook=dec_hook)
        return decoder


def _name(kind: Any) -> str:
    return kind.__name__ if isinstance(kind, type) else str(kind)
