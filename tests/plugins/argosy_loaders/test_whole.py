"""Rows in which something is missing: an error with place and cure, or left out and told."""

import gzip
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from argosy.errors import ConfigError, DataError
from argosy.parts.loader import Load, Rows
from argosy.serialization.arrow import KEY
from argosy.testing.instruments import crude_oil
from tests.plugins.argosy_loaders.kit import items, loader, objects

DIGITS = {"price_precision": 2, "size_precision": 0}
ODD = {"odd_times": "allow"}
DAYS = {"type": "bar", "bar_type": "A.B-1-DAY-LAST-EXTERNAL", **DIGITS}
QUOTES: dict[str, Any] = {"type": "quote", "instrument": "A.B", **DIGITS, **ODD}
TRADES: dict[str, Any] = {"type": "trade", "instrument": "A.B", **DIGITS, **ODD}
BARS_HEADER = "ts_event,open,high,low,close,volume\n"
QUOTES_HEADER = "ts_event,bid_price,ask_price,bid_size,ask_size\n"
TRADES_HEADER = "ts_event,price,size,aggressor_side\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "rows.csv"


def notes(name: str, file: Path, **settings: Any) -> list[str]:
    """Return what the user is told while a file is loaded."""
    found: list[str] = []
    list(loader(name, **settings).load(Load([file], on_note=found.append)))
    return found


def sides(file: Path, **settings: Any) -> list[str]:
    """Return bid, ask and their sizes of each quote of a CSV file."""
    quotes = objects("csv", file, **{**QUOTES, **settings})
    return [f"{each.bid_price} {each.ask_price} {each.bid_size} {each.ask_size}" for each in quotes]


# -- bars --------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["", "null", "NaN", "nan", "NULL", "None", "N/A", "-", "\\N"])
@pytest.mark.parametrize("column", [1, 4, 5])
def test_a_row_without_a_number_is_an_error_or_left_out(file: Path, word: str, column: int) -> None:
    cells = ["2024-01-03", "1", "1", "1", "1", "5"]
    cells[column] = word
    file.write_text(f"{BARS_HEADER}2024-01-02,1,1,1,1,5\n{','.join(cells)}\n2024-01-04,1,1,1,1,5\n")
    name = BARS_HEADER.strip().split(",")[column]
    with pytest.raises(
        DataError, match=rf"csv:3, column '{name}'.* is missing.*missing = \"skip\""
    ):
        items("csv", file, **DAYS)
    assert 2 == len(objects("csv", file, **DAYS, missing="skip"))
    [note] = notes("csv", file, **DAYS, missing="skip")
    assert note.startswith(f"{file}: 1 row was left out, in which something is missing; {file}:3")
    assert note.endswith("the value is missing")


def test_a_bar_of_four_zeros_is_no_bar(file: Path) -> None:
    file.write_text(f"{BARS_HEADER}2024-01-02,1,1,1,1,5\n2024-01-03,0,0,0,0.00,7\n")
    with pytest.raises(DataError, match=r"csv:3: open, high, low and close are 0: .*\"skip\""):
        items("csv", file, **DAYS)
    [note] = notes("csv", file, **DAYS, missing="skip")
    assert note.endswith(f"{file}:3: open, high, low and close are 0: a bar without any price")


def test_zero_is_a_price_of_what_may_cost_nothing(file: Path) -> None:
    oil = crude_oil()
    file.write_text(f"{BARS_HEADER}2024-01-02,0,0,0,0,5\n")
    given = {"type": "bar", "bar_type": f"{oil.id}-1-DAY-LAST-EXTERNAL"}
    assert 1 == len(objects("csv", file, known=[oil], **given))


def test_a_word_of_the_file_itself_is_declared(file: Path) -> None:
    file.write_text(f"{BARS_HEADER}2024-01-02,1,1,1,1,-999\n2024-01-03,1,1,1,1,5\n")
    given = {**DAYS, "missing_words": ["-999.0"]}
    with pytest.raises(DataError, match=r"csv:2, column 'volume': '-999' is no finite number"):
        items("csv", file, **given)
    assert 1 == len(objects("csv", file, **given, missing="skip"))


def test_a_word_that_nobody_knows_stays_an_error(file: Path) -> None:
    file.write_text(f"{BARS_HEADER}2024-01-02,1,1,1,1,none yet\n")
    with pytest.raises(DataError, match="'none yet' is no finite number"):
        items("csv", file, **DAYS, missing="skip")


def test_a_time_may_be_missing_too(file: Path) -> None:
    file.write_text(f"{BARS_HEADER}NaT,1,1,1,1,5\n2024-01-03,1,1,1,1,5\n")
    with pytest.raises(DataError, match=r"csv:2, column 'ts_event': 'NaT' is no time: the time is"):
        items("csv", file, **DAYS)
    assert 1 == len(objects("csv", file, **DAYS, missing="skip"))


