"""Queries that do anything but read the catalog: each attempt is refused, and changes nothing."""

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from argosy.errors import CatalogError
from argosy_catalog import ParquetDataCatalog
from argosy_catalog.lake.lake import Lake
from argosy_catalog.read.session import SqlSession
from tests.catalog.samples import quotes


@pytest.fixture(scope="module")
def victim(
    empty_catalog: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ParquetDataCatalog]:
    """A catalog in a folder that also has things which are nobody's business."""
    folder = tmp_path_factory.mktemp("victim")
    shutil.copytree(empty_catalog, folder / "catalog")
    (folder / "secret.csv").write_text("secret\n1\n")
    with sqlite3.connect(folder / "other.sqlite") as connection:
        connection.execute("CREATE TABLE secret (i INTEGER)")
    connection.close()
    with ParquetDataCatalog(folder / "catalog") as opened:
        opened.write_data(quotes(100))
        yield opened


@pytest.mark.parametrize(
    "query",
    [
        "FROM quotes",
        "WITH q AS (FROM quotes) SELECT * FROM q",
        "WITH range(a) AS (SELECT 1) SELECT a FROM range",
        "SHOW TABLES",
        "SHOW ALL TABLES",
        "DESCRIBE quotes",
        "PRAGMA table_info('quotes')",
        "SUMMARIZE quotes",
        "PIVOT trades ON aggressor_side IN ('BUYER') USING count(*)",
        "FROM (VALUES ('a', 1), ('b', 2)) t(x, y)",
        "PIVOT (FROM (VALUES ('a', 1), ('b', 2)) t(x, y)) ON x USING sum(y)",
        "PIVOT (FROM quotes WHERE instrument_id IN ('A/B.C', 'GBP/USD.SIM')) ON price_precision "
        "USING count(*)",
        "FROM with_quotes(quotes)",
        "PIVOT quotes ON price_precision USING max(ask_price / bid_price)",
        "EXPLAIN SELECT 1",
        "EXPLAIN (FORMAT json) SELECT 1",
        "-- said first\nEXPLAIN /* and */ ANALYZE SELECT 1",
        "VALUES (1)",
        "SELECT 1;",
        "SELECT 1; -- and nothing more",
        "FROM market.quotes_5_0",
        "FROM ducklake_snapshots('lake')",
        "FROM lake.snapshots()",
        "FROM range(3), generate_series(1, 2), unnest([1])",
        "SELECT 'read_csv(''x.csv'')' AS text",
        'SELECT bid_price AS "glob" FROM quotes',
        "FROM duckdb_functions()",
        'SELECT "glob" FROM (SELECT 1 AS "glob")',
        "SELECT ts_init FROM quotes WHERE list_contains([1], 1)",
    ],
)
def test_everything_that_reads_is_allowed(victim: ParquetDataCatalog, query: str) -> None:
    assert 0 < victim.sql(query).num_rows or "trades" in query


