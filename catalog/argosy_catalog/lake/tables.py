"""The tables that are not market data: instruments, and what runs leave behind.

Rows of one such table mix instruments and currencies, so their numbers are ``DECIMAL(38, 18)``, and
the columns ``currency`` and ``price_precision`` (of amounts of money: the decimals of the currency)
say what they mean.
"""

from typing import Any

import pyarrow as pa

RUN_SCHEMA = "run"
REFERENCE_SCHEMA = "reference"
INSTRUMENTS = "instruments"

NUMBER = pa.decimal128(38, 18)
TIME = pa.timestamp("ns")
TEXT = pa.string()
COUNT = pa.int64()
DIGITS = pa.int8()
FLAG = pa.bool_()

RUN_JSON = ("settings", "versions", "statistics")
"""Columns of `runs` that hold JSON as text."""


def _schema(**columns: Any) -> Any:
    return pa.schema(list(columns.items()))


INSTRUMENTS_TABLE = _schema(
    instrument_id=TEXT,
    type=TEXT,
    raw_symbol=TEXT,
    asset_class=TEXT,
    instrument_class=TEXT,
    base_currency=TEXT,
    quote_currency=TEXT,
    settlement_currency=TEXT,
    is_inverse=FLAG,
    price_precision=DIGITS,
    size_precision=DIGITS,
    price_increment=NUMBER,
    size_increment=NUMBER,
    multiplier=NUMBER,
    lot_size=NUMBER,
    margin_init=NUMBER,
    margin_maint=NUMBER,
    maker_fee=NUMBER,
    taker_fee=NUMBER,
    ts_event=TIME,
    ts_init=TIME,
    definition=TEXT,
)

RUN_TABLES = {
    "runs": _schema(
        run_id=TEXT,
        name=TEXT,
        mode=TEXT,
        trader_id=TEXT,
        started_at=TIME,
        finished_at=TIME,
        start_time=TIME,
        end_time=TIME,
        seed=COUNT,
        snapshot=COUNT,
        is_complete=FLAG,
        error=TEXT,
        events=COUNT,
        event_log_hash=TEXT,
        settings=TEXT,
        versions=TEXT,
        statistics=TEXT,
    ),
    "events": _schema(run_id=TEXT, seq=COUNT, ts=TIME, type=TEXT, payload=pa.binary()),
    "orders": _schema(
        run_id=TEXT,
        client_order_id=TEXT,
        venue_order_id=TEXT,
        strategy_id=TEXT,
        instrument_id=TEXT,
        account_id=TEXT,
        position_id=TEXT,
        order_list_id=TEXT,
        parent_order_id=TEXT,
        side=TEXT,
        order_type=TEXT,
        time_in_force=TEXT,
        status=TEXT,
        quantity=NUMBER,
        filled_qty=NUMBER,
        price=NUMBER,
        trigger_price=NUMBER,
        avg_px=NUMBER,
        is_reduce_only=FLAG,
        is_post_only=FLAG,
        reason=TEXT,
        tags=TEXT,
        currency=TEXT,
        price_precision=DIGITS,
        size_precision=DIGITS,
        ts_init=TIME,
        ts_last=TIME,
    ),
    "fills": _schema(
        run_id=TEXT,
        trade_id=TEXT,
        client_order_id=TEXT,
        venue_order_id=TEXT,
        strategy_id=TEXT,
        instrument_id=TEXT,
        account_id=TEXT,
        position_id=TEXT,
        side=TEXT,
        order_type=TEXT,
        last_qty=NUMBER,
        last_px=NUMBER,
        liquidity_side=TEXT,
        commission=NUMBER,
        commission_currency=TEXT,
        currency=TEXT,
        price_precision=DIGITS,
        size_precision=DIGITS,
        event_id=COUNT,
        ts_event=TIME,
        ts_init=TIME,
    ),
    "positions": _schema(
        run_id=TEXT,
        position_id=TEXT,
        strategy_id=TEXT,
        instrument_id=TEXT,
        account_id=TEXT,
        entry=TEXT,
        side=TEXT,
        quantity=NUMBER,
        peak_qty=NUMBER,
        avg_px_open=NUMBER,
        avg_px_close=NUMBER,
        realized_pnl=NUMBER,
        currency=TEXT,
        price_precision=DIGITS,
        size_precision=DIGITS,
        ts_opened=TIME,
        ts_closed=TIME,
    ),
    "accounts": _schema(
        run_id=TEXT,
        account_id=TEXT,
        account_type=TEXT,
        currency=TEXT,
        price_precision=DIGITS,
        total=NUMBER,
        locked=NUMBER,
        free=NUMBER,
        event_id=COUNT,
        ts_event=TIME,
    ),
    "equity": _schema(
        run_id=TEXT,
        account_id=TEXT,
        currency=TEXT,
        price_precision=DIGITS,
        equity=NUMBER,
        ts=TIME,
    ),
    "inputs": _schema(
        run_id=TEXT,
        source=TEXT,
        position=COUNT,
        type=TEXT,
        query=TEXT,
        params=TEXT,
        columns=TEXT,
        snapshot=COUNT,
        rows=COUNT,
        first_time=TIME,
        last_time=TIME,
        hash=TEXT,
    ),
    "features": _schema(run_id=TEXT, source=TEXT, seq=COUNT, ts_init=TIME, data=TEXT),
}
"""Run tables by name. Columns that a run brings beyond these are added to its table."""
