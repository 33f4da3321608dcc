"""Quotes: the best bid and the best ask of an instrument, with their sizes."""

from collections.abc import Mapping
from typing import Any

from argosy.errors import DataError
from argosy.model.codec import instrument_id_of_text
from argosy.model.data.checks import (
    instrument_id_of,
    missing_key,
    price_of,
    quantity_of,
    same_precision,
    time_of,
)
from argosy.model.enums import PriceType
from argosy.model.identifiers import InstrumentId
from argosy.model.spelling import price_of_text, quantity_of_text, text_of
from argosy.model.values import RAW_MAX, Price, Quantity, price_from_raw, quantity_from_raw


class QuoteTick:
    """The top of a book at one moment.

    Parameters
    ----------
    bid_price, ask_price : of one precision
    bid_size, ask_size : of one precision
    ts_event : ns, when it happened at the source
    ts_init : ns, when it became known here
    """

    __slots__ = (
        "ask_raw",
        "ask_size_raw",
        "bid_raw",
        "bid_size_raw",
        "instrument_id",
        "price_precision",
        "size_precision",
        "ts_event",
        "ts_init",
    )

    instrument_id: InstrumentId
    bid_raw: int
    ask_raw: int
    bid_size_raw: int
    ask_size_raw: int
    price_precision: int
    size_precision: int
    ts_event: int
    ts_init: int

    def __init__(
        self,
        instrument_id: InstrumentId,
        bid_price: Price,
        ask_price: Price,
        bid_size: Quantity,
        ask_size: Quantity,
        ts_event: int,
        ts_init: int,
    ) -> None:
        self.instrument_id = instrument_id_of(instrument_id, "QuoteTick")
        self.ts_event = time_of(ts_event, "QuoteTick", "ts_event")
        self.ts_init = time_of(ts_init, "QuoteTick", "ts_init")
        self._take(bid_price, ask_price, bid_size, ask_size)

    def _take(
        self, bid_price: Price, ask_price: Price, bid_size: Quantity, ask_size: Quantity
    ) -> int:
        owner = f"QuoteTick of {self.instrument_id}"
        bid = price_of(bid_price, owner, "bid_price")
        ask = price_of(ask_price, owner, "ask_price")
        bid_quantity = quantity_of(bid_size, owner, "bid_size")
        ask_quantity = quantity_of(ask_size, owner, "ask_size")
        self.price_precision = same_precision(
            bid.precision, ask.precision, owner, "bid_price and ask_price"
        )
        self.size_precision = same_precision(
            bid_quantity.precision, ask_quantity.precision, owner, "bid_size and ask_size"
        )
        self.bid_raw = bid.raw
        self.ask_raw = ask.raw
        self.bid_size_raw = bid_quantity.raw
        self.ask_size_raw = ask_quantity.raw
        return 0

    @property
    def bid_price(self) -> Price:
        """The best bid."""
        return price_from_raw(self.bid_raw, self.price_precision)

    @property
    def ask_price(self) -> Price:
        """The best ask."""
        return price_from_raw(self.ask_raw, self.price_precision)

    @property
    def bid_size(self) -> Quantity:
        """The size at the best bid."""
        return quantity_from_raw(self.bid_size_raw, self.size_precision)

    @property
    def ask_size(self) -> Quantity:
        """The size at the best ask."""
        return quantity_from_raw(self.ask_size_raw, self.size_precision)

    @property
    def is_two_sided(self) -> bool:
        """Whether somebody bids and somebody offers: a side of size 0 is nobody."""
        return self.bid_size_raw > 0 and self.ask_size_raw > 0

    def extract_price(self, price_type: PriceType) -> Price:
        """Return the BID, ASK or MID price; MID has one more decimal where 18 digits hold it.

        Raises
        ------
        DataError : the quote lacks that side: its size is 0
        """
        if not self._has(price_type):
            raise self._no_side(price_type)
        if price_type is PriceType.BID:
            return self.bid_price
        if price_type is PriceType.ASK:
            return self.ask_price
        if price_type is not PriceType.MID:
            raise _no_price_type(self.instrument_id, price_type)
        raw, precision = middle_of(self.bid_raw, self.ask_raw, self.price_precision)
        return price_from_raw(raw, precision)

    def _has(self, price_type: PriceType) -> bool:
        if price_type is PriceType.BID:
            return self.bid_size_raw > 0
        if price_type is PriceType.ASK:
            return self.ask_size_raw > 0
        return self.is_two_sided or price_type is not PriceType.MID

    def _no_side(self, price_type: PriceType) -> DataError:
        return DataError(
            f"a quote with size {self.bid_size} at the bid and {self.ask_size} at the ask has no"
            f" {price_type}",
            place=f"QuoteTick of {self.instrument_id} at {self.ts_event}",
            cure="Look at is_two_sided first",
        )

    def extract_size(self, price_type: PriceType) -> Quantity:
        """Return the size at the BID or ASK, or, for MID, half of their sum."""
        if price_type is PriceType.BID:
            return self.bid_size
        if price_type is PriceType.ASK:
            return self.ask_size
        if price_type is not PriceType.MID:
            raise _no_price_type(self.instrument_id, price_type)
        raw, precision = middle_of(self.bid_size_raw, self.ask_size_raw, self.size_precision)
        return quantity_from_raw(raw, precision)

    def to_dict(self) -> dict[str, Any]:
        """Return the quote as JSON would spell it."""
        return {
            "type": "QuoteTick",
            "instrument_id": str(self.instrument_id),
            "bid_price": text_of(self.bid_raw, self.price_precision),
            "ask_price": text_of(self.ask_raw, self.price_precision),
            "bid_size": text_of(self.bid_size_raw, self.size_precision),
            "ask_size": text_of(self.ask_size_raw, self.size_precision),
            "ts_event": self.ts_event,
            "ts_init": self.ts_init,
        }

    @staticmethod
    def from_dict(values: Mapping[str, Any]) -> "QuoteTick":
        """Return the quote that `to_dict` spelled."""
        try:
            return QuoteTick(
                instrument_id_of_text(values["instrument_id"]),
                price_of_text(values["bid_price"]),
                price_of_text(values["ask_price"]),
                quantity_of_text(values["bid_size"]),
                quantity_of_text(values["ask_size"]),
                values["ts_event"],
                values["ts_init"],
            )
        except KeyError as error:
            raise missing_key("QuoteTick", error) from None

    def _equals(self, other: "QuoteTick") -> bool:
        return (
            self.ts_init == other.ts_init
            and self.bid_raw == other.bid_raw
            and self.ask_raw == other.ask_raw
            and self.bid_size_raw == other.bid_size_raw
            and self.ask_size_raw == other.ask_size_raw
            and self.price_precision == other.price_precision
            and self.size_precision == other.size_precision
            and self.ts_event == other.ts_event
            and bool(self.instrument_id == other.instrument_id)
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, QuoteTick) and self._equals(other)

    def __hash__(self) -> int:
        return hash((self.instrument_id, self.bid_raw, self.ask_raw, self.ts_event, self.ts_init))

    def __str__(self) -> str:
        return (
            f"{self.instrument_id},{self.bid_price},{self.ask_price},"
            f"{self.bid_size},{self.ask_size},{self.ts_event}"
        )

    def __repr__(self) -> str:
        return f"QuoteTick({self})"

    def __reduce__(self) -> tuple[Any, ...]:
        return quote_from_raw, (
            self.instrument_id,
            self.bid_raw,
            self.ask_raw,
            self.bid_size_raw,
            self.ask_size_raw,
            self.price_precision,
            self.size_precision,
            self.ts_event,
            self.ts_init,
        )


