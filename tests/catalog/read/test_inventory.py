"""What there is of market data, told without reading it."""

from pathlib import Path

from argosy.model.data import Bar, QuoteTick
from argosy_catalog.lake.lake import Lake
from argosy_catalog.read.inventory import Inventory
from argosy_catalog.write.writing import Writing
from tests.catalog.samples import BID_BARS, GBPUSD, SECOND, SHIB, T0, bars, quotes


def test_what_is_held_is_told_by_kind_and_key(lake: Lake) -> None:
    Writing(lake).write([*bars(2), *quotes(4, instrument=SHIB), *quotes(3)])
    inventory = Inventory(lake)
    told = [(each.kind, each.key, each.rows) for each in inventory.holdings()]
    assert [("quotes", GBPUSD, 3), ("quotes", SHIB, 4), ("bars", str(BID_BARS), 2)] == told
    assert ["bars"] == [each.kind for each in inventory.holdings(Bar)]
    assert 3 == len(inventory.files())


def test_an_older_snapshot_is_told_as_it_was(lake: Lake) -> None:
    writing = Writing(lake)
    writing.write(quotes(3))
    before = lake.snapshot()
    writing.write(quotes(2, start=T0 + 60 * SECOND))
    then, now = Inventory(lake, before), Inventory(lake)
    assert [3, 5] == [sum(each.rows for each in every.holdings()) for every in (then, now)]
    assert [(T0 + 3 * SECOND, T0 + 5 * SECOND)] == then.missing(
        QuoteTick, GBPUSD, T0 + 3 * SECOND, T0 + 5 * SECOND
    )
    assert 1 == len(now.files(snapshot=before))


def test_bars_answer_to_their_instrument(lake: Lake) -> None:
    Writing(lake).write([*bars(2), *quotes(3)])
    kinds = [span.kind for span in Inventory(lake).coverage(identifiers=GBPUSD)]
    assert ["quotes", "bars"] == kinds


def test_to_ask_makes_no_folder(tmp_path: Path) -> None:
    inventory = Inventory(Lake(tmp_path / "none"))
    assert ([], [], []) == (inventory.files(), inventory.holdings(), inventory.coverage())
    assert not (tmp_path / "none").exists()
