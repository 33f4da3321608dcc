"""Instruments that are delivered at once, or never: shares, pairs, commodities, CFDs, indices."""

from msgspec.structs import force_setattr

from argosy.model.currency import Currency
from argosy.model.enums import AssetClass, CurrencyType, InstrumentClass
from argosy.model.instruments.base import DERIVED, ONE, Instrument
from argosy.model.values import Quantity


class Equity(Instrument, frozen=True, kw_only=True):
    """A share of a company, or a fund; whole shares unless `size_increment` says otherwise.

    Parameters
    ----------
    isin : the security's international number
    """

    asset_class: AssetClass = AssetClass.EQUITY
    instrument_class: InstrumentClass = InstrumentClass.SPOT
    base_currency: Currency | None = None
    settlement_currency: Currency = DERIVED
    size_increment: Quantity = ONE
    multiplier: Quantity = ONE
    lot_size: Quantity | None = ONE
    isin: str | None = None


class CurrencyPair(Instrument, frozen=True, kw_only=True):
    """One currency in terms of another; a commission may be taken in the base currency.

    The asset class is CRYPTOCURRENCY where either currency is one, else FX.
    """

    base_currency: Currency
    settlement_currency: Currency = DERIVED
    size_increment: Quantity
    multiplier: Quantity = ONE
    asset_class: AssetClass = DERIVED
    instrument_class: InstrumentClass = InstrumentClass.SPOT

    def __post_init__(self) -> None:
        """Derive the asset class, then check everything."""
        if self.asset_class is None:
            kinds = {
                getattr(currency, "currency_type", None)
                for currency in (self.base_currency, self.quote_currency)
            }
            is_crypto = CurrencyType.CRYPTO in kinds
            derived = AssetClass.CRYPTOCURRENCY if is_crypto else AssetClass.FX
            force_setattr(self, "asset_class", derived)
        super().__post_init__()


class Commodity(Instrument, frozen=True, kw_only=True):
    """A commodity at spot; its price can be below zero."""

    asset_class: AssetClass = AssetClass.COMMODITY
    instrument_class: InstrumentClass = InstrumentClass.SPOT
    base_currency: Currency | None = None
    settlement_currency: Currency = DERIVED
    size_increment: Quantity = ONE
    multiplier: Quantity = ONE

    @property
    def allows_negative_price(self) -> bool:
        """Whether a price below zero can be right."""
        return True


class Cfd(Instrument, frozen=True, kw_only=True):
    """A contract for the difference of a price, without delivery."""

    asset_class: AssetClass
    instrument_class: InstrumentClass = InstrumentClass.CFD
    base_currency: Currency | None = None
    settlement_currency: Currency = DERIVED
    size_increment: Quantity = ONE
    multiplier: Quantity = ONE


class IndexInstrument(Instrument, frozen=True, kw_only=True):
    """An index: a reference that nobody can trade; options on it settle in cash."""

    is_tradable = False

    asset_class: AssetClass = AssetClass.INDEX
    instrument_class: InstrumentClass = InstrumentClass.SPOT
    base_currency: Currency | None = None
    settlement_currency: Currency = DERIVED
    size_increment: Quantity = ONE
    multiplier: Quantity = ONE
