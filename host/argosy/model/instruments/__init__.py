"""What is traded: one class for each kind of instrument."""

from collections.abc import Mapping
from typing import Any

from argosy.errors import DataError, UnknownNameError
from argosy.model.codec import convert
from argosy.model.instruments.base import ExpiringInstrument, Instrument
from argosy.model.instruments.betting import BettingInstrument, betting_instrument_id
from argosy.model.instruments.formula import Formula, compile_formula
from argosy.model.instruments.futures import CryptoFuture, CryptoPerpetual, FuturesContract
from argosy.model.instruments.options import BinaryOption, CryptoOption, OptionContract
from argosy.model.instruments.spot import (
    Cfd,
    Commodity,
    CurrencyPair,
    Equity,
    IndexInstrument,
)
from argosy.model.instruments.synthetic import SyntheticInstrument
from argosy.model.instruments.tick_scheme import (
    FixedTickScheme,
    TickScheme,
    TieredTickScheme,
    register_tick_scheme,
    tick_scheme,
)

__all__ = [
    "INSTRUMENT_CLASSES",
    "BettingInstrument",
    "BinaryOption",
    "Cfd",
    "Commodity",
    "CryptoFuture",
    "CryptoOption",
    "CryptoPerpetual",
    "CurrencyPair",
    "Equity",
    "ExpiringInstrument",
    "FixedTickScheme",
    "Formula",
    "FuturesContract",
    "IndexInstrument",
    "Instrument",
    "OptionContract",
    "SyntheticInstrument",
    "TickScheme",
    "TieredTickScheme",
    "betting_instrument_id",
    "compile_formula",
    "instrument_from_dict",
    "register_tick_scheme",
    "tick_scheme",
]

# What the "type" of a definition may name.
INSTRUMENT_CLASSES: dict[str, type[Instrument]] = {
    each.__name__: each
    for each in (
        BettingInstrument,
        BinaryOption,
        Cfd,
        Commodity,
        CryptoFuture,
        CryptoOption,
        CryptoPerpetual,
        CurrencyPair,
        Equity,
        FuturesContract,
        IndexInstrument,
        OptionContract,
    )
}


def instrument_from_dict(values: Mapping[str, Any]) -> Instrument:
    """Return the instrument that a mapping describes; its key "type" names the class.

    Raises
    ------
    UnknownNameError : no class has this name
    DataError : a field is missing, unknown or wrong
    """
    name = values.get("type")
    if not isinstance(name, str):
        raise DataError("the key 'type' is missing", place="instrument", cure='Add type = "Equity"')
    kind = INSTRUMENT_CLASSES.get(name)
    if kind is None:
        raise UnknownNameError("instrument class", name, INSTRUMENT_CLASSES, place="instrument")
    return convert(dict(values), kind)
