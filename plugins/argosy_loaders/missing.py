"""What files write where a value is missing, and rows in which one is: no number is made of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute

from argosy.model.data_kind import DataKind, Holds
from argosy.model.kinds import BAR, QUOTE, TRADE
from argosy_loaders.batches import raw_of
from argosy_loaders.columns import text_of
from argosy_loaders.mapping import Mapping as Columns

pc: Any = pyarrow.compute  # its functions are made when it is imported

Mask = npt.NDArray[np.bool_]
Sources = dict[str, tuple[str, ...]]
"""Field -> the columns that it is read from, mostly one."""

_SPELLINGS = (
    "|-|--|---|.|..|?|\\n|<na>|<null>|(null)|null|nil|none|nat|na|n/a|n.a.|n.a|n/d|nd|missing"
    "|#n/a|#n/a n/a|#na|#null!|nan|-nan|+nan|1.#ind|-1.#ind|1.#qnan|-1.#qnan|1.#nan|-1.#nan"
)
WORDS = frozenset(_SPELLINGS.split("|"))
"""Of pandas, polars, R, Excel, FRED, PostgreSQL and others, in small letters."""

SIDES = (("bid_price", "bid_size"), ("ask_price", "ask_size"))


def is_missing(text: Any, words: Iterable[str] = ()) -> Mask:
    """Tell where a text column says that a value is missing.

    Parameters
    ----------
    words : that mean it too; one that is a number means that number, however it is written
    """
    lower = pc.utf8_lower(text)
    found = pc.is_in(lower, pa.array(sorted(WORDS)))
    own = list(words)
    if own:
        names = {each.strip().lower() for each in own}
        numbers = {number for each in own if (number := _number(each)) is not None}
        encoded = lower.dictionary_encode()
        known = [
            each in names or ((number := _number(each)) is not None and number in numbers)
            for each in encoded.dictionary.to_pylist()
        ]
        found = pc.or_(found, pa.array(known, pa.bool_()).take(encoded.indices))
    mask: Mask = found.to_numpy(zero_copy_only=False)
    return mask


@dataclass(frozen=True, slots=True)
class Gap:
    """The first row in which a value is missing.

    Parameters
    ----------
    row : of the table, from 0
    columns : from which it would be read
    word : that they have instead, empty where they have none
    """

    row: int
    columns: tuple[str, ...]
    word: str


@dataclass(frozen=True, slots=True)
class Found:
    """A table with what is missing in it.

    Parameters
    ----------
    rows : the table; sides that are missing are written as 0
    is_whole : which of its rows are
    gap : the first that is not, None where all are
    empty_sides : for each side of a quote, which rows lack it
    """

    rows: Any
    is_whole: Mask
    gap: Gap | None
    empty_sides: tuple[Mask, ...]


class Gaps:
    """Find rows in which something is missing.

    Parameters
    ----------
    kind : of the rows
    sources : field -> columns
    mapping : what the columns mean; the file's words for codes do not mean that a code is missing
    """

    def __init__(self, kind: DataKind, sources: Sources, mapping: Columns) -> None:
        texts = {each.name for each in kind.fields if each.holds is Holds.TEXT}
        self._fields = {field: names for field, names in sources.items() if field not in texts}
        scale = mapping.scale
        self._others = [] if scale is None else [scale.multiply, scale.divide]
        self._values = mapping.values
        self._words = mapping.missing_words
        self._is_quote = kind is QUOTE

    def find(self, rows: Any) -> Found | None:
        """Return what is missing in a table; None where nothing is."""
        gaps = {
            field: np.logical_or.reduce([self._missing(rows, field, name) for name in names])
            for field, names in self._fields.items()
        }
        sides: tuple[Mask, ...] = ()
        if self._is_quote:
            rows, sides = self._without_sides(rows, gaps)
        for name in self._others:
            gaps[name] = is_missing(text_of(rows.column(name)), self._words)
        broken = np.zeros(rows.num_rows, bool)
        for mask in gaps.values():
            broken |= mask
        if not broken.any() and not any(mask.any() for mask in sides):
            return None
        return Found(rows, ~broken, self._first(rows, gaps, broken), sides)

    def _missing(self, rows: Any, field: str, name: str) -> Mask:
        text = text_of(rows.column(name))
        mask = is_missing(text, self._words)
        own = self._values.get(field)
        if own:
            mask &= ~pc.is_in(text, pa.array(list(own))).to_numpy(zero_copy_only=False)
        return mask

    def _without_sides(self, rows: Any, gaps: dict[str, Mask]) -> tuple[Any, tuple[Mask, ...]]:
        """Write 0 for what one side of a quote lacks; where both lack something, the row does."""
        nothing = np.zeros(rows.num_rows, bool)
        bid, ask = (
            np.logical_or.reduce([gaps.get(field, nothing) for field in side]) for side in SIDES
        )
        both = bid & ask
        for field in (*SIDES[0], *SIDES[1]):
            if field in gaps:
                rows = _zeroed(rows, self._fields[field][0], gaps[field] & ~both)
                gaps[field] &= both
        return rows, (bid & ~both, ask & ~both)

    def _first(self, rows: Any, gaps: Mapping[str, Mask], broken: Mask) -> Gap | None:
        if not broken.any():
            return None
        row = int(np.argmax(broken))
        field = next(field for field, mask in gaps.items() if mask[row])
        names = self._fields.get(field, (field,))
        words = [text_of(rows.column(name).slice(row, 1))[0].as_py() for name in names]
        return Gap(row, names, next(filter(None, words), "") if len(words) == 1 else "")


def is_nothing(kind: DataKind, batch: Any, *, has_zero_prices: bool) -> Mask:
    """Tell which rows of a batch are none, though each has its numbers.

    These are quotes of nobody, trades of nothing and bars without any price.

    Parameters
    ----------
    has_zero_prices : a price of 0 can be right
    """

    def raws(name: str) -> Any:
        return raw_of(batch.column(name))

    if kind is QUOTE:
        mask: Mask = (raws("bid_size") == 0) & (raws("ask_size") == 0)
    elif kind is TRADE:
        mask = raws("size") == 0
    elif kind is BAR:
        prices = [raws(name) for name in ("open", "high", "low", "close")]
        mask = np.logical_and.reduce([each == 0 for each in prices])
        if has_zero_prices:
            mask &= raws("volume") == 0
    else:
        mask = np.zeros(batch.num_rows, bool)
    return mask


NOTHING = {
    QUOTE: "both sizes are 0: nobody bids, and nobody offers",
    TRADE: "the size is 0: nothing was traded",
    BAR: "open, high, low and close are 0: a bar without any price",
}
"""What is wrong with a row that is none."""


def without_sides(batch: Any, sides: Iterable[Mask]) -> Any:
    """Return quotes with price 0 and size 0 on the sides that they lack.

    Parameters
    ----------
    sides : for the bid and the ask, in which rows
    """
    for side, mask in zip(SIDES, sides, strict=True):
        if mask.any():
            for field in side:
                batch = _with_raws(batch, field, np.where(mask, 0, raw_of(batch.column(field))))
    return batch


def _with_raws(batch: Any, field: str, raws: Any) -> Any:
    place = batch.schema.get_field_index(field)
    kind = batch.schema.field(place).type
    array = pa.Array.from_buffers(kind, len(raws), [None, pa.py_buffer(raws)])
    return batch.set_column(place, batch.schema.field(place), array)


def _zeroed(rows: Any, name: str, mask: Mask) -> Any:
    if not mask.any():
        return rows
    place = rows.schema.get_field_index(name)
    filled = pc.if_else(pa.array(mask), "0", text_of(rows.column(name)))
    return rows.set_column(place, name, filled)


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
