from argosy.parts.catalog import Catalog
from tests.host.run.kit import Shelf


def test_a_catalog_is_there_and_has_neither_sql_nor_hindsight_unless_it_says_so() -> None:
    shelf = Shelf()
    assert (True, None, None) == (shelf.exists, shelf.queries, shelf.hindsight)


def test_a_catalog_whose_snapshots_stay_lends_the_newest() -> None:
    made: Catalog = Shelf()
    with made.hold() as snapshot:
        assert 17 == snapshot
