"""Views over all precisions, without a cast on a timestamp."""

import pytest

from argosy_catalog.kinds import DELTAS, KINDS, QUOTES, TRADES, Kind, Table
from argosy_catalog.macros import MACROS
from argosy_catalog.views import all_views, instruments_view, market_view, run_view


@pytest.mark.parametrize("kind", KINDS)
def test_no_timestamp_is_wrapped(kind: Kind) -> None:
    statement = market_view(kind, [Table.of(kind, 5, 0), Table.of(kind, 2, 0)])
    assert '"ts_event", "ts_init",' in statement
    assert "ts_init::" not in statement


def test_tables_are_joined_by_name_in_a_fixed_order() -> None:
    tables = [Table.of(QUOTES, 5, 0), Table.of(QUOTES, 2, 0), Table.of(QUOTES, 18, 0)]
    statement = market_view(QUOTES, tables)
    assert statement == market_view(QUOTES, reversed(tables))
    assert 2 == statement.count(" UNION ALL BY NAME ")


def test_codes_become_names() -> None:
    statement = market_view(TRADES, [Table.of(TRADES, 5, 0)])
    assert "list_extract(['NO_AGGRESSOR', 'BUYER', 'SELLER'], \"aggressor_side\" + 1)" in statement


def test_a_view_over_nothing_has_typed_columns() -> None:
    statement = market_view(DELTAS, [])
    assert 'NULL::VARCHAR AS "action"' in statement
    assert 'NULL::UBIGINT AS "order_id"' in statement
    assert " WHERE false; CREATE" in statement


def test_there_is_a_view_of_everything() -> None:
    statements = all_views()
    assert run_view("equity") in statements
    assert instruments_view() in statements
    assert len(KINDS) + 10 == len([each for each in statements if " MACRO " not in each])
    assert len(MACROS) == len([each for each in statements if " MACRO " in each])