def test_a_file_of_which_nothing_is_left_is_an_error(file: Path) -> None:
    file.write_text(f"{BARS_HEADER}2024-01-02,,1,1,1,5\n2024-01-03,1,1,1,null,5\n")
    with pytest.raises(
        DataError, match=r"csv:2, .*nothing is left of 2 rows: the value is missing"
    ):
        items("csv", file, **DAYS, missing="skip")


@pytest.mark.parametrize(
    "column",
    [
        pa.array([1.5, float("nan"), 2.5]),
        pa.array([1.5, None, 2.5]),
        pa.array(["1.5", "null", "2.5"]),
        pa.array(["1.5", None, "2.5"]),
        pa.array(["1.5", "1.5", "2.5"]).cast(pa.decimal128(10, 1)).filter([True] * 3),
    ],
)
def test_parquet_has_nulls_nans_and_words(tmp_path: Path, column: Any) -> None:
    path = tmp_path / "rows.parquet"
    prices = dict.fromkeys(("open", "high", "low", "close"), column)
    times = pa.array([86_400 * day for day in (1, 2, 3)], pa.timestamp("s"))
    pq.write_table(pa.table({"ts_event": times, **prices, "volume": [1, 2, 3]}), path)
    missing = column.to_pylist()[1] != column.to_pylist()[0] or pa.types.is_floating(column.type)
    found = objects("parquet", path, **DAYS, missing="skip")
    assert (2 if missing else 3) == len(found)
    if missing:
        with pytest.raises(DataError, match=r"row 1, column 'open'.* is missing.*\"skip\""):
            items("parquet", path, **DAYS)


# -- quotes ------------------------------------------------------------------------------------


@pytest.mark.parametrize("missing", ["error", "skip"])
@pytest.mark.parametrize("word", ["", "null", "NaN", "-"])
def test_a_quote_without_a_side_is_kept_with_nobody_there(
    file: Path, word: str, missing: str
) -> None:
    file.write_text(
        f"{QUOTES_HEADER}1,1.25,1.26,5,6\n2,{word},1.26,{word},6\n3,1.25,{word},5,{word}\n"
        f"4,{word},1.26,5,6\n5,1.25,1.26,5,{word}\n"
    )
    assert [
        "1.25 1.26 5 6",
        "0.00 1.26 0 6",
        "1.25 0.00 5 0",
        "0.00 1.26 0 6",
        "1.25 0.00 5 0",
    ] == sides(file, time_format="s", missing=missing)


def test_a_quote_without_both_sides_is_missing(file: Path) -> None:
    file.write_text(f"{QUOTES_HEADER}1,1.25,1.26,5,6\n2,,1.26,5,null\n3,1,2,0,0\n4,1,0.00,3,0\n")
    given = {**QUOTES, "time_format": "s"}
    with pytest.raises(DataError, match=r"csv:3, column 'bid_price': the value is missing"):
        items("csv", file, **given)
    assert ["1.25 1.26 5 6", "1.00 0.00 3 0"] == sides(file, time_format="s", missing="skip")
    [note] = notes("csv", file, **given, missing="skip")
    assert f"2 rows were left out, in which something is missing; {file}:3, column 'bid" in note
    file.write_text(f"{QUOTES_HEADER}1,1.25,1.26,5,6\n3,1,2,0,0\n")
    with pytest.raises(DataError, match=r"csv:3: both sizes are 0: nobody bids, and nobody offers"):
        items("csv", file, **given)


@pytest.mark.parametrize("missing", ["error", "skip"])
def test_a_file_whose_sizes_are_all_0_has_none(file: Path, missing: str) -> None:
    rows = "1,1.25,1.26,0,0\n2,1.25,1.26,0,0.0\n"
    file.write_text(QUOTES_HEADER + rows)
    given = {**QUOTES, "time_format": "s", "missing": missing}
    with pytest.raises(DataError, match=r"rows.csv: the sizes of all quotes are 0.*Declare one"):
        items("csv", file, **given)
    constants = {"bid_size": "1", "ask_size": "2"}
    assert ["1.25 1.26 1 2"] * 2 == sides(file, time_format="s", constants=constants)
    with pytest.raises(DataError, match="the file has no sizes"):
        items("csv", file, **given, constants={"bid_size": "0", "ask_size": "0"})
    # One size in the whole file, however late, and the others mean what they say.
    file.write_text(QUOTES_HEADER + rows + "3,1.25,1.26,0,5\n")
    with pytest.raises(DataError, match=r"csv:2: both sizes are 0"):
        items("csv", file, **{**given, "missing": "error"})
    assert ["1.25 1.26 0 5"] == sides(file, time_format="s", missing="skip")


@pytest.mark.parametrize("word", ["0", "0.00", "", "null"])
def test_a_side_without_a_price_has_no_declared_size(file: Path, word: str) -> None:
    file.write_text(f"ts_event,bid_price,ask_price\n1,1.25,{word}\n2,{word},1.26\n")
    constants = {"bid_size": "7", "ask_size": "8"}
    found = sides(file, time_format="s", constants=constants)
    assert ["1.25 0.00 7 0", "0.00 1.26 0 8"] == found


