"""Files of one JSON object a line."""

import codecs
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from argosy.errors import DataError

LONGEST_LINE = 64 << 20

T = TypeVar("T")


def read_lines(file: Any, path: Path, kind: type[T]) -> Iterator[tuple[int, T]]:
    """Yield the number, from 1, and the object of each line; numbers with a point are Decimals.

    Raises
    ------
    DataError : with file and line
    """
    decoder = msgspec.json.Decoder(kind, float_hook=Decimal)
    number = 0
    with file:
        while line := file.readline(LONGEST_LINE):
            number += 1
            if number == 1:
                line = line.removeprefix(codecs.BOM_UTF8)
            if not line.strip():
                continue
            try:
                message = decoder.decode(line)
            except (msgspec.DecodeError, ValueError, ArithmeticError, RecursionError) as error:
                is_cut = not line.endswith(b"\n")
                raise DataError(
                    f"the line cannot be read ({error})",
                    place=f"{path}:{number}",
                    cure="Get the file again: it is cut off or damaged"
                    if is_cut
                    else "See whether the file is of the format of this loader",
                ) from error
            yield number, message
    if not number:
        raise DataError("the file is empty", place=str(path), cure="Give one with lines")
