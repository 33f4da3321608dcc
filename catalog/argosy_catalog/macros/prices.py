"""Macros over prices and sizes: exact where the result is a price or money."""

from argosy_catalog.macros.macro import NUMBER, Macro

_PRICES = "prices and money"
_RETURNS = "returns and volatility"

_FRACTION = "({0}::{number} - trunc({0}::{number}))::DECIMAL(18, 18)"
_WHOLE = "trunc({0}::{number})::DECIMAL(20, 0)"


def _product(left: str, right: str) -> str:
    """Multiply piece by piece: no piece needs more digits than 38, and only the last is rounded."""
    (a, x), (b, y) = (
        (_WHOLE.format(name, number=NUMBER), _FRACTION.format(name, number=NUMBER))
        for name in (left, right)
    )
    return f"(({a} * {b})::{NUMBER} + {a} * {y} + {b} * {x} + ({x} * {y})::{NUMBER})::{NUMBER}"


_FIRST = "(dividend::DOUBLE / nullif(divisor::DOUBLE, 0))::DECIMAL(38, 9)"

PRICES = (
    Macro(
        _PRICES,
        "mid",
        ("bid", "ask"),
        "DECIMAL(38, 19)",
        "The middle between two prices, exact: one decimal more than they have.",
        f"(bid::{NUMBER} + ask::{NUMBER}) * 0.5",
    ),
    Macro(
        _PRICES,
        "spread",
        ("bid", "ask"),
        "DECIMAL(38, 18)",
        "Ask less bid, exact.",
        f"ask::{NUMBER} - bid::{NUMBER}",
    ),
    Macro(
        _PRICES,
        "spread_bps",
        ("bid", "ask"),
        "DOUBLE",
        "The spread in hundredths of a percent of the mid, whatever its sign; NULL at a mid of 0.",
        f"20000 * (ask::{NUMBER} - bid::{NUMBER})::DOUBLE "
        f"/ nullif(abs(bid::{NUMBER} + ask::{NUMBER})::DOUBLE, 0)",
    ),
    Macro(
        _PRICES,
        "spread_ticks",
        ("bid", "ask", "tick"),
        "DOUBLE",
        "The spread in price increments, to 9 decimals.",
        f"round((ask::{NUMBER} - bid::{NUMBER})::DOUBLE / nullif(tick::DOUBLE, 0), 9)",
    ),
    Macro(
        _PRICES,
        "exact_product",
        ("a", "b"),
        "DECIMAL(38, 18)",
        "a times b, where `a * b` of two DECIMAL(38, 18) overflows: exact if the decimals of both "
        "are 18 or fewer together, else rounded half away from zero at the 18th.",
        _product("a", "b"),
    ),
    Macro(
        _PRICES,
        "exact_quotient",
        ("dividend", "divisor"),
        "DECIMAL(38, 18)",
        "One decimal by another, to 18 decimals, where `/` gives a DOUBLE; NULL for a divisor "
        "of 0.",
        # What the first nine decimals leave over is small enough for a DOUBLE to divide.
        f"({_FIRST} + ((dividend::{NUMBER} - exact_product({_FIRST}, divisor))::DOUBLE "
        f"/ nullif(divisor::DOUBLE, 0))::{NUMBER})::{NUMBER}",
    ),
    Macro(
        _PRICES,
        "notional",
        ("quantity", "price", "multiplier := 1"),
        "DECIMAL(38, 18)",
        "Quantity times multiplier times price, by `exact_product`; not of inverse contracts.",
        "exact_product(exact_product(quantity, multiplier), price)",
    ),
    Macro(
        _PRICES,
        "signed_quantity",
        ("side", "quantity"),
        "type of quantity",
        "The quantity of a buy, less the quantity of a sale; NULL for any other side.",
        "CASE WHEN side IN ('BUY', 'BUYER', 'LONG') THEN quantity "
        "WHEN side IN ('SELL', 'SELLER', 'SHORT') THEN -quantity END",
    ),
    Macro(
        _PRICES,
        "vwap",
        ("price", "quantity"),
        "DECIMAL(38, 18)",
        "Aggregate: the average price by quantity, to 18 decimals.",
        f"exact_quotient(sum(exact_product(price, quantity)), sum(quantity::{NUMBER}))",
    ),
    Macro(
        _RETURNS,
        "simple_return",
        ("price", "previous"),
        "DOUBLE",
        "The change as a ratio of the previous price; NULL unless that is above 0.",
        f"CASE WHEN previous > 0 THEN (price::{NUMBER} - previous::{NUMBER})::DOUBLE "
        "/ previous::DOUBLE END",
    ),
    Macro(
        _RETURNS,
        "log_return",
        ("price", "previous"),
        "DOUBLE",
        "The logarithm of the ratio of two prices; NULL unless both are above 0.",
        "CASE WHEN price > 0 AND previous > 0 THEN ln(price::DOUBLE / previous::DOUBLE) END",
    ),
    Macro(
        _RETURNS,
        "realized_volatility",
        ("log_returns",),
        "DOUBLE",
        "Aggregate: the root of the sum of squared returns.",
        "sqrt(sum(log_returns::DOUBLE * log_returns::DOUBLE))",
    ),
    Macro(
        _RETURNS,
        "annualized_volatility",
        ("log_returns", "periods_per_year"),
        "DOUBLE",
        "Aggregate: the root of the mean of squared returns, for a year of so many periods.",
        "sqrt(sum(log_returns::DOUBLE * log_returns::DOUBLE) / count(log_returns) "
        "* periods_per_year)",
    ),
)
