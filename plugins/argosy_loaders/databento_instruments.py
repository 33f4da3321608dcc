"""Definitions of Databento as instruments."""

from decimal import Decimal
from typing import Any

from argosy.errors import DataError
from argosy.model.currency import Currency
from argosy.model.enums import AssetClass, OptionKind
from argosy.model.identifiers import InstrumentId, Symbol
from argosy.model.instruments import Equity, FuturesContract, Instrument, OptionContract
from argosy.model.values import Price, Quantity
from argosy_loaders.databento_settings import DatabentoSettings
from argosy_loaders.dbn_file import UNDEF_PRICE, UNDEF_TIME

UNDEF_COUNT = 2**31 - 1
_DELETED = "D"

_ASSETS = {
    # The second letter of the CFI code (ISO 10962) of futures says what they are on.
    "FC": AssetClass.COMMODITY,
    "FFC": AssetClass.FX,
    "FFI": AssetClass.INDEX,
    "FFS": AssetClass.EQUITY,
    "FFD": AssetClass.DEBT,
    "FFN": AssetClass.DEBT,
}


def instrument_of(
    definition: Any, venue: str, settings: DatabentoSettings, place: str
) -> Instrument | None:
    """Return the instrument that a record defines; None for a kind that is not known here.

    Raises
    ------
    DataError : with the record
    """
    try:
        kind = str(definition.instrument_class)
        if str(definition.security_update_action) == _DELETED or kind not in {*"FKCP"}:
            return None  # spreads, bonds and spot instruments have no definition here
        return _instrument(definition, kind, venue, settings)
    except Exception as error:  # also what the vendor's object raises at damaged text
        message = " ".join(str(error).split())
        raise DataError(message, place=place, cure="Correct the definition") from error


def _instrument(definition: Any, kind: str, venue: str, settings: DatabentoSettings) -> Instrument:
    increment = settings.price_increment
    if 0 < definition.min_price_increment < UNDEF_PRICE:
        increment = Price(_exact(definition.min_price_increment))
    given: dict[str, Any] = {
        "id": InstrumentId(definition.raw_symbol, venue),
        "raw_symbol": Symbol(definition.raw_symbol),
        "quote_currency": Currency.from_str(definition.currency or "USD"),
        "price_increment": increment,
        "ts_event": definition.ts_event,
        "ts_init": definition.ts_recv,
    }
    if definition.settl_currency and definition.settl_currency != definition.currency:
        given["settlement_currency"] = Currency.from_str(definition.settl_currency)
    if kind == "K":
        lot = definition.min_lot_size_round_lot
        return Equity(lot_size=Quantity.from_int(lot if 0 < lot < UNDEF_COUNT else 1), **given)
    given |= {
        "asset_class": _asset_class(definition),
        "multiplier": _multiplier(definition),
        "activation_ns": _moment(definition.activation),
        "expiration_ns": _moment(definition.expiration),
        "exchange": definition.exchange or None,
        "underlying": definition.underlying or definition.asset,
    }
    if kind == "F":
        return FuturesContract(**given)
    if definition.strike_price == UNDEF_PRICE:
        raise DataError("the strike price of an option is undefined")
    return OptionContract(
        option_kind=OptionKind.CALL if kind == "C" else OptionKind.PUT,
        strike_price=Price(_exact(definition.strike_price)),
        **given,
    )


def _exact(raw: int) -> Decimal:
    """Return a number of 9 decimals without the zeros at its end."""
    number = Decimal(raw).scaleb(-9).normalize()
    exponent = number.as_tuple().exponent
    return number.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else number


def _multiplier(definition: Any) -> Quantity:
    count, unit = definition.contract_multiplier, definition.unit_of_measure_qty
    if 0 < count < UNDEF_COUNT:
        return Quantity.from_int(count)
    if 0 < unit < UNDEF_PRICE:
        return Quantity(_exact(unit))
    return Quantity.from_int(1)


def _moment(ns: int) -> int:
    """Return a time; one that is not defined is the last that there is."""
    return min(ns, 2**63 - 1) if ns != UNDEF_TIME else 2**63 - 1


def _asset_class(definition: Any) -> AssetClass:
    if definition.unit_of_measure == "IPNT":  # index points
        return AssetClass.INDEX
    code = str(definition.cfi)
    for prefix, asset in _ASSETS.items():
        if code.startswith(prefix):
            return asset
    # Options: the fourth letter; anything else is an equity or an index option of a stock market.
    fourth = code[3:4] if code.startswith("O") else ""
    assets = {"C": AssetClass.FX, "T": AssetClass.COMMODITY, "D": AssetClass.DEBT}
    assets |= {"I": AssetClass.INDEX, "F": AssetClass.COMMODITY, "S": AssetClass.EQUITY}
    return assets.get(fourth, AssetClass.EQUITY)