WRITES = [
    "CREATE TABLE t (i INTEGER)",
    "CREATE TEMP TABLE t (i INTEGER)",
    "CREATE TEMP VIEW v AS SELECT 1",
    "CREATE MACRO m() AS 1",
    "CREATE SECRET (TYPE s3)",
    "DROP VIEW quotes",
    "DROP MACRO mid",
    "ALTER VIEW quotes RENAME TO q",
    "INSERT INTO run.runs (run_id) VALUES ('x')",
    "WITH x AS (SELECT 1) INSERT INTO run.runs (run_id) SELECT 'x'",
    "DELETE FROM market.quotes_5_0",
    "UPDATE run.runs SET run_id = 'x'",
    "MERGE INTO run.runs USING run.runs AS s USING (run_id) WHEN MATCHED THEN DELETE",
    "TRUNCATE market.quotes_5_0",
    "COPY (SELECT 1) TO '{tmp}/x.csv'",
    "COPY (SELECT 1) TO '{data}/x.parquet'",
    "COPY run.runs FROM '{tmp}/secret.csv'",
    "EXPLAIN ANALYZE COPY (SELECT 1) TO '{data}/x.parquet'",
    "EXPLAIN ANALYZE INSERT INTO run.runs (run_id) VALUES ('x')",
    "/* explain */ EXPLAIN ANALYZE COPY (SELECT 1) TO '{data}/x.parquet'",
    "EXPLAIN /* explain */ ANALYZE COPY (SELECT 1) TO '{data}/x.parquet'",
    "-- explain analyze\nEXPLAIN ANALYZE COPY (SELECT 1) TO '{data}/x.parquet'",
    "EXPLAIN (ANALYZE) COPY (SELECT 1) TO '{data}/x.parquet'",
    "EXPLAIN EXPLAIN ANALYZE COPY (SELECT 1) TO '{data}/x.parquet'",
    "EXPORT DATABASE '{data}/x'",
    "IMPORT DATABASE '{tmp}'",
    "ATTACH '{tmp}/x.db'",
    "ATTACH ':memory:' AS m",
    "DETACH lake",
    "USE memory",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET enable_external_access = true",
    "SET VARIABLE x = 1",
    "RESET lock_configuration",
    "PRAGMA database_list",
    "PRAGMA enable_profiling",
    "CHECKPOINT",
    "VACUUM",
    "ANALYZE",
    "CALL ducklake_expire_snapshots('lake', versions => [1])",
    "CALL pragma_version()",
    "SELECT 1; PIVOT quotes ON bid_price USING count(*)",
    "PIVOT quotes ON bid_price USING count(*); DROP VIEW quotes",
    "PIVOT quotes ON bid_price USING count(*); SELECT 1",
    "BEGIN",
    "PREPARE p AS SELECT 1",
    "EXECUTE p",
    "SELECT 1; SELECT 2",
    "SELECT 1; DROP VIEW quotes",
    "SELECT 1;; DROP VIEW quotes",
    "EXPLAIN SELECT 1; DROP VIEW quotes",
    "INSERT INTO __ducklake_metadata_lake.ducklake_metadata VALUES ('a', 'b', NULL, NULL)",
    "selec nonsense",
    "",
    " ; ",
    "-- nothing",
]

