"""The kit for catalogs: good ones pass, and each kind of wrong one is caught."""

from collections.abc import Sequence
from typing import Any, ClassVar

import pytest

from argosy.errors import InputError
from argosy.kernel.stream import MemoryStream
from argosy.model.data import QuoteTick
from argosy.serialization.arrow import to_batch
from argosy.testing.catalogs import check_catalog
from argosy.testing.instruments import default_fx_ccy
from argosy.testing.runs import PAIR, make_quotes
from tests.host.run.kit import Shelf

QUOTES = make_quotes(30)


class Memory(Shelf):
    """Hold quotes of one pair."""

    quotes = QUOTES
    runs: ClassVar[list[Any]] = []

    def instruments(self) -> Sequence[Any]:
        return [default_fx_ccy("EUR/USD")]

    def streams(self, data_type: type, identifiers: Any, **options: Any) -> Sequence[Any]:
        if str(PAIR) not in map(str, identifiers):
            raise InputError(f"there are no quotes of {identifiers}")
        return [self.stream(options["batch_rows"])]

    def stream(self, batch_rows: int) -> MemoryStream:
        return MemoryStream(QuoteTick, PAIR, 5, 0, [to_batch(self.quotes)], batch_rows)

    def write_run(self, run: Any, tables: Any, events: Any = ()) -> None:
        self.runs.append(run["run_id"])


class Absent(Memory):
    """Be nowhere."""

    exists = False


class Upended(Memory):
    """Begin with the last row."""

    quotes = QUOTES[::-1]


class Uneven(Memory):
    """Leave rows out where batches are small."""

    def stream(self, batch_rows: int) -> MemoryStream:
        rows = QUOTES[:-1] if batch_rows == 1 else QUOTES
        return MemoryStream(QuoteTick, PAIR, 5, 0, [to_batch(rows)], batch_rows)


class Generous(Memory):
    """Give the same for every name."""

    def streams(self, data_type: type, identifiers: Any, **options: Any) -> Sequence[Any]:
        return [self.stream(options["batch_rows"])]


class Leaky(Memory):
    """Show the newest at every snapshot."""

    def write_run(self, run: Any, tables: Any, events: Any = ()) -> None:
        self.quotes = QUOTES[1:]


def test_a_sound_catalog_passes_and_keeps_the_run() -> None:
    before = len(Memory.runs)
    check_catalog(Memory, PAIR)
    assert before + 1 == len(Memory.runs)


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        (Absent, "is not there"),
        (Upended, "not in the order of ts_init"),
        (Uneven, "depend on the size of batches"),
        (Generous, "does not say that it holds nothing"),
        (Leaky, "a run changed an older snapshot"),
    ],
)
def test_an_unsound_catalog_is_caught(kind: Any, message: str) -> None:
    with pytest.raises(AssertionError, match=message):
        check_catalog(kind, PAIR)
