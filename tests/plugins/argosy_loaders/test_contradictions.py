"""Settings of declared columns of which one would silently undo another."""

from typing import Any

import pytest

from argosy.errors import ConfigError
from tests.plugins.argosy_loaders.kit import loader

QUOTE: dict[str, Any] = {"type": "quote", "instrument": "A.B"}
TRADE: dict[str, Any] = {"type": "trade", "instrument": "A.B"}
DAYS: dict[str, Any] = {"type": "bar", "bar_type": "A.B-1-DAY-LAST-EXTERNAL"}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({**QUOTE, "venue": "C"}, "the venue is C, the instrument A.B"),
        (
            {"type": "quote", "instrument_column": "s", "venue_column": "v", "venue": "C"},
            "venue_column and venue exclude each other",
        ),
        ({**DAYS, "instrument": "C.D"}, "bar_type is of A.B, the rows are of C.D"),
        ({**DAYS, "instrument_column": "s"}, "the rows are of the column 's'"),
        (
            {**QUOTE, "columns": {"bid_price": "b"}, "constants": {"bid_price": "1"}},
            "bid_price is both a column and a constant",
        ),
        ({**QUOTE, "columns": {"bid_price": ["a", "b"]}}, "bid_price has 2 columns"),
        ({**QUOTE, "columns": {"ts_event": ["a", "b", "c"]}}, "ts_event has 3 columns"),
        ({**QUOTE, "values": {"bid_price": {"x": "1"}}}, "bid_price is no code.*these are: none"),
        (
            {**TRADE, "values": {"aggressor_side": {"b": "BUY"}}},
            "'BUY' is no aggressor_side.*NO_AGGRESSOR, BUYER",
        ),
        ({**QUOTE, "stamp": "open"}, 'stamp = "open" is of bars'),
        ({**QUOTE, "time_format": "ms", "zone": "+02"}, "times in ms are counted in UTC"),
        (
            {**DAYS, "time_format": "s", "zone": "Europe/Berlin"},
            "times in s are counted in UTC, zone 'Europe/Berlin' is not heeded",
        ),
        ({**QUOTE, "shift": "1s", "columns": {"ts_init": "t"}}, "shift .* and so does ts_init"),
        ({**QUOTE, "decimal": ",", "delimiter": ","}, "cannot be both the delimiter"),
        ({**QUOTE, "zone": "+27"}, "unknown time zone"),
        ({**QUOTE, "time_format": "%H:%M"}, "it has no year"),
    ],
)
def test_a_setting_that_would_not_be_heeded_is_refused(
    options: dict[str, Any], message: str
) -> None:
    with pytest.raises(ConfigError, match=message):
        loader("csv", **options)


@pytest.mark.parametrize(
    "options",
    [
        {**QUOTE, "venue": "B"},
        {**DAYS, "instrument": "A.B"},
        {**DAYS, "time_format": "s", "zone": "Europe/Berlin", "stamp": "open"},
        {**QUOTE, "time_format": "ms", "zone": "UTC"},
    ],
)
def test_settings_that_agree_are_taken(options: dict[str, Any]) -> None:
    assert options["type"] == loader("csv", **options).mapping.type


@pytest.mark.parametrize("name", ["tardis", "binance", "bybit"])
def test_vendors_files_have_one_venue_too(name: str) -> None:
    with pytest.raises(ConfigError, match=r"the venue is C, the instrument A\.B"):
        loader(name, instrument="A.B", venue="C")