def quote_from_raw(
    instrument_id: InstrumentId,
    bid: int,
    ask: int,
    bid_size: int,
    ask_size: int,
    price_precision: int,
    size_precision: int,
    ts_event: int,
    ts_init: int,
) -> QuoteTick:
    """Return a quote from the integers of its columns, unchecked."""
    quote = QuoteTick.__new__(QuoteTick)
    quote.instrument_id = instrument_id
    quote.bid_raw = bid
    quote.ask_raw = ask
    quote.bid_size_raw = bid_size
    quote.ask_size_raw = ask_size
    quote.price_precision = price_precision
    quote.size_precision = size_precision
    quote.ts_event = ts_event
    quote.ts_init = ts_init
    return quote


def middle_of(first: int, second: int, precision: int) -> tuple[int, int]:
    """Return half of a sum of raws and its precision: one more, where 18 digits hold it."""
    # Plain Python integers: five times the sum of two 18-digit numbers does not fit 64 bits.
    total = first + second
    if precision < 18 and abs(total) * 5 <= RAW_MAX:
        return total * 5, precision + 1
    half, odd = divmod(total, 2)
    return half + (odd and half % 2), precision


def _no_price_type(instrument_id: InstrumentId, price_type: PriceType) -> DataError:
    return DataError(
        f"a quote has no {price_type}",
        place=f"QuoteTick of {instrument_id}",
        cure="Ask for BID, ASK or MID",
    )
