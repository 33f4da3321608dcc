"""What the columns of a CSV file mean, and what a mapping may not say."""

from pathlib import Path
from typing import Any

import pytest

from argosy.errors import ConfigError
from argosy_catalog.mapping import CsvMapping, read_mapping
from tests.catalog.samples import BID_BARS, GBPUSD

TOML = """
type = "bar"
bar_type = "GBP/USD.SIM-1-MINUTE-BID-EXTERNAL"
price_precision = 5
size_precision = 0
shift = "1s"

[columns]
ts_event = "timestamp"

[constants]
volume = "0"
"""


def read(options: dict[str, Any]) -> CsvMapping:
    return read_mapping(None, options)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "bars.toml"
    path.write_text(TOML)
    return path


def test_a_file_says_it_all(file: Path) -> None:
    mapping = read_mapping(file, {})
    assert ("bars", BID_BARS, 5, {"ts_event": "timestamp"}, 1_000_000_000) == (
        mapping.kind.name,
        mapping.key(None),
        mapping.price_precision,
        mapping.columns,
        mapping.shift_ns,
    )


def test_options_go_before_the_file_and_tables_are_merged(file: Path) -> None:
    mapping = read_mapping(file, {"price_precision": 4, "columns": {"open": "o"}})
    assert (4, {"ts_event": "timestamp", "open": "o"}) == (mapping.price_precision, mapping.columns)


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
        ({}, "options: type: missing key"),
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
        ({"type": "quote", "instrument": "A.B", "shift": "soon"}, "soon"),
        ({"type": "quote", "instrument": "A.B", "zoone": "UTC"}, "did you mean 'zone'"),
    ],
)
def test_a_wrong_mapping_is_refused(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError, match=f"(?i){message}"):
        read(options)


def test_an_error_in_a_file_names_its_line(file: Path) -> None:
    file.write_text(TOML.replace("price_precision", "price_precison"))
    with pytest.raises(ConfigError, match=r"bars\.toml:4: price_precison: unknown key"):
        read_mapping(file, {})


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.toml: no such file"):
        read_mapping(tmp_path / "none.toml", {})
