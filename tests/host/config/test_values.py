import re
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.config.secret import Secret
from argosy.config.values import (
    parse,
    parse_decimal,
    parse_duration,
    parse_time,
    spelling,
)
from argosy.model.bar_type import BarType
from argosy.model.currency import Currency
from argosy.model.enums import BarAggregation, OmsType, OrderType
from argosy.model.identifiers import InstrumentId, StrategyId
from argosy.model.values import Money, Price, Quantity

DAY_NS = 86_400_000_000_000


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (date(1970, 1, 2), DAY_NS),
        (datetime(1970, 1, 1, 0, 0, 1, 5), 1_000_005_000),
        (datetime(1970, 1, 1, 2, tzinfo=timezone(timedelta(hours=2))), 0),
        ("1970-01-02", DAY_NS),
        ("1970-01-01T00:00:00.000000001Z", 1),
        ("1970-01-01 01:00:00.5+01:00", 500_000_000),
        ("1970-01-01T00:01", 60_000_000_000),
        ("1969-12-31T23:59:59.999999999Z", -1),
        (1_328_054_400_000_000_000, 1_328_054_400_000_000_000),
    ],
)
def test_times_become_nanoseconds_utc(value: object, expected: int) -> None:
    assert expected == parse_time(value)


@given(st.datetimes(min_value=datetime(1700, 1, 1), max_value=datetime(2200, 1, 1)))
def test_times_are_exact_to_the_microsecond(moment: datetime) -> None:
    since = moment.replace(tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    assert since // timedelta(microseconds=1) * 1_000 == parse_time(moment)
    assert parse_time(moment) == parse_time(moment.isoformat())


@pytest.mark.parametrize(
    "value", ["later", "", "2012-13-01", "2012-02-30T00:00:00Z", 1.5, True, None, [], "2012-2-1"]
)
def test_what_is_no_time_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"time|day|month"):
        parse_time(value)


@pytest.mark.parametrize("value", [date(1, 1, 1), date(9999, 12, 31), 2**63, "9999-01-01"])
def test_a_time_beyond_int64_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="from 1678 to 2262"):
        parse_time(value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1ns", 1),
        ("5us", 5_000),
        ("250ms", 250_000_000),
        ("30s", 30_000_000_000),
        ("1h30m", 5_400_000_000_000),
        ("1d", DAY_NS),
        ("2w", 14 * DAY_NS),
        ("1_000ms", 1_000_000_000),
        ("0s", 0),
        ("1h 30m", 5_400_000_000_000),
    ],
)
def test_durations_become_nanoseconds(text: str, expected: int) -> None:
    assert expected == parse_duration(text)


@pytest.mark.parametrize("value", ["", "5", "s", "5x", "-5s", "1.5h", "5 s x", 5, None, True, "1M"])
def test_a_duration_needs_its_unit(value: object) -> None:
    with pytest.raises(ValueError, match="duration with its unit"):
        parse_duration(value)


def test_a_duration_beyond_int64_is_refused() -> None:
    with pytest.raises(ValueError, match="292 years"):
        parse_duration("20000w")


@pytest.mark.parametrize(
    ("value", "expected"),
    [(5, "5"), (Decimal("0.10"), "0.10"), ("1_000.50", "1000.50"), (" -3 ", "-3"), ("1e3", "1E+3")],
)
def test_numbers_are_exact(value: object, expected: str) -> None:
    assert expected == str(parse_decimal(value))


@pytest.mark.parametrize("value", ["nan", "inf", Decimal("-inf"), Decimal("sNaN")])
def test_a_number_must_be_finite(value: object) -> None:
    with pytest.raises(ValueError, match="expected a finite number"):
        parse_decimal(value)


@pytest.mark.parametrize("value", ["x", "", True, None, [], 0.1, "1__0"])
def test_what_is_no_number_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="expected a number"):
        parse_decimal(value)


@pytest.mark.parametrize(
    ("type_", "value", "expected"),
    [
        (InstrumentId, "EUR/USD.SIM", InstrumentId("EUR/USD.SIM")),
        (StrategyId, "Cross-001", StrategyId("Cross-001")),
        (
            BarType,
            "EUR/USD.SIM-5-MINUTE-BID-INTERNAL",
            BarType.from_str("EUR/USD.SIM-5-MINUTE-BID-INTERNAL"),
        ),
        (Currency, "USD", Currency.from_str("USD")),
        (Money, "1_000.50 USD", Money.from_str("1000.50 USD")),
        (Quantity, 100, Quantity.from_int(100)),
        (Quantity, "100_000", Quantity.from_int(100_000)),
        (Quantity, Decimal("0.50"), Quantity.from_str("0.50")),
        (Price, "1.2340", Price.from_str("1.2340")),
        (Price, Decimal("-5"), Price.from_int(-5)),
        (OmsType, "netting", OmsType.NETTING),
        (OrderType, "stop_market", OrderType.STOP_MARKET),
        (BarAggregation, "renko", BarAggregation("RENKO")),
        (Secret, "env:KEY", Secret("env:KEY")),
        (InstrumentId, InstrumentId("A.B"), InstrumentId("A.B")),
    ],
)
def test_values_of_the_domain_are_read_from_what_a_file_holds(
    type_: type, value: object, expected: object
) -> None:
    found = parse(type_, value)
    assert (expected, type_) == (found, type(found))


def test_written_decimals_are_kept() -> None:
    assert 4 == parse(Price, "1.2300").precision
    assert 2 == parse(Quantity, Decimal("0.50")).precision


def test_a_relative_path_starts_at_the_project() -> None:
    assert Path("/p/data") == parse(Path, "data", project=Path("/p"))
    assert Path("/data") == parse(Path, "/data", project=Path("/p"))
    assert Path.home() / "x" == parse(Path, "~/x", project=Path("/p"))
    assert Path("data") == parse(Path, "data")


@pytest.mark.parametrize(
    ("type_", "value", "message"),
    [
        (InstrumentId, "EURUSD", "no InstrumentId"),
        (InstrumentId, 5, "expected an instrument id"),
        (BarType, "EUR/USD.SIM-5-BID-INTERNAL", "EUR/USD.SIM-5-BID-INTERNAL"),
        (BarType, [], "expected a bar type"),
        (Currency, "USDX", "unknown currency"),
        (Money, "1000", "an amount and its currency"),
        (Money, 1000, "an amount and its currency"),
        (Money, "x USD", "x"),
        (Quantity, -5, "-5"),
        (Quantity, "nan", "finite"),
        (Price, True, "expected a number"),
        (Price, "1" * 19, "1"),
        (OmsType, "net", "expected one of UNSPECIFIED, NETTING, HEDGING, was 'net'"),
        (OrderType, "stop market", "STOP MARKET"),
        (Secret, "plain", "a secret is named"),
        (dict, 5, "dict cannot be written in a system file"),
    ],
)
def test_a_wrong_value_is_a_value_error_that_says_why(
    type_: type, value: object, message: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        parse(type_, value)


def test_a_type_that_speaks_for_itself_has_no_spelling() -> None:
    assert [None, None, None] == [spelling(int), spelling(str), spelling(list[int])]
