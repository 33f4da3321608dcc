"""Rows out of a lake: objects, Arrow, streams of one snapshot."""

from pathlib import Path

import pytest

from argosy.errors import CatalogError
from argosy.model.data import Bar, QuoteTick
from argosy.model.instruments import Instrument
from argosy.testing.instruments import default_fx_ccy
from argosy_catalog.lake.lake import Lake
from argosy_catalog.read.reading import Reading
from argosy_catalog.write.writing import Writing
from tests.catalog.samples import BID_BARS, DAY, GBPUSD, SECOND, SHIB, T0, bars, quotes

PAIR = default_fx_ccy("GBP/USD")


def test_objects_arrow_and_streams_are_the_same_rows(lake: Lake) -> None:
    Writing(lake).write([PAIR, *quotes(5), *bars(2)])
    reading = Reading(lake)
    (stream,) = reading.streams(QuoteTick, GBPUSD)
    streamed = [row for batch in stream.batches() for row in batch.to_pylist()]
    assert streamed == reading.arrow(QuoteTick, GBPUSD).read_all().to_pylist()
    assert quotes(5) == reading.query(QuoteTick)
    assert bars(2) == reading.query(Bar, GBPUSD)
    assert [PAIR] == reading.instruments() == reading.query(Instrument)


def test_streams_come_in_the_order_of_the_names(lake: Lake) -> None:
    Writing(lake).write([*quotes(2), *quotes(2, instrument=SHIB), *bars(2)])
    reading = Reading(lake)
    keys = [stream.key for stream in reading.streams(QuoteTick, [SHIB, GBPUSD])]
    assert [SHIB, GBPUSD] == keys
    assert [BID_BARS] == [stream.key for stream in reading.streams(Bar)]


def test_an_older_snapshot_is_read_as_it_was(lake: Lake) -> None:
    writing = Writing(lake)
    writing.write(quotes(3))
    before = lake.snapshot()
    writing.write(quotes(2, start=T0 + DAY))
    then, now = Reading(lake, before), Reading(lake)
    assert (before, before + 1) == (then.newest(), now.newest())
    assert quotes(3) == then.query(QuoteTick)
    (stream,) = now.streams(QuoteTick, snapshot=before)
    assert 3 == stream.rows


def test_who_holds_a_snapshot_is_lent_its_number(lake: Lake) -> None:
    Writing(lake).write(quotes(3))
    reading = Reading(lake)
    with reading.hold() as number:
        assert reading.newest() == number


@pytest.mark.parametrize(
    ("name", "start", "expected"),
    [
        ("GBP/USD.SIX", None, 'no quotes of GBP/USD.SIX. Did you mean "GBP/USD.SIM"'),
        (GBPUSD, T0 + DAY, "ls` shows what there is"),
    ],
)
def test_what_is_not_there_is_told_in_the_words_of_who_opened_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, start: int | None, expected: str
) -> None:
    monkeypatch.chdir(folder.parent)
    lake = Lake("catalog")
    Writing(lake).write(quotes(3, step=SECOND))
    with pytest.raises(CatalogError) as caught:
        Reading(lake).streams(QuoteTick, name, start)
    lake.close()
    assert "catalog" == caught.value.place
    assert str(caught.value).startswith("catalog: there are no quotes of GBP/USD.SI")
    assert expected in str(caught.value) or "did you mean" in str(caught.value).lower()
