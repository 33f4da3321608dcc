"""Macros over what runs leave behind: profit and loss, equity, exposure."""

from argosy_catalog.macros.macro import NUMBER, Macro

_RUNS = "runs"
_RUN = ("run := ''",)
_OF_RUN = "run_id = coalesce(nullif(run, ''), last_run())"


def _pnl(name: str, column: str, doc: str) -> Macro:
    return Macro(
        _RUNS,
        f"pnl_by_{name}",
        _RUN,
        f"run_id, {column}, currency, realized_pnl, positions, winners",
        doc,
        f"""
SELECT run_id, {column}, currency, sum(realized_pnl) AS realized_pnl, count(*) AS positions,
       count(*) FILTER (WHERE realized_pnl > 0) AS winners
FROM positions WHERE {_OF_RUN} GROUP BY ALL ORDER BY 2, 3
""",
        is_table=True,
    )


_PNL_BY_TAG = f"""
WITH entries AS (
    SELECT run_id, position_id, ts_opened, currency, realized_pnl, arg_min(tags, event_id) AS tags
    FROM (
        SELECT p.run_id, p.position_id, p.ts_opened, p.currency, p.realized_pnl, o.tags, f.event_id
        FROM positions p
        LEFT JOIN fills f ON f.run_id = p.run_id AND f.position_id = p.position_id
                         AND f.ts_event >= p.ts_opened
        LEFT JOIN orders o ON o.run_id = f.run_id AND o.client_order_id = f.client_order_id
        WHERE p.{_OF_RUN}
    )
    GROUP BY ALL
)
SELECT run_id, tag, currency, sum(realized_pnl) AS realized_pnl, count(*) AS positions,
       count(*) FILTER (WHERE realized_pnl > 0) AS winners
FROM (SELECT *, unnest(coalesce(string_split(tags, ','), [NULL])) AS tag FROM entries)
GROUP BY ALL ORDER BY tag NULLS LAST, currency
"""

_EXPOSURE = f"""
WITH moves AS (
    SELECT f.run_id, f.event_id, f.ts_event, f.instrument_id, f.last_px::{NUMBER} AS price,
           coalesce(i.is_inverse, false) AS is_inverse,
           CASE WHEN i.is_inverse THEN i.base_currency
                WHEN i.settlement_currency <> coalesce(i.base_currency, '')
                    THEN i.settlement_currency  -- the multiplier of a quanto is in it
                ELSE f.currency END AS currency,
           coalesce(i.multiplier, 1) AS multiplier,
           sum(signed_quantity(f.side, f.last_qty)) OVER (
               PARTITION BY f.instrument_id ORDER BY f.event_id) AS net_quantity
    FROM fills f LEFT JOIN instruments i USING (instrument_id)
    WHERE f.{_OF_RUN}
), sizes AS (
    SELECT *, exact_product(net_quantity, multiplier) AS size FROM moves
)
SELECT run_id, ts_event, instrument_id, net_quantity, price,
       CASE WHEN is_inverse THEN exact_quotient(size, price)
            ELSE exact_product(size, price) END AS exposure,
       currency
FROM sizes ORDER BY event_id
"""

RUNS = (
    Macro(
        _RUNS,
        "last_run",
        (),
        "VARCHAR",
        "The id of the run that was started last; what the macros below take where no run is "
        "named.",
        "(SELECT run_id FROM runs ORDER BY started_at DESC NULLS LAST, run_id DESC LIMIT 1)",
    ),
    Macro(
        _RUNS,
        "pnl_by_day",
        _RUN,
        "run_id, day, currency, realized_pnl, positions, winners",
        "Realized profit and loss by the day (UTC) on which positions closed; NULL is the day of "
        "those still open.",
        f"""
SELECT run_id, ts_closed::DATE AS day, currency, sum(realized_pnl) AS realized_pnl,
       count(*) AS positions, count(*) FILTER (WHERE realized_pnl > 0) AS winners
FROM positions WHERE {_OF_RUN} GROUP BY ALL ORDER BY day NULLS LAST, currency
""",
        is_table=True,
    ),
    _pnl("strategy", "strategy_id", "Realized profit and loss by strategy."),
    _pnl("instrument", "instrument_id", "Realized profit and loss by instrument."),
    Macro(
        _RUNS,
        "pnl_by_tag",
        _RUN,
        "run_id, tag, currency, realized_pnl, positions, winners",
        "Realized profit and loss by the tags of the order that opened a position; one with two "
        "tags counts under both.",
        _PNL_BY_TAG,
        is_table=True,
    ),
    Macro(
        _RUNS,
        "commissions_by_day",
        _RUN,
        "run_id, day, currency, commission, fills",
        "Commissions by day (UTC); what was paid is above 0.",
        f"""
SELECT run_id, ts_event::DATE AS day, commission_currency AS currency,
       sum(commission) AS commission, count(*) AS fills
FROM fills WHERE {_OF_RUN} GROUP BY ALL ORDER BY 2, 3
""",
        is_table=True,
    ),
    Macro(
        _RUNS,
        "equity_by_day",
        _RUN,
        "run_id, account_id, day, currency, equity, change",
        "The last equity of each day (UTC, its last midnight included), and its change over that "
        "of the day before; on the first day over the first sample.",
        f"""
WITH days AS (
    SELECT run_id, account_id, currency, (bar_close(ts, '1 day') - INTERVAL 1 DAY)::DATE AS day,
           arg_max(equity, ts) AS equity, arg_min(equity, ts) AS first_equity
    FROM equity WHERE {_OF_RUN} GROUP BY ALL
)
SELECT run_id, account_id, day, currency, equity, equity - coalesce(
           lag(equity) OVER (PARTITION BY account_id, currency ORDER BY day),
           first_equity) AS change
FROM days ORDER BY account_id, currency, day
""",
        is_table=True,
    ),
    Macro(
        _RUNS,
        "drawdown",
        _RUN,
        "run_id, account_id, ts, currency, equity, peak, drawdown, drawdown_ratio",
        "Equity below its peak so far, as money (0 or less, exact) and as a ratio of the peak "
        "(DOUBLE; NULL unless that is above 0).",
        f"""
WITH peaks AS (
    SELECT run_id, account_id, ts, currency, equity,
           max(equity) OVER (PARTITION BY account_id, currency ORDER BY ts) AS peak
    FROM equity WHERE {_OF_RUN}
)
SELECT *, equity - peak AS drawdown, simple_return(equity, peak) AS drawdown_ratio
FROM peaks ORDER BY account_id, currency, ts
""",
        is_table=True,
    ),
    Macro(
        _RUNS,
        "exposure",
        _RUN,
        "run_id, ts_event, instrument_id, net_quantity, price, exposure, currency",
        "After each fill: the net quantity of its instrument, and what that is worth at the "
        "fill's price; of inverse contracts in the base currency, to 18 decimals, and of "
        "quantos in the currency that they settle in.",
        _EXPOSURE,
        is_table=True,
    ),
)
