"""What a macro is stored as, and what every macro has."""

from collections import Counter
from pathlib import Path

import pytest

from argosy_catalog import ParquetDataCatalog
from argosy_catalog.macros import MACROS
from argosy_catalog.macros.macro import Macro


def test_a_statement_stores_a_value_or_rows() -> None:
    value = Macro("group", "twice", ("x",), "type of x", "Two of it.", "2 * x")
    assert 'CREATE OR REPLACE MACRO main."twice"(x) AS 2 * x' == value.statement
    rows = Macro("g", "ns", ("n := 1",), "n", "N.", "SELECT n", is_table=True)
    assert 'CREATE OR REPLACE MACRO main."ns"(n := 1) AS TABLE SELECT n' == rows.statement
    assert "ns(n := 1)" == rows.signature


def test_names_are_unique_and_every_macro_says_what_it_means() -> None:
    assert [1] == sorted(set(Counter(macro.name for macro in MACROS).values()))
    assert [] == [macro.name for macro in MACROS if not macro.doc.endswith(".")]


def test_no_default_is_null() -> None:
    """DuckLake 1.0 would store it as the text 'NULL', which then no query can read."""
    defaults = [each for macro in MACROS for each in macro.parameters if ":=" in each]
    assert [] == [each for each in defaults if "NULL" in each]


@pytest.mark.parametrize("macro", [each for each in MACROS if each.is_table], ids=lambda m: m.name)
def test_columns_are_those_that_are_documented(market: ParquetDataCatalog, macro: Macro) -> None:
    values = {
        "instrument": "'GBP/USD.SIM'",
        "step": "'1 minute'",
        "moment": "'2024-01-01'",
        "source": "'USD/JPY.SIM-1-MINUTE-BID-EXTERNAL'",
    }
    values["source"] = "'fills'" if macro.name == "with_quotes" else values["source"]
    arguments = ", ".join(values[each] for each in macro.parameters if ":=" not in each)
    names = market.sql(f"SELECT * FROM {macro.name}({arguments}) LIMIT 0").schema.names
    documented = macro.returns.removeprefix("columns of the source, ").split(", ")
    assert documented == names[-len(documented) :]
    assert documented == names or macro.name == "with_quotes"


def test_the_readme_lists_every_macro_as_it_is() -> None:
    page = (Path(__file__).parents[3] / "catalog/README.md").read_text()
    rows = [f"| `{each.signature}` | {each.returns} | {each.doc} |" for each in MACROS]
    assert sorted(rows) == sorted(line for line in page.splitlines() if line in rows)
