from array import array
from typing import Any

import pytest

from argosy.errors import DataError
from argosy.model.data import bar_from_raw, delta_from_raw, quote_from_raw, trade_from_raw
from argosy.serialization import rows
from tests.host.model.strategies import AUDUSD, BAR_TYPE


def view(*values: int, code: str = "q") -> Any:
    return memoryview(array(code, values))


TIMES = view(1), view(2)


def test_written_columns_are_those_that_are_read() -> None:
    quote = quote_from_raw(AUDUSD, 1, 2, 3, 4, 5, 0, 1, 2)
    written = rows.write_quotes([quote])
    assert (AUDUSD, 5, 0) == (written.key, written.price_precision, written.size_precision)
    assert [[1], [2], [1], [2], [3], [4]] == [list(column) for column in written.columns]
    assert [quote] == rows.read_quotes(AUDUSD, 5, 0, *map(memoryview, written.columns))  # type: ignore[arg-type]


def test_text_and_truth_are_lists() -> None:
    trade = trade_from_raw(AUDUSD, 1, 3, 1, "T-1", 5, 0, 1, 2)
    bar = bar_from_raw(BAR_TYPE, 1, 1, 1, 1, 0, 2, 0, 1, 2, is_revision=True)
    assert ["T-1"] == rows.write_trades([trade]).columns[-1]
    assert [True] == rows.write_bars([bar]).columns[-1]


def test_a_precision_of_deltas_is_that_of_the_first_with_an_order() -> None:
    clear = delta_from_raw(AUDUSD, 4, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2)
    add = delta_from_raw(AUDUSD, 1, 1, 5, 5, 0, 0, 0, 3, 1, 1, 2)
    found = [rows.write_deltas(each) for each in ([clear, add, clear], [clear])]
    assert [(3, 1), (0, 0)] == [(each.price_precision, each.size_precision) for each in found]


@pytest.mark.parametrize(
    ("size", "side", "message"),
    [(0, 1, "the size is not above zero"), (1, 3, "3 is no code of an aggressor side")],
)
def test_a_wrong_trade_is_refused(size: int, side: int, message: str) -> None:
    with pytest.raises(DataError, match=rf"batch of AUD/USD.SIM: row 0: {message}"):
        rows.read_trades(AUDUSD, 5, 0, *TIMES, view(1), view(size), view(side, code="b"), ["T"])


@pytest.mark.parametrize(
    ("prices", "volume", "message"),
    [
        ((3, 2, 1, 2), 0, "the high is not the highest price"),
        ((1, 3, 2, 2), 0, "the low is not the lowest price"),
        ((2, 3, 1, 2), -1, "the volume is below zero"),
    ],
)
def test_a_wrong_bar_is_refused(prices: tuple[int, ...], volume: int, message: str) -> None:
    with pytest.raises(DataError, match=rf"row 0: {message}"):
        rows.read_bars(BAR_TYPE, 2, 0, *TIMES, *map(view, prices), view(volume), None)


@pytest.mark.parametrize(
    ("action", "side", "size", "message"),
    [
        (0, 1, 1, "0 is no code of an action"),
        (5, 1, 1, "5 is no code of an action"),
        (1, 3, 1, "3 is no code of a side"),
        (1, 1, 0, "the size is not above zero"),
        (3, 1, -1, "the size is not above zero"),
    ],
)
def test_a_wrong_delta_is_refused(action: int, side: int, size: int, message: str) -> None:
    with pytest.raises(DataError, match=rf"row 0: {message}"):
        rows.read_deltas(
            AUDUSD,
            2,
            0,
            *TIMES,
            view(action, code="b"),
            view(side, code="b"),
            view(1),
            view(size),
            view(1, code="Q"),
            view(0, code="B"),
            view(1, code="Q"),
        )
