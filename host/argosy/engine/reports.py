"""What a run leaves, as Arrow tables: orders, fills, positions, accounts, equity.

Numbers are DECIMAL(38, 18), written from the integers that they are; nothing passes a float.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from argosy.engine.cache import Cache
from argosy.engine.equity import Curve
from argosy.engine.rates import EXACT
from argosy.errors import ValueRangeError
from argosy.model.enums import OrderStatus
from argosy.model.events.account import AccountState
from argosy.model.events.order import OrderCanceled, OrderDenied, OrderFilled, OrderRejected
from argosy.model.identifiers import AccountId
from argosy.model.money import Money
from argosy.model.orders import Order
from argosy.model.position import Position
from argosy.model.values import Price, Quantity

SCALE = 18
_POWERS: list[int] = [10**n for n in range(SCALE + 1)]

_UNDONE = (OrderStatus.DENIED, OrderStatus.REJECTED, OrderStatus.CANCELED)
_ENDS = (OrderDenied, OrderRejected, OrderCanceled)

Number = Price | Quantity | Money | Decimal | None


def orders_table(cache: Cache) -> Any:
    """Return one row an order, in the order in which they were made."""
    orders = cache.orders()
    return _table(
        orders,
        {
            "client_order_id": lambda o: o.client_order_id,
            "venue_order_id": lambda o: o.venue_order_id,
            "strategy_id": lambda o: o.strategy_id,
            "instrument_id": lambda o: o.instrument_id,
            "account_id": lambda o: o.account_id,
            "position_id": lambda o: o.position_id,
            "order_list_id": lambda o: o.init.order_list_id,
            "parent_order_id": lambda o: o.init.parent_order_id,
            "side": lambda o: o.side,
            "order_type": lambda o: o.order_type,
            "time_in_force": lambda o: o.time_in_force,
            "status": lambda o: o.status,
            "reason": _reason,
            "tags": lambda o: ",".join(o.init.tags) if o.init.tags else None,
            "currency": lambda o: _currency(cache, o.instrument_id),
        },
        numbers={
            "quantity": lambda o: o.quantity,
            "filled_qty": lambda o: o.filled_qty,
            "price": lambda o: o.price,
            "trigger_price": lambda o: o.trigger_price,
            "avg_px": lambda o: o.avg_px,
        },
        flags={
            "is_reduce_only": lambda o: o.is_reduce_only,
            "is_post_only": lambda o: o.is_post_only,
        },
        digits={
            "price_precision": lambda o: _precisions(cache, o.instrument_id)[0],
            "size_precision": lambda o: _precisions(cache, o.instrument_id)[1],
        },
        times={"ts_init": lambda o: o.ts_init, "ts_last": lambda o: o.ts_last},
    )


def fills_table(cache: Cache) -> Any:
    """Return one row a fill, in the order in which they happened."""
    fills = sorted(
        (event for order in cache.orders() for event in order.events if _is_fill(event)),
        key=lambda fill: fill.event_id,
    )
    return _table(
        fills,
        {
            "trade_id": lambda f: f.trade_id,
            "client_order_id": lambda f: f.client_order_id,
            "venue_order_id": lambda f: f.venue_order_id,
            "strategy_id": lambda f: f.strategy_id,
            "instrument_id": lambda f: f.instrument_id,
            "account_id": lambda f: f.account_id,
            "position_id": lambda f: f.position_id,
            "side": lambda f: f.order_side,
            "order_type": lambda f: f.order_type,
            "liquidity_side": lambda f: f.liquidity_side,
            "commission_currency": lambda f: f.commission.currency.code,
            "currency": lambda f: f.currency.code,
        },
        numbers={
            "last_qty": lambda f: f.last_qty,
            "last_px": lambda f: f.last_px,
            "commission": lambda f: f.commission,
        },
        digits={
            "price_precision": lambda f: f.last_px.precision,
            "size_precision": lambda f: f.last_qty.precision,
        },
        counts={"event_id": lambda f: f.event_id},
        times={"ts_event": lambda f: f.ts_event, "ts_init": lambda f: f.ts_init},
    )


def positions_table(cache: Cache) -> Any:
    """Return one row a position, each cycle of a netting position being one."""
    positions = sorted(
        [*cache.position_snapshots(), *cache.positions()], key=lambda p: p.last_event.event_id
    )
    return _table(
        positions,
        {
            "position_id": lambda p: p.id,
            "strategy_id": lambda p: p.strategy_id,
            "instrument_id": lambda p: p.instrument_id,
            "account_id": lambda p: p.account_id,
            "entry": lambda p: p.entry,
            "side": lambda p: p.side,
            "currency": lambda p: p.terms.settlement.code,
        },
        numbers={
            "quantity": lambda p: p.quantity,
            "peak_qty": lambda p: p.peak_qty,
            "avg_px_open": lambda p: p.avg_px_open,
            "avg_px_close": lambda p: p.avg_px_close,
            "realized_pnl": lambda p: p.realized_pnl,
        },
        digits={
            "price_precision": lambda p: p.terms.price_precision,
            "size_precision": lambda p: p.terms.size_precision,
        },
        times={"ts_opened": lambda p: p.ts_opened, "ts_closed": _closing_time},
    )


def accounts_table(states: Iterable[AccountState]) -> Any:
    """Return one row a balance of each account state."""
    rows = [(state, balance) for state in states for balance in state.balances]
    return _table(
        rows,
        {
            "account_id": lambda row: row[0].account_id,
            "account_type": lambda row: row[0].account_type,
            "currency": lambda row: row[1].currency.code,
        },
        numbers={
            "total": lambda row: row[1].total,
            "locked": lambda row: row[1].locked,
            "free": lambda row: row[1].free,
        },
        digits={"price_precision": lambda row: row[1].currency.precision},
        counts={"event_id": lambda row: row[0].event_id},
        times={"ts_event": lambda row: row[0].ts_event},
    )


def equity_table(curves: Mapping[AccountId, Curve]) -> Any:
    """Return one row a sample; keys are account ids."""
    rows = [
        (account_id, curve.currency, ts, amount)
        for account_id, curve in curves.items()
        for ts, amount in zip(curve.times, curve.amounts, strict=True)
    ]
    return _table(
        rows,
        {"account_id": lambda row: row[0], "currency": lambda row: row[1].code},
        numbers={"equity": lambda row: row[3]},
        digits={"price_precision": lambda row: row[1].precision},
        times={"ts": lambda row: row[2]},
    )


def _table(
    rows: Sequence[Any],
    texts: Mapping[str, Callable[[Any], Any]],
    *,
    numbers: Mapping[str, Callable[[Any], Number]],
    times: Mapping[str, Callable[[Any], int | None]],
    flags: Mapping[str, Callable[[Any], bool]] | None = None,
    digits: Mapping[str, Callable[[Any], int]] | None = None,
    counts: Mapping[str, Callable[[Any], int]] | None = None,
) -> Any:
    import pyarrow as pa

    columns: dict[str, Any] = {}
    for name, text in texts.items():
        values = [text(row) for row in rows]
        columns[name] = pa.array([None if v is None else str(v) for v in values], pa.string())
    for name, number in numbers.items():
        columns[name] = _decimals([number(row) for row in rows])
    for name, flag in (flags or {}).items():
        columns[name] = pa.array([flag(row) for row in rows], pa.bool_())
    for name, digit in (digits or {}).items():
        columns[name] = pa.array([digit(row) for row in rows], pa.int8())
    for name, count in (counts or {}).items():
        columns[name] = pa.array([count(row) for row in rows], pa.int64())
    for name, time in times.items():
        columns[name] = pa.array([time(row) for row in rows], pa.timestamp("ns"))
    return pa.table(columns)


def _decimals(values: Sequence[Number]) -> Any:
    """Return DECIMAL(38, 18) of integers as they are, by their bytes."""
    import pyarrow as pa

    kind = pa.decimal128(38, SCALE)
    data = pa.py_buffer(b"".join([_bytes(value) for value in values]))
    known = None
    if any(value is None for value in values):
        # A bitmap of one bit a value, as an array of booleans has it.
        known = pa.array([value is not None for value in values], pa.bool_()).buffers()[1]
    return pa.Array.from_buffers(kind, len(values), [known, data])


def _bytes(value: Number) -> bytes:
    try:
        return _scaled(value).to_bytes(16, "little", signed=True)
    except OverflowError:
        raise ValueRangeError(f"{value!r} does not fit DECIMAL(38, {SCALE})") from None


def _scaled(value: Number) -> int:
    if value is None:
        return 0
    if isinstance(value, Price | Quantity):
        return value.raw * _POWERS[SCALE - value.precision]
    if isinstance(value, Money):
        return int(value.raw) * _POWERS[SCALE - value.currency.precision]
    return int(value.scaleb(SCALE, EXACT))


def _is_fill(event: Any) -> bool:
    return isinstance(event, OrderFilled)


def _reason(order: Order) -> str | None:
    """Return why an order was denied, rejected or canceled, None where nobody said."""
    if order.status not in _UNDONE:
        return None
    ends = [event for event in order.events if isinstance(event, _ENDS)]
    return ends[-1].reason or None


def _currency(cache: Cache, instrument_id: Any) -> str | None:
    instrument = cache.instrument(instrument_id)
    return None if instrument is None else str(instrument.quote_currency.code)


def _precisions(cache: Cache, instrument_id: Any) -> tuple[int, int]:
    instrument = cache.instrument(instrument_id)
    return (0, 0) if instrument is None else (instrument.price_precision, instrument.size_precision)


def _closing_time(position: Position) -> int | None:
    return position.ts_closed if position.is_closed else None
