"""Macros over market data: bars from ticks, prices as of a time, spreads, averages."""

from argosy_catalog.macros.macro import (
    EARLIEST,
    IN_SPAN,
    LATEST,
    NANOSECONDS,
    NUMBER,
    START_END,
    WITHIN,
    Macro,
    back_from,
)

_BARS = "bars"
_AS_OF = "as of a time"
_AVERAGES = "averages and spreads"
_RETURNS = "returns and volatility"

_BAR_COLUMNS = "instrument_id, ts_init, open, high, low, close, volume"
_WRONG = "error('price is ''bid'', ''ask'' or ''mid'', not ''' || price || '''')"


def _chosen(what: str) -> str:
    """Choose a side of a quote, by the parameter `price`."""
    sides = f"bid_{what}, ask_{what}"
    return (
        f"CASE lower(price) WHEN 'bid' THEN bid_{what}::{NUMBER} "
        f"WHEN 'ask' THEN ask_{what}::{NUMBER} WHEN 'mid' THEN mid({sides}) ELSE {_WRONG} END"
    )


def _open_high_low_close(value: str) -> str:
    return (
        f"arg_min({value}, place) AS open, max({value}) AS high, min({value}) AS low, "
        f"arg_max({value}, place) AS close"
    )


_TRADES_OF_BARS = f"""
WITH ticks AS (
    SELECT instrument_id, bar_close(ts_init, step) AS closes, place, aggressor_side,
           price::{NUMBER} AS price, size::{NUMBER} AS size
    FROM ordered_trades WHERE instrument_id = instrument AND {IN_SPAN}
)"""

_BEFORE = (
    "instrument_id = instrument AND ts_init <= moment::TIMESTAMP_NS "
    f"AND ts_init >= coalesce({back_from('moment')}, {EARLIEST})"
)
_MOMENT = ("instrument", "moment", WITHIN)


def _price_at(name: str, value: str, view: str) -> Macro:
    return Macro(
        _AS_OF,
        f"{name}_at",
        _MOMENT,
        "DECIMAL(38, 19)" if name == "mid" else "DECIMAL(38, 18)",
        f"The {name} price that stood at a moment; NULL before the first, or if it is older than "
        "`within`, which also spares reading what is older.",
        f"(SELECT arg_max({value}, place) FROM ordered_{view} WHERE {_BEFORE})",
    )


_WITH_QUOTES = f"""
SELECT rows.*, quotes.bid, quotes.ask, quotes.mid, quotes.quoted_at
FROM (SELECT * FROM query_table(source) WHERE {IN_SPAN}) AS rows
ASOF LEFT JOIN (
    SELECT instrument_id AS quoted_instrument, ts_init AS quoted_at, place,
           bid_price::{NUMBER} AS bid, ask_price::{NUMBER} AS ask, mid(bid_price, ask_price) AS mid
    FROM ordered_quotes
    WHERE ts_init > coalesce({back_from("start_time")}, {EARLIEST})
    AND ts_init <= coalesce(end_time::TIMESTAMP_NS, {LATEST})
) AS quotes
ON rows.instrument_id = quotes.quoted_instrument
AND epoch_ns(rows.ts_init)::HUGEINT * {NANOSECONDS} + {NANOSECONDS - 1} >= quotes.place
"""

_TWAP = f"""
WITH ticks AS (
    SELECT instrument_id, ts_init AS begins, {_chosen("price")} AS value,
           coalesce(lead(ts_init) OVER (ORDER BY place),
                    bar_close(make_timestamp_ns(epoch_ns(ts_init) + 1), step)) AS ends
    FROM ordered_quotes WHERE instrument_id = instrument AND {IN_SPAN}
), pieces AS (
    SELECT instrument_id, begins, ends, value, unnest(generate_series(
               bar_close(make_timestamp_ns(epoch_ns(begins) + 1), step)::TIMESTAMP,
               bar_close(ends, step)::TIMESTAMP, step::INTERVAL)) AS closes
    FROM ticks WHERE ends > begins
), weights AS (
    SELECT instrument_id, closes::TIMESTAMP_NS AS ts_init, value,
           (least(epoch_ns(ends), epoch_ns(closes))
            - greatest(epoch_ns(begins), epoch_ns(closes - step::INTERVAL)))::DECIMAL(27, 9)
           * 0.000000001 AS seconds
    FROM pieces
)
SELECT instrument_id, ts_init, vwap(value, seconds) AS twap
FROM weights GROUP BY instrument_id, ts_init ORDER BY ts_init
"""

_RETURNS_OF_BARS = f"""
SELECT bar_type, ts_init, close::{NUMBER} AS close,
       simple_return(close, lag(close) OVER (ORDER BY place)) AS simple_return,
       log_return(close, lag(close) OVER (ORDER BY place)) AS log_return
FROM ordered_bars WHERE bar_type = source AND {IN_SPAN}
"""

