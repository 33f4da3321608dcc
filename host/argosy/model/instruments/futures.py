"""Futures and perpetual swaps."""

from msgspec.structs import force_setattr

from argosy.errors import DataError
from argosy.model.currency import Currency
from argosy.model.enums import AssetClass, InstrumentClass
from argosy.model.instruments.base import DERIVED, ONE, ExpiringInstrument, Instrument
from argosy.model.values import Quantity


class FuturesContract(ExpiringInstrument, frozen=True, kw_only=True):
    """A future on anything but a crypto-asset.

    Parameters
    ----------
    underlying : what it is on
    exchange : the market's code (ISO 10383)
    """

    asset_class: AssetClass
    instrument_class: InstrumentClass = InstrumentClass.FUTURE
    underlying: str
    base_currency: Currency | None = None
    settlement_currency: Currency = DERIVED
    size_increment: Quantity = ONE
    multiplier: Quantity
    lot_size: Quantity | None = ONE
    exchange: str | None = None


class CryptoPerpetual(Instrument, frozen=True, kw_only=True):
    """A perpetual swap on a crypto-asset; linear, inverse or quanto."""

    base_currency: Currency
    settlement_currency: Currency
    size_increment: Quantity
    multiplier: Quantity = ONE
    asset_class: AssetClass = AssetClass.CRYPTOCURRENCY
    instrument_class: InstrumentClass = InstrumentClass.SWAP


class CryptoExpiring(ExpiringInstrument, frozen=True, kw_only=True):
    """A contract on a crypto-asset that expires; the underlying is the base currency."""

    underlying: Currency
    base_currency: Currency | None = DERIVED
    settlement_currency: Currency
    size_increment: Quantity
    multiplier: Quantity = ONE
    asset_class: AssetClass = AssetClass.CRYPTOCURRENCY

    def __post_init__(self) -> None:
        """Derive the base currency, then check everything."""
        if self.base_currency is None:
            force_setattr(self, "base_currency", self.underlying)
        if self.base_currency != self.underlying:
            raise DataError(
                f"base_currency {self.base_currency} is not the underlying {self.underlying}",
                place=f"{type(self).__name__} {self.id}",
                cure="Leave base_currency out",
            )
        super().__post_init__()


class CryptoFuture(CryptoExpiring, frozen=True, kw_only=True):
    """A future on a crypto-asset that is delivered at a date."""

    instrument_class: InstrumentClass = InstrumentClass.FUTURE
