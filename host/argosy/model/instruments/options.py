"""Options, and bets on a yes or no that are quoted like them."""

from msgspec.structs import force_setattr

from argosy.model.currency import Currency
from argosy.model.enums import AssetClass, InstrumentClass, OptionKind
from argosy.model.instruments.base import DERIVED, ONE, ExpiringInstrument
from argosy.model.instruments.futures import CryptoExpiring
from argosy.model.values import Price, Quantity


class OptionContract(ExpiringInstrument, frozen=True, kw_only=True):
    """An option on anything but a crypto-asset.

    Parameters
    ----------
    underlying : what it is on
    exchange : the market's code (ISO 10383)
    """

    asset_class: AssetClass
    instrument_class: InstrumentClass = InstrumentClass.OPTION
    underlying: str
    option_kind: OptionKind
    strike_price: Price
    base_currency: Currency | None = None
    settlement_currency: Currency = DERIVED
    size_increment: Quantity = ONE
    multiplier: Quantity
    lot_size: Quantity | None = ONE
    exchange: str | None = None


class CryptoOption(CryptoExpiring, frozen=True, kw_only=True):
    """An option on a crypto-asset."""

    option_kind: OptionKind
    strike_price: Price
    instrument_class: InstrumentClass = InstrumentClass.OPTION


class BinaryOption(ExpiringInstrument, frozen=True, kw_only=True):
    """A claim that pays 1 if an outcome comes true, else 0; prices are from 0 to 1.

    Parameters
    ----------
    outcome : such as Yes
    description : what is asked
    """

    base_currency: Currency | None = None
    settlement_currency: Currency = DERIVED
    size_increment: Quantity
    multiplier: Quantity = ONE
    asset_class: AssetClass = AssetClass.ALTERNATIVE
    instrument_class: InstrumentClass = InstrumentClass.BINARY_OPTION
    max_price: Price | None = DERIVED
    min_price: Price | None = DERIVED
    outcome: str | None = None
    description: str | None = None

    def __post_init__(self) -> None:
        """Bound the price, then check everything."""
        if self.max_price is None:
            force_setattr(self, "max_price", Price.from_int(1))
        if self.min_price is None:
            force_setattr(self, "min_price", Price.from_int(0))
        super().__post_init__()