MARKET = (
    Macro(
        _BARS,
        "bar_close",
        ("moment", "step"),
        "TIMESTAMP_NS",
        "The end of the interval (start, end] that holds a moment; intervals lie where the bars of "
        "a backtest lie.",
        "(time_bucket(step::INTERVAL, "
        "make_timestamp_ns(epoch_ns(moment::TIMESTAMP_NS) - 1)::TIMESTAMP) "
        "+ step::INTERVAL)::TIMESTAMP_NS",
    ),
    Macro(
        _BARS,
        "bars_from_quotes",
        ("instrument", "step", "price := 'mid'", *START_END),
        f"{_BAR_COLUMNS}, quotes",
        "Bars of any interval from quotes; the price is 'bid', 'ask' or 'mid'. An interval "
        "without a quote has no bar.",
        f"""
WITH ticks AS (
    SELECT instrument_id, bar_close(ts_init, step) AS closes, place,
           {_chosen("price")} AS value, {_chosen("size")} AS size
    FROM ordered_quotes WHERE instrument_id = instrument AND {IN_SPAN}
)
SELECT instrument_id, closes AS ts_init, {_open_high_low_close("value")},
       sum(size) AS volume, count(*) AS quotes
FROM ticks GROUP BY instrument_id, closes ORDER BY closes
""",
        is_table=True,
    ),
    Macro(
        _BARS,
        "bars_from_trades",
        ("instrument", "step", *START_END),
        f"{_BAR_COLUMNS}, buy_volume, sell_volume, vwap, trades",
        "Bars of any interval from trades. An interval without a trade has no bar.",
        f"""{_TRADES_OF_BARS}
SELECT instrument_id, closes AS ts_init, {_open_high_low_close("price")}, sum(size) AS volume,
       coalesce(sum(size) FILTER (WHERE aggressor_side = 'BUYER'), 0) AS buy_volume,
       coalesce(sum(size) FILTER (WHERE aggressor_side = 'SELLER'), 0) AS sell_volume,
       vwap(price, size) AS vwap, count(*) AS trades
FROM ticks GROUP BY instrument_id, closes ORDER BY closes
""",
        is_table=True,
    ),
    Macro(
        _BARS,
        "bars_from_bars",
        ("source", "step", *START_END),
        "bar_type, instrument_id, ts_init, open, high, low, close, volume, bars",
        "Longer bars from the bars of one bar type.",
        f"""
SELECT bar_type, instrument_id, bar_close(ts_init, step) AS ts_init,
       arg_min(open::{NUMBER}, place) AS open, max(high::{NUMBER}) AS high,
       min(low::{NUMBER}) AS low, arg_max(close::{NUMBER}, place) AS close,
       sum(volume::{NUMBER}) AS volume, count(*) AS bars
FROM ordered_bars WHERE bar_type = source AND {IN_SPAN}
GROUP BY ALL ORDER BY 3
""",
        is_table=True,
    ),
    Macro(
        _AS_OF,
        "quote_at",
        _MOMENT,
        "instrument_id, ts_init, bid_price, ask_price, bid_size, ask_size, mid",
        "The quote that stood at a moment: one row, or none.",
        f"""
SELECT instrument_id, ts_init, bid_price, ask_price, bid_size, ask_size,
       mid(bid_price, ask_price) AS mid
FROM ordered_quotes WHERE {_BEFORE} ORDER BY place DESC LIMIT 1
""",
        is_table=True,
    ),
    _price_at("bid", f"bid_price::{NUMBER}", "quotes"),
    _price_at("ask", f"ask_price::{NUMBER}", "quotes"),
    _price_at("mid", "mid(bid_price, ask_price)", "quotes"),
    _price_at("last", f"price::{NUMBER}", "trades"),
    Macro(
        _AS_OF,
        "with_quotes",
        ("source", WITHIN, *START_END),
        "columns of the source, bid, ask, mid, quoted_at",
        "Each row of a view or table with `instrument_id` and `ts_init`, and the quote that stood "
        "then; quotes are read from `within` before start_time.",
        _WITH_QUOTES,
        is_table=True,
    ),
    Macro(
        _AVERAGES,
        "spreads",
        ("instrument", *START_END),
        "instrument_id, ts_init, bid, ask, mid, spread, spread_bps, spread_ticks",
        "Each quote with its spread; in ticks where the instrument's definition is in the catalog.",
        f"""
SELECT instrument_id, ts_init, bid_price::{NUMBER} AS bid, ask_price::{NUMBER} AS ask,
       mid(bid_price, ask_price) AS mid, spread(bid_price, ask_price) AS spread,
       spread_bps(bid_price, ask_price) AS spread_bps,
       spread_ticks(bid_price, ask_price, (SELECT price_increment FROM instruments
                                           WHERE instrument_id = instrument)) AS spread_ticks
FROM ordered_quotes WHERE instrument_id = instrument AND {IN_SPAN} ORDER BY place
""",
        is_table=True,
    ),
    Macro(
        _AVERAGES,
        "vwap_from_trades",
        ("instrument", "step", *START_END),
        "instrument_id, ts_init, vwap, volume, trades",
        "The average price of trades by size, an interval.",
        f"""{_TRADES_OF_BARS}
SELECT instrument_id, closes AS ts_init, vwap(price, size) AS vwap, sum(size) AS volume,
       count(*) AS trades
FROM ticks GROUP BY instrument_id, closes ORDER BY closes
""",
        is_table=True,
    ),
    Macro(
        _AVERAGES,
        "twap_from_quotes",
        ("instrument", "step", "price := 'mid'", *START_END),
        "instrument_id, ts_init, twap",
        "The average price by time, an interval: each quote counts until the next, the last one "
        "until its interval ends.",
        _TWAP,
        is_table=True,
    ),
    Macro(
        _RETURNS,
        "returns_from_bars",
        ("source", *START_END),
        "bar_type, ts_init, close, simple_return, log_return",
        "The return of each bar of a bar type over the bar before.",
        f"{_RETURNS_OF_BARS} ORDER BY place",
        is_table=True,
    ),
    Macro(
        _RETURNS,
        "volatility_from_bars",
        ("source", "step", *START_END),
        "bar_type, ts_init, volatility, bars",
        "The realized volatility of a bar type's returns, an interval.",
        f"""
WITH returns AS ({_RETURNS_OF_BARS})
SELECT bar_type, bar_close(ts_init, step) AS ts_init, realized_volatility(log_return) AS volatility,
       count(log_return) AS bars
FROM returns GROUP BY ALL ORDER BY 2
""",
        is_table=True,
    ),
)
