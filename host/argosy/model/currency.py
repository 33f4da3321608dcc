"""Currencies and their registry."""

from typing import Any, NoReturn

from argosy.errors import DuplicateNameError, PrecisionError, UnknownNameError, ValueRangeError
from argosy.model.currency_table import COMMODITIES, CRYPTO, FIAT
from argosy.model.enums import CurrencyType

_REGISTRY: dict[str, "Currency"] = {}


class Currency:
    """A currency: immutable, and equal only to one of the same definition.

    Parameters
    ----------
    code : such as USD or BTC
    precision : decimals that amounts are kept and rounded at, 0 to 18
    iso4217 : the standard's number, 0 where it has none
    name : in full
    currency_type : what stands behind it
    """

    __slots__ = ("code", "currency_type", "iso4217", "name", "precision")

    code: str
    precision: int
    iso4217: int
    name: str
    currency_type: CurrencyType

    def __init__(
        self,
        code: str,
        precision: int,
        iso4217: int = 0,
        name: str = "",
        currency_type: CurrencyType = CurrencyType.FIAT,
    ) -> None:
        if not code or not code.isascii() or not code.isprintable() or " " in code:
            raise ValueRangeError(f"Currency({code!r}): a code is printable ASCII without spaces")
        if type(precision) is not int or not 0 <= precision <= 18:
            raise PrecisionError(f"Currency({code!r}): precision is 0 to 18, was {precision!r}")
        fields = (code, CurrencyType(currency_type), iso4217, name or code, precision)
        for field, value in zip(self.__slots__, fields, strict=True):
            object.__setattr__(self, field, value)

    @classmethod
    def from_str(cls, code: str) -> "Currency":
        """Return the registered currency of a code.

        Raises
        ------
        UnknownNameError : nobody registered it; `register_currency` does
        """
        try:
            return _REGISTRY[code]
        except KeyError:
            raise UnknownNameError("currency", code, _REGISTRY) from None

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"a Currency cannot be changed: {name}")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"a Currency cannot be changed: {name}")

    def _key(self) -> tuple[Any, ...]:
        return (self.code, self.precision, self.iso4217, self.name, self.currency_type)

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Currency):
            return NotImplemented
        return self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self.code)

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, self._key()

    def __str__(self) -> str:
        return self.code

    def __repr__(self) -> str:
        return f"Currency({self.code!r}, precision={self.precision})"


def _restore(code: str, *rest: Any) -> Currency:
    """Unpickle to the registered object where it is the same currency."""
    currency = Currency(code, *rest)
    known = _REGISTRY.get(code)
    return known if known is not None and known == currency else currency


def register_currency(currency: Currency, overwrite: bool = False) -> None:  # noqa: FBT001, FBT002 (as users know it)
    """Make a currency known by its code.

    Raises
    ------
    DuplicateNameError : the code has another definition and `overwrite` is not set
    """
    known = _REGISTRY.get(currency.code)
    if known == currency:
        return
    if known is not None and not overwrite:
        message = f"currency {currency.code} is registered with precision {known.precision}"
        raise DuplicateNameError(message, cure="Pass overwrite=True to replace it")
    _REGISTRY[currency.code] = currency


def _fill() -> None:
    for code, precision, number, name in FIAT:
        _REGISTRY[code] = Currency(code, precision, number, name, CurrencyType.FIAT)
    for code, precision, number, name in COMMODITIES:
        _REGISTRY[code] = Currency(code, precision, number, name, CurrencyType.COMMODITY_BACKED)
    for code, precision, name in CRYPTO:
        _REGISTRY[code] = Currency(code, precision, 0, name, CurrencyType.CRYPTO)


_fill()

AUD = Currency.from_str("AUD")
CAD = Currency.from_str("CAD")
CHF = Currency.from_str("CHF")
EUR = Currency.from_str("EUR")
GBP = Currency.from_str("GBP")
JPY = Currency.from_str("JPY")
NZD = Currency.from_str("NZD")
USD = Currency.from_str("USD")
BTC = Currency.from_str("BTC")
ETH = Currency.from_str("ETH")
USDC = Currency.from_str("USDC")
USDT = Currency.from_str("USDT")
