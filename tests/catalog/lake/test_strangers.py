"""Files that no snapshot knows are told apart by the names and signs of their writers."""

from pathlib import Path

from argosy_catalog import ParquetDataCatalog
from argosy_catalog.lake.lake import Lake
from argosy_catalog.lake.presence import Presence
from argosy_catalog.lake.strangers import OWN_NAME, Origin, found_below, unknown
from tests.catalog.samples import quotes


def test_own_files_are_known_by_their_names() -> None:
    token, rest = "a" * 16, "b" * 8
    own = [f"2024-01-01-{token}-{rest}", f"{token}-{rest}", "a" * 32, f"2024-01-01-{token}"]
    others = ["mine", "a" * 15, f"{token}.csv"]
    named = {name for name in (*own, *others) if OWN_NAME.fullmatch(f"{name}.parquet")}
    assert set(own) == named


def test_the_sign_of_a_writer_tells_what_became_of_it(tmp_path: Path) -> None:
    living, dead, done = (Presence(tmp_path) for _ in range(3))
    data = tmp_path / "data"
    data.mkdir()
    for writer in (living, dead, done):
        writer.enter()
        (data / f"2024-01-01-{writer.token}-{'0' * 8}.parquet").touch()
    dead.abandon()
    done.leave()
    (data / "mine.parquet").touch()
    (data / "mine.csv").touch()
    found = {each.token: each.origin for each in found_below(tmp_path, data)}
    assert {
        living.token: Origin.AT_WORK,
        dead.token: Origin.DEAD,
        done.token: Origin.DONE,
        "": Origin.FOREIGN,
    } == found
    living.leave()


def test_what_a_snapshot_knows_is_no_stranger(catalog: ParquetDataCatalog, lake: Lake) -> None:
    catalog.write_data(quotes(3))
    catalog.close()
    mine = lake.data_path / "mine.parquet"
    assert isinstance(mine, Path)
    mine.touch()
    found = found_below(lake.path, lake.data_path)
    with lake.metadata() as select:
        (stranger,) = unknown(select, lake.data_path, found)
    assert (2, mine) == (len(found), stranger.stored.path)