READS_ELSEWHERE = [
    "FROM read_csv('{tmp}/secret.csv')",
    "FROM read_csv_auto('{tmp}/secret.csv')",
    "FROM read_text('{tmp}/secret.csv')",
    "FROM read_blob('{data}/**')",
    "FROM read_json('{tmp}/secret.csv')",
    "FROM read_parquet('{data}/**/*.parquet')",
    "FROM parquet_scan('{data}/**/*.parquet')",
    "FROM parquet_metadata('{data}/**/*.parquet')",
    "FROM sniff_csv('{tmp}/secret.csv')",
    "FROM glob('/*')",
    "FROM \"glob\"('/*')",
    "FROM GLOB/* hidden */('/*')",
    "FROM '{tmp}/secret.csv'",
    'FROM "{tmp}/secret.csv"',
    "FROM 'secret.csv'",
    'FROM "data.parquet" AS t',
    "FROM 'https://example.com/x.parquet'",
    "FROM 's3://bucket/x.parquet'",
    "FROM read_parquet('s3://bucket/x.parquet')",
    "SELECT * FROM quotes, read_text('{tmp}/secret.csv')",
    "SELECT * FROM quotes JOIN read_text('{tmp}/secret.csv') t ON true",
    "SELECT (SELECT content FROM read_text('{tmp}/secret.csv'))",
    "SELECT 1 WHERE EXISTS (FROM read_text('{tmp}/secret.csv'))",
    "WITH x AS (FROM read_text('{tmp}/secret.csv')) FROM x",
    "WITH x AS MATERIALIZED (FROM glob('/*')) FROM x",
    "SELECT * FROM quotes ORDER BY (SELECT content FROM read_text('{tmp}/secret.csv'))",
    "SELECT 1 UNION ALL SELECT content FROM read_text('{tmp}/secret.csv')",
    "SELECT [x FOR x IN (SELECT list(content) FROM read_text('{tmp}/secret.csv'))]",
    "FROM (SUMMARIZE FROM read_text('{tmp}/secret.csv'))",
    "DESCRIBE FROM read_text('{tmp}/secret.csv')",
    "SUMMARIZE FROM sqlite_scan('{tmp}/other.sqlite', 'secret')",
    "PIVOT (FROM read_text('{tmp}/secret.csv')) ON filename USING count(*)",
    "PIVOT (FROM read_text/**/('{tmp}/secret.csv')) ON filename USING count(*)",
    "PIVOT '{tmp}/secret.csv' ON secret USING count(*)",
    "UNPIVOT (FROM read_text('{tmp}/secret.csv')) ON content",
    "EXPLAIN ANALYZE FROM read_text('{tmp}/secret.csv')",
    "FROM sqlite_scan('{tmp}/other.sqlite', 'secret')",
    "FROM sqlite_scan/**/('{tmp}/other.sqlite', 'secret')",
    "FROM sqlite_scan -- hidden\n('{tmp}/other.sqlite', 'secret')",
    "FROM \"sqlite_scan\" ('{tmp}/other.sqlite', 'secret')",
    "FROM \"SQLITE_Scan\"/**/('{tmp}/other.sqlite', 'secret')",
    "FROM system.main.sqlite_scan('{tmp}/other.sqlite', 'secret')",
    "FROM U&\"sqlite\\005fscan\"('{tmp}/other.sqlite', 'secret')",
    "FROM sqlite\u200b_scan('{tmp}/other.sqlite', 'secret')",
    "FROM sqlite_scan\u00a0('{tmp}/other.sqlite', 'secret')",
    "FROM sqlite_query('{tmp}/other.sqlite', 'SELECT 1')",
    "FROM sqlite_attach('{tmp}/other.sqlite')",
    "FROM postgres_scan('host=localhost', 'public', 't')",
    "FROM postgres_query('lake', 'SELECT 1')",
    "FROM mysql_query('a', 'b')",
    "FROM read_duckdb('{tmp}/x.db')",
    "FROM query('SELECT 1')",
    "FROM query('FROM sqlite_scan(''{tmp}/other.sqlite'', ''secret'')')",
    "FROM query_table('quotes')",
    "FROM query_table(['quotes'])",
    "FROM json_execute_serialized_sql(json_serialize_sql('SELECT 1'))",
    "FROM with_quotes('{tmp}/secret.csv')",
    "FROM with_quotes('{tmp}/secret.csv', '1 day')",
    "SELECT * FROM with_quotes((SELECT '{tmp}/secret.csv'))",
    "FROM with_quotes('s3://bucket/x.parquet')",
    "FROM duckdb_secrets()",
    "FROM duckdb_settings()",
    "FROM duckdb_databases()",
    "FROM duckdb_databases",
    "FROM duckdb_logs()",
    "FROM duckdb_temporary_files()",
    "FROM pragma_database_list",
    "FROM which_secret('s3://a', 's3')",
    "SELECT current_setting('secret_directory')",
    "SELECT \"current_setting\"('secret_directory')",
    "SELECT getenv('HOME')",
    "SELECT write_log('x')",
    "FROM enable_logging('QueryLog')",
    "FROM enable_profiling()",
    "FROM truncate_duckdb_logs()",
    "FROM checkpoint('lake')",
    "FROM force_checkpoint()",
    "FROM arrow_scan(1, 2, 3)",
    "FROM pandas_scan(1)",
    "FROM python_map_function(1)",
    "FROM victim",
    "FROM lake.set_option('data_inlining_row_limit', '5')",
    "FROM ducklake_set_option('lake', 'data_inlining_row_limit', '5')",
    "SELECT * FROM ducklake_cleanup_old_files('lake', cleanup_all => true)",
    "FROM lake.cleanup_old_files(cleanup_all => true)",
    'FROM lake."cleanup_old_files"(cleanup_all => true)',
    "FROM ducklake_delete_orphaned_files('lake', cleanup_all => true)",
    "FROM ducklake_expire_snapshots('lake', versions => [1])",
    "FROM ducklake_merge_adjacent_files('lake')",
    "FROM ducklake_rewrite_data_files('lake')",
    "FROM ducklake_flush_inlined_data('lake')",
    "FROM ducklake_add_data_files('lake', 'quotes_5_0', '{tmp}/x', schema => 'market')",
    "FROM ducklake_settings('lake')",
    "FROM lake.settings()",
    "FROM ducklake_commit('lake')",
    "FROM no_such_function()",
]


