"""Queries of a run read market data alone, and call nothing that answers differently later."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from argosy.errors import CatalogError
from argosy_catalog.lake.lake import Lake
from argosy_catalog.read.session import guarded
from argosy_catalog.runs.inspection import INPUTS, Inspector

READ = f"Read {', '.join(INPUTS)}"
SELECT = "it does something else than SELECT. Write it as one SELECT"
REPEAT = "A run must be repeatable: bind a value with params instead"
LATER = "is refused: it may answer differently later"


@pytest.fixture(scope="module")
def inspector(empty_catalog: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inspector]:
    folder = tmp_path_factory.mktemp("inspection") / "catalog"
    lake = Lake(Path(shutil.copytree(empty_catalog, folder)), read_only=True)
    opened = guarded(lake)
    opened.execute("CREATE TEMP MACRO lucky() AS random()")
    opened.execute("CREATE TEMP MACRO traded() AS TABLE SELECT * FROM fills")
    opened.execute("CREATE TEMP MACRO half(x) AS x / 2")
    opened.execute(
        "CREATE TEMP MACRO doubled(x) AS TABLE SELECT ts_init, bid_price * x AS p FROM quotes"
    )
    yield Inspector(opened)
    lake.disconnect(opened)


@pytest.mark.parametrize("view", INPUTS)
def test_the_views_of_inputs_are_read(inspector: Inspector, view: str) -> None:
    inspector.check(f"SELECT ts_init FROM {view}")
    inspector.check(f"FROM main.{view.upper()}")


@pytest.mark.parametrize(
    "query",
    [
        "WITH orders AS (SELECT ts_init FROM quotes) FROM orders",
        "SELECT ts_init, half(bid_price) FROM quotes",
        "FROM doubled(2)",
        "SELECT * FROM quotes ASOF JOIN trades USING (instrument_id, ts_init)",
        "SELECT ts_init, avg(bid_price) OVER w FROM quotes WINDOW w AS (ORDER BY ts_init)",
        "SELECT unnest([1, 2]), i FROM range(3) t(i), generate_series(1, 2)",
        "SELECT time_bucket(INTERVAL 1 MINUTE, ts_init), age(ts_init, ts_event) FROM quotes",
    ],
)
def test_what_is_the_same_each_time_passes(inspector: Inspector, query: str) -> None:
    inspector.check(query)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT random() FROM quotes", f"random() {LATER}. {REPEAT}"),
        ("SELECT Now() FROM quotes", f"now() {LATER}. {REPEAT}"),
        ("SELECT current_timestamp FROM quotes", f"current_timestamp {LATER}. {REPEAT}"),
        ("SELECT current_date FROM quotes", f"current_date {LATER}. {REPEAT}"),
        ("SELECT localtimestamp FROM quotes", f"localtimestamp {LATER}. {REPEAT}"),
        ("SELECT today() FROM quotes", f"today() {LATER}. {REPEAT}"),
        ("SELECT uuid() FROM quotes", f"uuid() {LATER}. {REPEAT}"),
        ("SELECT gen_random_uuid() FROM quotes", f"gen_random_uuid() {LATER}. {REPEAT}"),
        ("SELECT age(ts_init) FROM quotes", f"age() {LATER}. {REPEAT}"),
        ("SELECT version() FROM quotes", f"version() {LATER}. {REPEAT}"),
        ("SELECT ago(INTERVAL 1 DAY)", f"current_timestamp {LATER} (within ago). {REPEAT}"),
        ("SELECT lucky()", f"random() {LATER} (within lucky). {REPEAT}"),
        ("FROM quotes WHERE ts_init > (SELECT now())", f"now() {LATER}. {REPEAT}"),
        ("SELECT list_transform([1], lambda x: x + random())", f"random() {LATER}. {REPEAT}"),
        ("SELECT sum(1) OVER (ORDER BY random()) FROM quotes", f"random() {LATER}. {REPEAT}"),
        (
            "FROM quotes TABLESAMPLE 10%",
            "a random sample is refused. Choose rows with WHERE",
        ),
        (
            "FROM orders",
            f"it reads orders, which runs write: the next run would get other rows. {READ}",
        ),
        (
            "FROM run.fills",
            f"it reads fills, which runs write: the next run would get other rows. {READ}",
        ),
        (
            "FROM traded()",
            "it reads fills, which runs write: the next run would get other rows "
            f"(within traded). {READ}",
        ),
        ("FROM quote", "it cannot read 'quote'. Did you mean 'quotes'?"),
        ("FROM lake.main.quotes", "it cannot read 'lake.main.quotes'. Did you mean 'quotes'?"),
        ("FROM market.quotes_5_0", "it cannot read 'market.quotes_5_0'. Did you mean 'quotes'?"),
        (
            "FROM 'secrets.parquet'",
            f"it cannot read 'secrets.parquet'. Available: {', '.join(sorted(INPUTS))}",
        ),
        ("FROM quotes AT (VERSION => 1)", "AT is refused: the run has one snapshot. Remove it"),
        (
            "FROM read_parquet('x')",
            f"read_parquet() is refused: a query of a run reads market data alone. {READ}",
        ),
        (
            "FROM ducklake_snapshots('lake')",
            f"ducklake_snapshots() is refused: a query of a run reads market data alone. {READ}",
        ),
        ("INSERT INTO quotes VALUES (1)", SELECT),
        ("DELETE FROM quotes", SELECT),
        ("SHOW TABLES", SELECT),
        ("SELECT 1; SELECT 2", "there is more than one statement. Write it as one SELECT"),
        (" ", "it is empty. Write it as one SELECT"),
        ("SELEC 1", 'syntax error at or near "SELEC". Correct the SQL; `argosy sql` tries it'),
        ("SELECT $1", "it has parameters without names. Write $name in the place of ?"),
    ],
)
def test_what_cannot_be_repeated_is_refused_by_name(
    inspector: Inspector, query: str, expected: str
) -> None:
    with pytest.raises(CatalogError) as raised:
        inspector.check(query)
    assert f"query: {expected}" == str(raised.value)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["a"], "params: the query wants a value for $b. Give b = ..."),
        (["a", "b", "bb"], "params: the query has no $bb. Did you mean 'b'?"),
    ],
)
def test_parameters_are_those_of_the_query(
    inspector: Inspector, names: list[str], expected: str
) -> None:
    inspector.check("FROM quotes WHERE bid_price > $a + $b + $a", ["a", "b"])
    with pytest.raises(CatalogError) as raised:
        inspector.check("FROM quotes WHERE bid_price > $a + $b + $a", names)
    assert expected == str(raised.value)