def test_sides_that_share_a_column_of_sizes_do_not_lose_it(file: Path) -> None:
    file.write_text("ts_event,bid_price,ask_price,size\n1,1.25,1.26,5\n2,,1.26,6\n")
    columns = {"bid_size": "size", "ask_size": "size"}
    assert ["1.25 1.26 5 5", "0.00 1.26 0 6"] == sides(file, time_format="s", columns=columns)


def test_what_is_left_out_is_told_of_each_symbol(file: Path) -> None:
    header = QUOTES_HEADER.replace("ts_event", "ts_event,symbol")
    file.write_text(f"{header}1,NA,1,2,5,6\n2,X,,,,\n3,NA,,,,\n4,,1,2,5,6\n5,NULL,1,2,3,4\n")
    given = {**DIGITS, **ODD, "type": "quote", "instrument_column": "symbol", "venue": "B"}
    found = items("csv", file, **given, time_format="s", missing="skip")
    # NA and NULL are symbols like others: words mean nothing there.
    assert ["NA.B", "NULL.B"] == [
        each.batch.schema.metadata[KEY].decode() for each in found if isinstance(each, Rows)
    ]
    [note] = notes("csv", file, **given, time_format="s", missing="skip")
    assert "3 rows were left out" in note


# -- trades ------------------------------------------------------------------------------------


def test_a_trade_of_nothing_is_missing(file: Path) -> None:
    file.write_text(f"{TRADES_HEADER}1,1.25,5,BUYER\n2,1.25,0,SELLER\n3,1.25,5,BUYER\n")
    given = {**TRADES, "time_format": "s"}
    with pytest.raises(DataError, match=r"csv:3: the size is 0: nothing was traded.*\"skip\""):
        items("csv", file, **given)
    assert 2 == len(objects("csv", file, **given, missing="skip"))


def test_a_missing_side_of_a_trade_may_be_declared(file: Path) -> None:
    file.write_text(f"{TRADES_HEADER}1,1.25,5,N/A\n2,1.25,4,\n")
    given = {**TRADES, "time_format": "s"}
    with pytest.raises(DataError, match=r"csv:2, column 'aggressor_side'.* is missing"):
        items("csv", file, **given)
    values = {"aggressor_side": {"N/A": "NO_AGGRESSOR", "": "NO_AGGRESSOR"}}
    assert 2 == len(objects("csv", file, **given, values=values))


def test_a_trade_without_an_id_is_no_gap(file: Path) -> None:
    header = TRADES_HEADER.replace("\n", ",trade_id\n")
    file.write_text(f"{header}1,1.25,5,BUYER,\n2,,5,BUYER,x\n3,1.25,5,BUYER,\n")
    found = objects("csv", file, **TRADES, time_format="s", missing="skip")
    assert ["1", "2"] == [str(each.trade_id) for each in found]


# -- other loaders -----------------------------------------------------------------------------


def test_klines_of_a_vendor_may_lack_values(tmp_path: Path) -> None:
    path = tmp_path / "BTCUSDT-1d-2024-01-01.csv"
    row = "{0},{1},{1},{1},{1},5,{2},1,1,1,1,0\n"
    days = [1_704_067_200_000 + 86_400_000 * n for n in range(3)]
    path.write_text(
        "".join(row.format(t, p, t + 86_399_999) for t, p in zip(days, (1, 0, 2), strict=True))
    )
    with pytest.raises(DataError, match=r"csv:2: open, high, low and close are 0.*\"skip\""):
        items("binance", path, **DIGITS)
    assert 2 == len(objects("binance", path, **DIGITS, missing="skip"))


def test_no_change_of_a_book_is_left_out(tmp_path: Path) -> None:
    names = "symbol,timestamp,first_update_id,last_update_id,side,update_type,price,qty\n"
    path = tmp_path / "BTCUSDT_T_DEPTH.csv"
    path.write_text(f"{names}BTCUSDT,1,1,1,b,snap,1,1\n")
    with pytest.raises(ConfigError, match=r"missing: .* of which none can be left out"):
        items("binance", path, **DIGITS, missing="skip")


def test_quotes_of_tardis_keep_the_side_that_is_there(tmp_path: Path) -> None:
    path = tmp_path / "quotes.csv.gz"
    names = "exchange,symbol,timestamp,local_timestamp,ask_amount,ask_price,bid_price,bid_amount\n"
    rows = ("1,1,6,1.26,1.25,5", "2,2,,,1.25,5", "3,3,6,1.26,,", "4,4,,,,")
    path.write_bytes(gzip.compress((names + "".join(f"x,A,{r}\n" for r in rows)).encode()))
    quotes = objects("tardis", path, **DIGITS)
    assert ["1.25 1.26 5 6", "1.25 0.00 5 0", "0.00 1.26 0 6"] == [
        f"{q.bid_price} {q.ask_price} {q.bid_size} {q.ask_size}" for q in quotes
    ]
    [note] = notes("tardis", path, **DIGITS)
    assert "1 row was left out" in note