@pytest.mark.parametrize("query", WRITES + READS_ELSEWHERE)
def test_everything_else_is_refused(victim: ParquetDataCatalog, query: str) -> None:
    folder = victim.path.parent
    before = sorted(folder.rglob("*.parquet")), sorted(each.name for each in folder.iterdir())
    text = query.replace("{tmp}", str(folder)).replace("{data}", str(victim.path / "data"))
    with pytest.raises(CatalogError) as caught:
        victim.sql(text)
    assert str(caught.value).startswith("the query: ")
    after = sorted(folder.rglob("*.parquet")), sorted(each.name for each in folder.iterdir())
    assert before == after
    assert 100 == victim.sql("SELECT count(*) AS n FROM quotes").to_pylist()[0]["n"]


def test_the_refusal_says_what_and_how_to_go_on(victim: ParquetDataCatalog) -> None:
    with pytest.raises(CatalogError) as caught:
        victim.sql("FROM read_csv('prices.csv')")
    assert "the query: read_csv is refused: a query reads the catalog and nothing else" in str(
        caught.value
    )
    assert "`argosy catalog ingest`" in str(caught.value)
    with pytest.raises(CatalogError, match=r"'prices\.csv' is refused"):
        victim.sql("FROM 'prices.csv'")


STORED = [
    ("CREATE VIEW main.harmless AS FROM sqlite_scan('{tmp}/other.sqlite', 'secret')", "harmless"),
    (
        "CREATE MACRO main.value() AS (SELECT i FROM sqlite_scan('{tmp}/other.sqlite', 'secret'))",
        "(SELECT value())",
    ),
    (
        "CREATE MACRO main.rows() AS TABLE FROM sqlite_scan('{tmp}/other.sqlite', 'secret')",
        "rows()",
    ),
    (
        "CREATE VIEW main.inner_one AS FROM sqlite_scan('{tmp}/other.sqlite', 'secret'); "
        "CREATE VIEW main.outer_one AS FROM inner_one",
        "outer_one",
    ),
    (
        "CREATE MACRO main.mid(a, b) AS (SELECT i FROM sqlite_scan('{tmp}/other.sqlite', "
        "'secret'))",
        "(SELECT mid(1, 2))",
    ),
]


@pytest.fixture(scope="module")
def trapped(empty_catalog: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlSession]:
    """A session in a catalog whose views and macros read another database."""
    folder = tmp_path_factory.mktemp("trapped")
    with sqlite3.connect(folder / "other.sqlite") as connection:
        connection.execute("CREATE TABLE secret (i INTEGER)")
    connection.close()
    lake = Lake(shutil.copytree(empty_catalog, folder / "catalog"))
    with lake.write() as transaction:
        transaction.execute("DROP MACRO main.mid")
        transaction.execute("DROP MACRO TABLE main.spreads")
        for statement, _ in STORED:
            transaction.execute(statement.replace("{tmp}", str(folder)))
    session = SqlSession(lake)
    yield session
    session.close()
    lake.close()


@pytest.mark.parametrize("source", [source for _, source in STORED])
def test_views_and_macros_of_others_hide_nothing(trapped: SqlSession, source: str) -> None:
    with pytest.raises(CatalogError, match="is refused"):
        trapped.run(f"FROM {source}")


def test_a_view_of_ones_own_that_reads_the_catalog_is_fine(folder: Path) -> None:
    lake = Lake(folder)
    with lake.write() as transaction:
        transaction.execute("CREATE VIEW main.last_quotes AS FROM quotes")
        transaction.execute("CREATE MACRO main.twice(x) AS 2 * x")
    session = SqlSession(lake)
    assert [{"n": 0, "t": 4}] == session.run(
        "SELECT count(*) AS n, twice(2) AS t FROM last_quotes"
    ).to_pylist()
    session.close()
    lake.close()
