"""What is handed over is written whole, or not at all."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

import pytest

from argosy.errors import CatalogError
from argosy.model.data import QuoteTick
from argosy.parts.loader import Load, Rows, Sample
from argosy.parts.registration import Part
from argosy.serialization.arrow import to_batch
from argosy.testing.instruments import default_fx_ccy
from argosy_catalog.lake.lake import Lake
from argosy_catalog.read.reading import Reading
from argosy_catalog.write.writing import Writing
from tests.catalog.samples import GBPUSD, SECOND, T0, bars, files_under, quotes

PAIR = default_fx_ccy("GBP/USD")


class Toy:
    """A loader that gives three quotes for each file, and knows every file."""

    def guess(self, sample: Sample) -> str | None:
        return "it is a toy"

    def load(self, load: Load) -> Iterator[object]:
        for number, path in enumerate(load.files):
            start = T0 + number * 60 * SECOND
            yield Rows(to_batch(quotes(3, start=start)), f"{path}:{{}}".format)


class Shelf:
    """Parts among which there is one loader."""

    def __init__(self) -> None:
        self.toy = Part("loaders", "toy", lambda _: Toy())

    def part(self, kind: str, name: str, *, also: Iterable[str] = ()) -> Part:
        assert ("loaders", "toy") == (kind, name)
        return self.toy

    def parts(self, kind: str) -> Mapping[str, Part]:
        assert "loaders" == kind
        return {"toy": self.toy}

    def plugin_names(self) -> Collection[str]:
        return ["toys"]


def test_objects_and_arrow_rows_are_counted(lake: Lake) -> None:
    writing = Writing(lake)
    assert 6 == writing.write([PAIR, *quotes(3), *bars(2)])
    assert 2 == writing.write(to_batch(quotes(2, start=T0 + 60 * SECOND)))
    assert 0 == writing.write(PAIR)


def test_a_time_that_is_covered_has_an_owner(lake: Lake, folder: Path) -> None:
    with pytest.raises(CatalogError, match="a time that is covered has a start, an end"):
        Writing(lake).write(quotes(3), start=T0, end=T0 + 60 * SECOND)
    assert [] == files_under(folder)


def test_a_time_without_rows_is_known_to_be_empty(lake: Lake) -> None:
    Writing(lake).mark_empty(QuoteTick, GBPUSD, T0, T0 + SECOND)
    (span,) = Reading(lake).inventory.coverage()
    assert ("empty", T0, T0 + SECOND) == (span.state, span.first_ns, span.last_ns)


@pytest.mark.parametrize("name", ["toy", None])
def test_loaders_are_found_where_the_caller_says(
    lake: Lake, tmp_path: Path, name: str | None
) -> None:
    files = [tmp_path / "a.toy", tmp_path / "b.toy"]
    for file in files:
        file.write_text("three quotes")
    (loaded,) = Writing(lake).ingest(files, name, parts=Shelf())
    assert (6, 6) == (loaded.rows, loaded.written)
    assert [*quotes(3), *quotes(3, start=T0 + 60 * SECOND)] == Reading(lake).query(QuoteTick)


def test_files_whose_loader_is_known_need_no_parts(lake: Lake, tmp_path: Path) -> None:
    (loaded,) = Writing(lake).load([([tmp_path / "a.toy"], Toy())])
    assert 3 == loaded.written
