"""Fee models: what a fill costs. Above zero it is a cost, below zero a rebate."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from argosy.model.enums import LiquiditySide
from argosy.model.money import Money, money_from_raw
from argosy.model.terms import BETTING, INVERSE, terms_of
from argosy.parts.fee_model import FeeModel

if TYPE_CHECKING:
    from argosy.model.currency import Currency
    from argosy.model.events.order import OrderInitialized
    from argosy.model.identifiers import InstrumentId
    from argosy.model.instruments import Instrument
    from argosy.model.values import Price, Quantity
    from argosy_sim.part_settings import FixedSettings, MakerTakerSettings, PerContractSettings

_MAKER = LiquiditySide.MAKER


class MakerTakerFees:
    """A part of the notional value: one rate for giving liquidity, one for taking it.

    The notional has no sign: at a price below zero a rate costs, and a rebate pays, all the same.
    The fee is rounded once, half away from zero, to the decimals of its currency.
    """

    charges_once = False

    def __init__(self, settings: MakerTakerSettings | None = None) -> None:
        self._maker = None if settings is None else settings.maker
        self._taker = None if settings is None else settings.taker
        self._rates: dict[InstrumentId, _Rates] = {}

    def commission(
        self,
        order: OrderInitialized,
        last_qty: Quantity,
        last_px: Price,
        liquidity_side: LiquiditySide,
        instrument: Instrument,
    ) -> Money:
        """Return the fee of a fill."""
        rates = self._rates.get(order.instrument_id)
        if rates is None or rates.instrument is not instrument:
            rates = _Rates(instrument, self._maker, self._taker)
            self._rates[order.instrument_id] = rates
        return rates.fee(last_qty, last_px, liquidity_side)


class _Rates:
    """The rates of one instrument as integers."""

    def __init__(
        self, instrument: Instrument, maker: Decimal | None, taker: Decimal | None
    ) -> None:
        terms = terms_of(instrument)
        self.instrument = instrument
        self._currency: Currency = terms.cost
        self._free = Money.zero(terms.cost)
        self._maker = _ratio(instrument.maker_fee if maker is None else maker)
        self._taker = _ratio(instrument.taker_fee if taker is None else taker)
        self._multiplier = terms.multiplier_raw
        # The price multiplies, divides (inverse), or is odds, which a stake does not depend on.
        self._power = -1 if terms.kind == INVERSE else 0 if terms.kind == BETTING else 1
        self._digits = terms.multiplier_precision - terms.cost_decimals

    def fee(self, quantity: Quantity, price: Price, side: LiquiditySide) -> Money:
        part, whole = self._maker if side is _MAKER else self._taker
        if part == 0:
            return self._free
        part *= quantity.raw * self._multiplier
        digits = self._digits + quantity.precision + self._power * price.precision
        if self._power > 0:
            part *= abs(price.raw)
        elif self._power < 0:
            whole *= price.raw
        if digits > 0:
            whole *= 10**digits
        else:
            part *= 10**-digits
        return money_from_raw(_rounded(part, whole), self._currency)


class FixedFees(FeeModel):
    """The same amount for each order, with its first fill, or for each of its fills."""

    def __init__(self, settings: FixedSettings) -> None:
        self.charges_once = settings.charge_once
        self._fee = settings.commission

    def commission(
        self,
        order: OrderInitialized,
        last_qty: Quantity,
        last_px: Price,
        liquidity_side: LiquiditySide,
        instrument: Instrument,
    ) -> Money:
        """Return the fee of a fill that pays one."""
        return self._fee


class PerContractFees(FeeModel):
    """An amount for each contract."""

    def __init__(self, settings: PerContractSettings) -> None:
        self._fee = settings.commission

    def commission(
        self,
        order: OrderInitialized,
        last_qty: Quantity,
        last_px: Price,
        liquidity_side: LiquiditySide,
        instrument: Instrument,
    ) -> Money:
        """Return the fee of a fill."""
        raw = _rounded(self._fee.raw * last_qty.raw, 10**last_qty.precision)
        return money_from_raw(raw, self._fee.currency)


def _ratio(rate: Decimal) -> tuple[int, int]:
    return rate.as_integer_ratio()


def _rounded(part: int, whole: int) -> int:
    """Return the quotient, half away from zero; `whole` is above zero."""
    if part < 0:
        return -((whole - 2 * part) // (2 * whole))
    return (whole + 2 * part) // (2 * whole)
