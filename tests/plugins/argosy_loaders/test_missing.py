"""What files write where a value is missing, and which rows are none though they have numbers."""

import numpy as np
import pyarrow as pa
import pytest

from argosy.model.bar_type import BarType
from argosy.model.data import Bar, QuoteTick, TradeTick
from argosy.model.identifiers import InstrumentId
from argosy.model.kinds import BAR, DELTA, QUOTE, TRADE
from argosy_loaders.batches import market_batch
from argosy_loaders.mapping import Mapping, Scale
from argosy_loaders.missing import Gaps, is_missing, is_nothing, without_sides

PANDAS = """
 #N/A|#N/A N/A|#NA|-1.#IND|-1.#QNAN|-NaN|-nan|1.#IND|1.#QNAN|<NA>|N/A|NA|NULL|NaN|None|n/a|nan|null
""".strip().split("|")
OTHERS = [
    "",
    "-",
    "--",
    ".",
    "?",
    "\\N",
    "NaT",
    "nil",
    "NIL",
    "Null",
    "n.a.",
    "#N/A",
    "(null)",
    "None",
]
KEY = InstrumentId("A.B")


def mapping(**more: object) -> Mapping:
    return Mapping(**{"type": "quote", "instrument": KEY, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize("word", [*PANDAS, *OTHERS])
def test_usual_spellings_are_known(word: str) -> None:
    assert [True, False] == is_missing(pa.array([word, "1"])).tolist()


@pytest.mark.parametrize("word", ["0", "0.0", "-1", "1e5", "inf", "-inf", "x", "N", "A", "BUYER"])
def test_numbers_and_words_are_not_missing(word: str) -> None:
    assert [False] == is_missing(pa.array([word])).tolist()


def test_own_words_are_known_and_numbers_in_any_spelling() -> None:
    text = pa.array(["-999", "-999.00", "-9.99E2", "Keine", "keine", "-99", "1"])
    expected = [True, True, True, True, True, False, False]
    assert expected == is_missing(text, ["-999.0", "keine"]).tolist()


def test_a_whole_table_has_no_gap() -> None:
    rows = pa.record_batch({"t": ["1"], "b": ["1"]})
    assert Gaps(QUOTE, {"ts_event": ("t",), "bid_price": ("b",)}, mapping()).find(rows) is None


def test_a_quote_lacks_a_side_and_a_row_lacks_both() -> None:
    rows = pa.record_batch(
        {
            "t": ["1", "2", "3", "4", "NaT"],
            "b": ["1", "null", "1", "", "1"],
            "n": ["5", "5", "5", "5", "5"],
            "a": ["2", "2", "nan", "", "2"],
        }
    )
    sources = {"ts_event": ("t",), "bid_price": ("b",), "bid_size": ("n",), "ask_price": ("a",)}
    found = Gaps(QUOTE, sources, mapping()).find(rows)
    assert found is not None
    assert [True, True, True, False, False] == found.is_whole.tolist()
    assert found.gap is not None
    assert (3, ("b",), "") == (found.gap.row, found.gap.columns, found.gap.word)
    bid, ask = (mask.tolist() for mask in found.empty_sides)
    assert ([False, True, False, False, False], [False, False, True, False, False]) == (bid, ask)
    assert ["1", "0", "1", "", "1"] == found.rows.column("b").to_pylist()


def test_text_may_be_empty_and_the_words_of_codes_mean_something() -> None:
    rows = pa.record_batch({"i": ["", "7"], "s": ["N/A", "?"], "p": ["1", "2"]})
    sources = {"trade_id": ("i",), "aggressor_side": ("s",), "price": ("p",)}
    values = {"aggressor_side": {"N/A": "NO_AGGRESSOR"}}
    found = Gaps(TRADE, sources, mapping(type="trade", values=values)).find(rows)
    assert found is not None
    assert [True, False] == found.is_whole.tolist()


def test_a_column_that_scales_may_lack_a_value() -> None:
    rows = pa.record_batch({"c": ["1", "2"], "m": ["1", "null"]})
    scaled = Mapping(type="bar", bar_type="A.B-1-DAY-LAST", instrument=KEY, scale=Scale("m", "c"))
    found = Gaps(BAR, {"close": ("c",)}, scaled).find(rows)
    assert found is not None
    assert [True, False] == found.is_whole.tolist()


# -- rows that are none ------------------------------------------------------------------------


def quotes(*rows: tuple[int, int, int, int]) -> pa.RecordBatch:
    names = ("bid_price", "ask_price", "bid_size", "ask_size")
    columns = dict(zip(names, np.array(rows).T, strict=True))
    times = {name: np.arange(len(rows)) for name in ("ts_event", "ts_init")}
    return market_batch(QuoteTick, KEY, (1, 0), {**times, **columns})


def test_a_quote_of_nobody_is_none() -> None:
    batch = quotes((5, 6, 1, 1), (5, 6, 1, 0), (5, 6, 0, 0))
    assert [False, False, True] == is_nothing(QUOTE, batch, has_zero_prices=False).tolist()


def test_sides_are_taken_out_of_a_quote() -> None:
    masks = [np.array([True, False]), np.array([False, True])]
    batch = without_sides(quotes((5, 6, 7, 8), (5, 6, 7, 8)), masks)
    assert quotes((0, 6, 0, 8), (5, 0, 7, 0)) == batch


def test_a_trade_of_nothing_is_none() -> None:
    columns = {
        "ts_event": [1, 2],
        "ts_init": [1, 2],
        "price": [0, 5],
        "size": [1, 0],
        "aggressor_side": np.array([0, 0]),
        "trade_id": ["a", "b"],
    }
    batch = market_batch(
        TradeTick,
        KEY,
        (1, 0),
        {**columns, "ts_event": np.array([1, 2]), "ts_init": np.array([1, 2])},
    )
    assert [False, True] == is_nothing(TRADE, batch, has_zero_prices=False).tolist()


@pytest.mark.parametrize(
    ("has_zero_prices", "expected"),
    [(False, [True, True, False, False]), (True, [True, False, False, False])],
)
def test_a_bar_of_four_zeros_is_none_unless_zero_can_be_right_and_traded(
    has_zero_prices: bool,  # noqa: FBT001
    expected: list[bool],
) -> None:
    bar_type = BarType.from_str("A.B-1-DAY-LAST-EXTERNAL")
    rows = np.array([(0, 0, 0, 0, 0), (0, 0, 0, 0, 9), (0, 1, 0, 0, 0), (1, 1, 1, 1, 0)])
    names = ("open", "high", "low", "close", "volume")
    times = {name: np.arange(4) for name in ("ts_event", "ts_init")}
    batch = market_batch(Bar, bar_type, (1, 0), {**times, **dict(zip(names, rows.T, strict=True))})
    assert expected == is_nothing(BAR, batch, has_zero_prices=has_zero_prices).tolist()


def test_other_kinds_have_no_such_rows() -> None:
    batch = pa.record_batch({"price": [0]})
    assert [False] == is_nothing(DELTA, batch, has_zero_prices=False).tolist()
