"""Bars: what prices did in one interval."""

from collections.abc import Mapping
from typing import Any

from argosy.errors import DataError
from argosy.model.bar_type import BarType
from argosy.model.data.checks import (
    bar_type_of,
    missing_key,
    price_of,
    quantity_of,
    same_precision,
    time_of,
)
from argosy.model.spelling import price_of_text, quantity_of_text, text_of
from argosy.model.values import Price, Quantity, price_from_raw, quantity_from_raw


class Bar:
    """Open, high, low, close and volume of one interval.

    Parameters
    ----------
    open, high, low, close : of one precision; no price is above `high` or below `low`
    ts_event : ns, when the interval ended
    ts_init : ns, when the bar became known here
    is_revision : whether it replaces an earlier bar of the same interval
    """

    __slots__ = (
        "bar_type",
        "close_raw",
        "high_raw",
        "is_revision",
        "low_raw",
        "open_raw",
        "price_precision",
        "size_precision",
        "ts_event",
        "ts_init",
        "volume_raw",
    )

    bar_type: BarType
    open_raw: int
    high_raw: int
    low_raw: int
    close_raw: int
    volume_raw: int
    price_precision: int
    size_precision: int
    is_revision: bool
    ts_event: int
    ts_init: int

    def __init__(
        self,
        bar_type: BarType,
        open: Price,
        high: Price,
        low: Price,
        close: Price,
        volume: Quantity,
        ts_event: int,
        ts_init: int,
        is_revision: bool = False,  # noqa: FBT001, FBT002 - the order that users know
    ) -> None:
        self.bar_type = bar_type_of(bar_type, "Bar")
        self.ts_event = time_of(ts_event, "Bar", "ts_event")
        self.ts_init = time_of(ts_init, "Bar", "ts_init")
        self.is_revision = is_revision
        owner = f"Bar of {bar_type}"
        self.price_precision = price_of(close, owner, "close").precision
        self.open_raw = self._price(open, owner, "open")
        self.high_raw = self._price(high, owner, "high")
        self.low_raw = self._price(low, owner, "low")
        self.close_raw = self._price(close, owner, "close")
        self._take_volume(volume, owner)
        self._check_range(owner)

    def _price(self, value: Price, owner: str, name: str) -> int:
        checked = price_of(value, owner, name)
        same_precision(checked.precision, self.price_precision, owner, f"{name} and close")
        return checked.raw

    def _take_volume(self, volume: Quantity, owner: str) -> int:
        quantity = quantity_of(volume, owner, "volume")
        self.volume_raw = quantity.raw
        self.size_precision = quantity.precision
        return 0

    def _check_range(self, owner: str) -> int:
        if self.high_raw < max(self.open_raw, self.low_raw, self.close_raw):
            raise DataError(
                f"high {self.high} is not the highest price",
                place=f"{owner} at {self.ts_event}",
                cure="Give a high at or above open, low and close",
            )
        if self.low_raw > min(self.open_raw, self.close_raw):
            raise DataError(
                f"low {self.low} is not the lowest price",
                place=f"{owner} at {self.ts_event}",
                cure="Give a low at or below open and close",
            )
        return 0

    @property
    def open(self) -> Price:
        """The first price."""
        return price_from_raw(self.open_raw, self.price_precision)

    @property
    def high(self) -> Price:
        """The highest price."""
        return price_from_raw(self.high_raw, self.price_precision)

    @property
    def low(self) -> Price:
        """The lowest price."""
        return price_from_raw(self.low_raw, self.price_precision)

    @property
    def close(self) -> Price:
        """The last price."""
        return price_from_raw(self.close_raw, self.price_precision)

    @property
    def volume(self) -> Quantity:
        """What was traded."""
        return quantity_from_raw(self.volume_raw, self.size_precision)

    def is_single_price(self) -> bool:
        """Tell whether open, high, low and close are one price."""
        return self.high_raw == self.low_raw

    def to_dict(self) -> dict[str, Any]:
        """Return the bar as JSON would spell it."""
        return {
            "type": "Bar",
            "bar_type": str(self.bar_type),
            "open": text_of(self.open_raw, self.price_precision),
            "high": text_of(self.high_raw, self.price_precision),
            "low": text_of(self.low_raw, self.price_precision),
            "close": text_of(self.close_raw, self.price_precision),
            "volume": text_of(self.volume_raw, self.size_precision),
            "ts_event": self.ts_event,
            "ts_init": self.ts_init,
            "is_revision": self.is_revision,
        }

    @staticmethod
    def from_dict(values: Mapping[str, Any]) -> "Bar":
        """Return the bar that `to_dict` spelled."""
        try:
            return Bar(
                BarType.from_str(values["bar_type"]),
                price_of_text(values["open"]),
                price_of_text(values["high"]),
                price_of_text(values["low"]),
                price_of_text(values["close"]),
                quantity_of_text(values["volume"]),
                values["ts_event"],
                values["ts_init"],
                values.get("is_revision", False),
            )
        except KeyError as error:
            raise missing_key("Bar", error) from None

    def _equals(self, other: "Bar") -> bool:
        return (
            self.ts_init == other.ts_init
            and self.open_raw == other.open_raw
            and self.high_raw == other.high_raw
            and self.low_raw == other.low_raw
            and self.close_raw == other.close_raw
            and self.volume_raw == other.volume_raw
            and self.price_precision == other.price_precision
            and self.size_precision == other.size_precision
            and self.is_revision == other.is_revision
            and self.ts_event == other.ts_event
            and bool(self.bar_type == other.bar_type)
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Bar) and self._equals(other)

    def __hash__(self) -> int:
        return hash((self.bar_type, self.open_raw, self.close_raw, self.ts_event, self.ts_init))

    def __str__(self) -> str:
        return (
            f"{self.bar_type},{self.open},{self.high},{self.low},{self.close},"
            f"{self.volume},{self.ts_event}"
        )

    def __repr__(self) -> str:
        return f"Bar({self})"

    def __reduce__(self) -> tuple[Any, ...]:
        return bar_from_raw, (
            self.bar_type,
            self.open_raw,
            self.high_raw,
            self.low_raw,
            self.close_raw,
            self.volume_raw,
            self.price_precision,
            self.size_precision,
            self.ts_event,
            self.ts_init,
            self.is_revision,
        )


def bar_from_raw(
    bar_type: BarType,
    open: int,
    high: int,
    low: int,
    close: int,
    volume: int,
    price_precision: int,
    size_precision: int,
    ts_event: int,
    ts_init: int,
    is_revision: bool = False,  # noqa: FBT001, FBT002 - a C signature has no keywords
) -> Bar:
    """Return a bar from the integers of its columns, unchecked."""
    bar = Bar.__new__(Bar)
    bar.bar_type = bar_type
    bar.open_raw = open
    bar.high_raw = high
    bar.low_raw = low
    bar.close_raw = close
    bar.volume_raw = volume
    bar.price_precision = price_precision
    bar.size_precision = size_precision
    bar.is_revision = is_revision
    bar.ts_event = ts_event
    bar.ts_init = ts_init
    return bar
