"""What the columns of a CSV file mean, and what a mapping may not say."""

from typing import Any

import pytest

from argosy.errors import ConfigError
from argosy.model.data import Bar
from argosy.plugins.host import PluginHost
from argosy_catalog.write.choice import plan_ingest
from argosy_loaders.mapping import CsvMapping
from tests.catalog.samples import BID_BARS, GBPUSD

HOST = PluginHost.installed()


def read(options: dict[str, Any]) -> CsvMapping:
    ((_, loader),) = plan_ingest([], HOST, use="csv", options=options)
    mapping: CsvMapping = loader.mapping  # type: ignore[attr-defined]
    return mapping


def test_a_mapping_says_it_all() -> None:
    mapping = read(
        {
            "type": "bar",
            "bar_type": str(BID_BARS),
            "price_precision": 5,
            "shift": "1s",
            "columns": {"ts_event": "timestamp"},
        }
    )
    assert (Bar, BID_BARS, 5, {"ts_event": "timestamp"}, 1_000_000_000) == (
        mapping.data_type,
        mapping.key(None),
        mapping.price_precision,
        mapping.columns,
        mapping.shift_ns,
    )
    assert ("ts_event", "ts_init", "open") == mapping.fields[:3]


def test_a_type_is_asked_for_when_rows_are_read() -> None:
    with pytest.raises(ConfigError, match="type: it is not said what the columns mean"):
        _ = read({}).data_type


@pytest.mark.parametrize(
    ("options", "symbol", "key"),
    [
        ({"type": "quote", "instrument": "GBP/USD.SIM"}, None, GBPUSD),
        ({"type": "trade", "instrument_column": "s", "venue": "SIM"}, "GBP/USD", GBPUSD),
        ({"type": "trade", "instrument_column": "s"}, "GBP/USD.SIM", GBPUSD),
        ({"type": "bar", "bar_type": str(BID_BARS)}, None, BID_BARS),
        (
            {"type": "bar", "bar_type": "1-MINUTE-BID", "instrument": "GBP/USD.SIM"},
            None,
            BID_BARS,
        ),
        (
            {
                "type": "bar",
                "bar_type": "1-MINUTE-BID-EXTERNAL",
                "instrument_column": "s",
                "venue": "SIM",
            },
            "GBP/USD",
            BID_BARS,
        ),
    ],
)
def test_rows_have_a_key(options: dict[str, Any], symbol: str | None, key: object) -> None:
    assert key == read(options).key(symbol)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"type": "quotes"}, "type: "),
        ({"type": "quote"}, "it is not said whose rows these are"),
        ({"type": "bar", "instrument": "A.B"}, "bars need a bar_type"),
        ({"type": "bar", "bar_type": "nonsense"}, "'nonsense' is no bar type"),
        ({"type": "quote", "instrument": "A.B", "bar_type": "x"}, "a quote has no bar_type"),
        ({"type": "quote", "instrument": "no venue"}, "instrument"),
        (
            {"type": "quote", "instrument": "A.B", "instrument_column": "s"},
            "exclude each other",
        ),
        ({"type": "quote", "instrument": "A.B", "price_precision": 19}, "Give 0 to 18"),
        ({"type": "quote", "instrument": "A.B", "price_precision": "5"}, "price_precision"),
        ({"type": "quote", "instrument": "A.B", "columns": {"open": "o"}}, "no field 'open'"),
        ({"type": "quote", "instrument": "A.B", "delimiter": ";;"}, "is not one character"),
        ({"type": "quote", "instrument": "A.B", "skip_lines": -1}, "skip_lines is -1"),
        ({"type": "bar", "bar_type": str(BID_BARS), "venue_column": "v"}, "venue_column needs"),
        ({"type": "quote", "instrument": "A.B", "shift": "soon"}, "soon"),
        ({"type": "quote", "instrument": "A.B", "zoone": "UTC"}, "did you mean 'zone'"),
    ],
)
def test_a_wrong_mapping_is_refused(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError, match=f"(?i){message}"):
        read(options)
