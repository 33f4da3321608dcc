"""Every query of the cookbook gives the rows that stand below it."""

import io
import re
from pathlib import Path

import pytest

from argosy_catalog import ParquetDataCatalog
from argosy_catalog.show.printing import write_text

PAGE = Path(__file__).parents[2] / "catalog" / "COOKBOOK.md"
RECIPE = re.compile(
    r"^## (\d+)\. (.+?)\n(?:(?!^## ).)*?```sql\n(.+?)```\n\n```text\n(.*?)```$", re.M | re.S
)
RECIPES = RECIPE.findall(PAGE.read_text())


@pytest.mark.parametrize(("query", "expected"), [each[2:] for each in RECIPES], ids=lambda _: "")
def test_the_rows_are_those_on_the_page(
    market: ParquetDataCatalog, query: str, expected: str
) -> None:
    reader = market.sql_batches(query)
    out = io.StringIO()
    write_text(reader.schema, reader, "table", out)
    assert expected == out.getvalue()


def test_no_recipe_is_passed_over() -> None:
    numbers = [int(each[0]) for each in RECIPES]
    assert list(range(1, PAGE.read_text().count("\n## ") + 1)) == numbers
    assert 20 <= len(numbers)
    assert PAGE.read_text().count("```sql") == len(numbers)
