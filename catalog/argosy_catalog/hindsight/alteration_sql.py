"""What `alteration` makes of rows, as SQL."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from argosy.model.enums import BookAction, OrderSide
from argosy_catalog.hindsight import alteration
from argosy_catalog.hindsight.alteration import Alteration, Mark, Outcome
from argosy_catalog.lake.kinds import DELTAS, Table
from argosy_catalog.lake.sql import identifier, literal, sql_type

_NOTES = "rowid, filename"
"""What the views read of a table beside its columns."""
_TIME = "epoch_ns(rows.ts_init)"
_QUICK_DIGITS = 9
"""With so many decimals a fraction times its unit still has 18 digits."""


def known(until_ns: int) -> str:
    """Return the condition for rows up to a time."""
    return f"ts_init <= make_timestamp_ns({until_ns:d})"


def selection(table: Table, source: str, altered: Alteration | None) -> str:
    """Return the SELECT of the rows of a table as they are shown, in the order in which they lie.

    Parameters
    ----------
    source : the table, quoted
    """
    true = f"SELECT *, {_NOTES} FROM {source}"
    if altered is None:
        return true
    marks = {key: mark for (held, key), mark in altered.marks.items() if held == table}
    if not marks:
        return true
    after = known(altered.outcome.after_ns)
    # Two parts, so that earlier rows come in their own order, whatever becomes of the join.
    return f"{true} WHERE {after} UNION ALL {_later(table, source, altered.outcome, marks)}"


def spans(source: str, known_ns: int | None) -> str:
    """Return the SELECT of what is declared of time, of which nothing later is known."""
    if known_ns is None:
        return f"SELECT * FROM {source}"
    ends = f"least(last_ns, {known_ns:d}) AS last_ns"
    return f"SELECT * REPLACE ({ends}) FROM {source} WHERE first_ns <= {known_ns:d}"


def _later(table: Table, source: str, outcome: Outcome, marks: Mapping[str, Mark]) -> str:
    rows = ", ".join(
        f"({literal(key)}, {mark.first_ns:d}, {mark.last_ns:d}, {mark.anchor:d}::BIGINT)"
        for key, mark in marks.items()
    )
    names = "marked, marked_first, marked_last, anchor"
    columns = _deltas(table, outcome) if table.kind is DELTAS else _others(table, outcome)
    types = {field.name: field.type for field in table.row_schema}
    replaced = ", ".join(
        f"CAST({value} AS {sql_type(types[name])}) AS {identifier(name)}"
        for name, value in columns.items()
    )
    noted = ", ".join(f"rows.{note}" for note in _NOTES.split(", "))
    return (
        f"SELECT rows.* REPLACE ({replaced}), {noted} FROM {source} AS rows "
        f"JOIN (VALUES {rows}) AS marks({names}) "
        f"ON rows.{identifier(table.kind.key_columns[0])} = marks.marked "
        f"WHERE NOT (rows.{known(outcome.after_ns)}) AND NOT ({_left_out(table, outcome)})"
    )


def _left_out(table: Table, outcome: Outcome) -> str:
    if table.kind is DELTAS:
        return f"{_TIME} >= marked_last - ((marked_last - marked_first) // {alteration.EACH})"
    ends = f"{_TIME} = marked_first OR {_TIME} = marked_last"
    return f"{ends} OR {_noise(outcome)} % {alteration.EACH} = 0"


def _others(table: Table, outcome: Outcome) -> dict[str, str]:
    """Return what becomes of columns of anything but deltas."""
    names = table.row_schema.names
    made = {
        name: str(code) for name, code in outcome.constants(table.kind).items() if name in names
    }
    decimals = _decimals(table)
    prices = {name: decimals[name] for name in table.kind.of.prices}
    sizes = {name: decimals[name] for name in table.kind.of.sizes}
    lowest = alteration.lowest_of(table.kind)
    for name, digits in prices.items():
        base = f"abs({_raw(str(lowest), digits)})"
        made[name] = _fitting(name, _price(name, base, digits, outcome), prices)
    for name, digits in sizes.items():
        made[name] = _fitting(name, _size(name, digits, outcome), sizes)
    if "trade_id" in names:
        made["trade_id"] = (
            f"CASE WHEN length(rows.trade_id) < {alteration.LONGEST_ID} "
            f"THEN rows.trade_id || {literal(alteration.MARK_OF_ID)} "
            "ELSE reverse(rows.trade_id) END"
        )
    if "reason" in names:
        made["reason"] = literal(alteration.REASON) if outcome.is_falling else "NULL"
    return made


def _deltas(table: Table, outcome: Outcome) -> dict[str, str]:
    """Return what becomes of columns of deltas."""
    decimals = _decimals(table)
    price, size = (_raw(name, decimals[name]) for name in ("price", "size"))
    is_other = f"anchor <> 0 AND {price} <> 0 AND abs({price}) <= {alteration.LARGEST}"
    moved = f"{price} + abs(anchor) // 2 + 1"
    side = "rows.side"
    if outcome.is_falling:
        moved = f"2 * anchor - {price}"
        buy, sell = OrderSide.BUY.code, OrderSide.SELL.code
        sides = f"anchor <> 0 AND rows.side IN ({buy}, {sell})"
        side = f"CASE WHEN {sides} THEN {buy + sell} - rows.side ELSE rows.side END"
    moved = _value(moved, decimals["price"])
    price = f"CASE WHEN {is_other} THEN {moved} ELSE rows.price END"
    other = _fitting("size", _size("size", decimals["size"], outcome), {"size": decimals["size"]})
    made = {
        "side": side,
        "price": price,
        "size": f"CASE WHEN {size} = 0 THEN rows.size ELSE {other} END",
        "order_id": _numbered("order_id"),
    }
    first = f"{_TIME} = marked_first"
    made = {name: f"CASE WHEN {first} THEN 0 ELSE {value} END" for name, value in made.items()}
    clear = BookAction.CLEAR.code
    made["action"] = f"CASE WHEN {first} THEN {clear} ELSE rows.action END"
    return made | {"sequence": _numbered("sequence")}


def _decimals(table: Table) -> dict[str, int]:
    from pyarrow import types

    fields: Any = table.row_schema
    return {field.name: field.type.scale for field in fields if types.is_decimal(field.type)}


def _price(name: str, base: str, digits: int, outcome: Outcome) -> str:
    if outcome.is_falling:
        taken = _raw(alteration.SWAPPED.get(name, name), digits)
        return _value(f"{taken} - {_scaled(base, outcome)}", digits)
    times = 2 if name in alteration.WIDENED else 1
    rise = f"(1 + {_noise(outcome)}) * {times}"
    return _value(f"{_raw(name, digits)} + {_scaled(base, outcome)} + {rise}", digits)


def _size(name: str, digits: int, outcome: Outcome) -> str:
    taken = _raw(alteration.SWAPPED.get(name, name) if outcome.is_falling else name, digits)
    scaled = _scaled(taken, outcome)
    if outcome.is_falling:
        return _value(f"{taken} - {scaled}", digits)
    return _value(f"{taken} + {scaled} + 1 + {_noise(outcome)}", digits)


def _fitting(name: str, moved: str, among: Mapping[str, int]) -> str:
    """Return a value that is moved, unless a column among which it is has no room for it."""
    fits = " AND ".join(
        f"abs({_raw(each, digits)}) <= {alteration.LARGEST}" for each, digits in among.items()
    )
    return f"CASE WHEN {fits} THEN {moved} ELSE rows.{identifier(name)} END"


def _noise(outcome: Outcome) -> str:
    place = f"((abs({_TIME}) // 1000) + {outcome.salt})"
    return f"((({place} % {alteration.MODULUS}) * {alteration.PACE}) % {alteration.MODULUS})"


def _scaled(value: str, outcome: Outcome) -> str:
    parts = f"({alteration.LEAST_PARTS} + ({_noise(outcome)} % {alteration.MOST_PARTS}))"
    each = alteration.PARTS
    return f"((({value} // {each}) * {parts}) + ((({value} % {each}) * {parts}) // {each}))"


def _numbered(name: str) -> str:
    column = f"rows.{identifier(name)}"
    return (
        f"CASE WHEN {column} BETWEEN 1 AND {alteration.LARGEST_ID} "
        f"THEN {column} + {alteration.STEP} ELSE {column} END"
    )


def _raw(column: str, digits: int) -> str:
    """Return the integer behind a decimal."""
    value = f"rows.{identifier(column)}"
    if digits > _QUICK_DIGITS:
        return f"CAST({value} * CAST({10**digits} AS DECIMAL(19, 0)) AS BIGINT)"
    # A product of more than 18 digits takes fifty times as long, so the parts are multiplied.
    fraction = f"({value} - trunc({value})) * CAST({10**digits} AS DECIMAL({digits + 1}, 0))"
    return f"(CAST(trunc({value}) AS BIGINT) * {10**digits} + CAST({fraction} AS BIGINT))"


def _value(raw: str, digits: int) -> str:
    """Return the decimal that an integer stands for."""
    width = max(18, digits + 1)
    unit = f"CAST('{Decimal(1).scaleb(-digits):f}' AS DECIMAL({digits + 1}, {digits}))"
    return f"CAST(CAST({raw} AS DECIMAL({width}, 0)) * {unit} AS DECIMAL(18, {digits}))"
