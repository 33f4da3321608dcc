"""Trades: what was bought and sold at a venue, and who came to whom."""

from collections.abc import Mapping
from typing import Any

from argosy.errors import DataError
from argosy.model.codec import instrument_id_of_text
from argosy.model.data.checks import instrument_id_of, missing_key, price_of, quantity_of, time_of
from argosy.model.enums import AggressorSide
from argosy.model.identifiers import InstrumentId, TradeId
from argosy.model.spelling import price_of_text, quantity_of_text, text_of
from argosy.model.values import Price, Quantity, price_from_raw, quantity_from_raw


class TradeTick:
    """One trade.

    Parameters
    ----------
    size : above zero
    aggressor_side : who took liquidity
    trade_id : the venue's name for it, at most 36 characters
    ts_event : ns, when it happened at the source
    ts_init : ns, when it became known here
    """

    __slots__ = (
        "_trade_id",
        "aggressor",
        "instrument_id",
        "price_precision",
        "price_raw",
        "size_precision",
        "size_raw",
        "ts_event",
        "ts_init",
    )

    instrument_id: InstrumentId
    price_raw: int
    size_raw: int
    price_precision: int
    size_precision: int
    aggressor: int
    _trade_id: str
    ts_event: int
    ts_init: int

    def __init__(
        self,
        instrument_id: InstrumentId,
        price: Price,
        size: Quantity,
        aggressor_side: AggressorSide,
        trade_id: TradeId,
        ts_event: int,
        ts_init: int,
    ) -> None:
        self.instrument_id = instrument_id_of(instrument_id, "TradeTick")
        self.aggressor = AggressorSide(aggressor_side).code
        self._trade_id = TradeId(trade_id)
        self.ts_event = time_of(ts_event, "TradeTick", "ts_event")
        self.ts_init = time_of(ts_init, "TradeTick", "ts_init")
        self._take(price, size)

    def _take(self, price: Price, size: Quantity) -> int:
        owner = f"TradeTick of {self.instrument_id}"
        checked = price_of(price, owner, "price")
        quantity = quantity_of(size, owner, "size")
        if quantity.raw <= 0:
            raise DataError(
                f"the size is {quantity}", place=owner, cure="A trade has a size above zero"
            )
        self.price_raw = checked.raw
        self.size_raw = quantity.raw
        self.price_precision = checked.precision
        self.size_precision = quantity.precision
        return 0

    @property
    def price(self) -> Price:
        """The price of the trade."""
        return price_from_raw(self.price_raw, self.price_precision)

    @property
    def size(self) -> Quantity:
        """The size of the trade."""
        return quantity_from_raw(self.size_raw, self.size_precision)

    @property
    def aggressor_side(self) -> AggressorSide:
        """Who took liquidity."""
        return AggressorSide.from_code(self.aggressor)

    @property
    def trade_id(self) -> TradeId:
        """The venue's name for the trade."""
        if not isinstance(self._trade_id, TradeId):
            self._trade_id = TradeId(self._trade_id)
        return self._trade_id

    def to_dict(self) -> dict[str, Any]:
        """Return the trade as JSON would spell it."""
        return {
            "type": "TradeTick",
            "instrument_id": str(self.instrument_id),
            "price": text_of(self.price_raw, self.price_precision),
            "size": text_of(self.size_raw, self.size_precision),
            "aggressor_side": self.aggressor_side.value,
            "trade_id": str(self._trade_id),
            "ts_event": self.ts_event,
            "ts_init": self.ts_init,
        }

    @staticmethod
    def from_dict(values: Mapping[str, Any]) -> "TradeTick":
        """Return the trade that `to_dict` spelled."""
        try:
            return TradeTick(
                instrument_id_of_text(values["instrument_id"]),
                price_of_text(values["price"]),
                quantity_of_text(values["size"]),
                AggressorSide.from_str(values["aggressor_side"]),
                TradeId(values["trade_id"]),
                values["ts_event"],
                values["ts_init"],
            )
        except KeyError as error:
            raise missing_key("TradeTick", error) from None

    def _equals(self, other: "TradeTick") -> bool:
        return (
            self.ts_init == other.ts_init
            and self.price_raw == other.price_raw
            and self.size_raw == other.size_raw
            and self.price_precision == other.price_precision
            and self.size_precision == other.size_precision
            and self.aggressor == other.aggressor
            and self.ts_event == other.ts_event
            and bool(self._trade_id == other._trade_id)
            and bool(self.instrument_id == other.instrument_id)
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TradeTick) and self._equals(other)

    def __hash__(self) -> int:
        return hash((self.instrument_id, self._trade_id, self.price_raw, self.ts_event))

    def __str__(self) -> str:
        return (
            f"{self.instrument_id},{self.price},{self.size},"
            f"{self.aggressor_side},{self._trade_id},{self.ts_event}"
        )

    def __repr__(self) -> str:
        return f"TradeTick({self})"

    def __reduce__(self) -> tuple[Any, ...]:
        return trade_from_raw, (
            self.instrument_id,
            self.price_raw,
            self.size_raw,
            self.aggressor,
            self._trade_id,
            self.price_precision,
            self.size_precision,
            self.ts_event,
            self.ts_init,
        )


def trade_from_raw(
    instrument_id: InstrumentId,
    price: int,
    size: int,
    aggressor: int,
    trade_id: str,
    price_precision: int,
    size_precision: int,
    ts_event: int,
    ts_init: int,
) -> TradeTick:
    """Return a trade from the integers of its columns, unchecked."""
    trade = TradeTick.__new__(TradeTick)
    trade.instrument_id = instrument_id
    trade.price_raw = price
    trade.size_raw = size
    trade.aggressor = aggressor
    trade._trade_id = trade_id
    trade.price_precision = price_precision
    trade.size_precision = size_precision
    trade.ts_event = ts_event
    trade.ts_init = ts_init
    return trade
