import msgspec
import pytest

from argosy.errors import DataError
from argosy.model.data import QuoteTick
from argosy.serialization.reader import Reader


def test_errors_name_the_format_and_the_type() -> None:
    reader = Reader(msgspec.json.Decoder, "Sketch")
    with pytest.raises(DataError, match=r"Sketch: Input data was truncated. Send the whole"):
        reader.read(b"{")
    with pytest.raises(DataError, match=r"Sketch of QuoteTick: .*'instrument_id' is missing"):
        reader.read(b"{}", QuoteTick)
    with pytest.raises(DataError, match=r"Sketch of list\[int\]: Expected `int`, got `str`"):
        reader.read(b'["1"]', list[int])
