"""Margin accounts: a part of the notional is held, gains and losses are booked when realised."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from argosy.errors import ValueRangeError
from argosy.model.accounts.account import Account, Rate
from argosy.model.accounts.balance import Lock, lock_of
from argosy.model.accounts.exposure import Exposure
from argosy.model.accounts.margin_models import LeveragedMarginModel, MarginModel
from argosy.model.accounts.stake import Stake
from argosy.model.enums import AccountType
from argosy.model.events.account import (
    REALIZED_PNL,
    TRADE_LEG,
    AccountFlow,
    AccountState,
    MarginBalance,
)
from argosy.model.grow import record
from argosy.model.money import Money, money_from_raw
from argosy.model.powers import ten_to
from argosy.model.terms import Terms, rounded, terms_of
from argosy.model.values import Quantity

if TYPE_CHECKING:
    from argosy.model.cost import OpenCost
    from argosy.model.currency import Currency
    from argosy.model.identifiers import AccountId, InstrumentId
    from argosy.model.instruments import Instrument
    from argosy.model.orders.working import WorkingOrder
    from argosy.model.values import Price

_REALIZED_PNL = REALIZED_PNL
_TRADE_LEG = TRADE_LEG


class MarginAccount(Account):
    """Holds initial margin for working orders and maintenance margin for the net position.

    What closes a position books its gain or loss. Options, warrants and binary options are paid in
    full at each fill. Losses may take a balance below zero; liquidation is the venue's business.

    Parameters
    ----------
    account_id : issuer and number
    base_currency : the one currency that it is kept in; None for several
    xrate : (from, to) -> what one unit of `from` is worth, None where nobody knows
    default_leverage, leverages : at least 1; for all instruments, and for some
    margin_model : by default notional / leverage x rate
    nets_worst_side : whether orders that would close a position hold nothing, and of the rest only
        the worse side counts
    """

    margin_model: MarginModel
    nets_worst_side: bool
    default_leverage: Decimal

    def __init__(
        self,
        account_id: AccountId,
        base_currency: Currency | None = None,
        *,
        xrate: Rate | None = None,
        default_leverage: Decimal | int = 1,
        leverages: dict[InstrumentId, Decimal] | None = None,
        margin_model: MarginModel | None = None,
        nets_worst_side: bool = False,
    ) -> None:
        super().__init__(
            account_id, AccountType.MARGIN, base_currency, xrate=xrate, may_borrow=True
        )
        self.margin_model = LeveragedMarginModel() if margin_model is None else margin_model
        self.nets_worst_side = nets_worst_side
        self.default_leverage = _leverage(default_leverage)
        self._leverages = {key: _leverage(each) for key, each in (leverages or {}).items()}
        self._calculates = False
        self._known: dict[InstrumentId | None, MarginBalance] = {}
        self._changed: dict[InstrumentId, MarginBalance] = {}

    # -- what it holds ----------------------------------------------------------------------------

    def leverage(self, instrument_id: InstrumentId) -> Decimal:
        """Return the leverage of an instrument."""
        return self._leverages.get(instrument_id, self.default_leverage)

    def leverages(self) -> dict[InstrumentId, Decimal]:
        """Return the leverages of instruments that have one of their own."""
        return dict(self._leverages)

    def set_default_leverage(self, leverage: Decimal) -> None:
        """Let instruments without a leverage of their own have another."""
        self.default_leverage = _leverage(leverage)
        self._forget_rates()

    def set_leverage(self, instrument_id: InstrumentId, leverage: Decimal) -> None:
        """Let an instrument have another leverage; what is held follows at the next event."""
        self._leverages[instrument_id] = _leverage(leverage)
        self._forget_rates()

    def margins(self) -> dict[InstrumentId | None, MarginBalance]:
        """Return the margins that are held, by instrument."""
        return dict(self._known)

    def margin(self, instrument_id: InstrumentId | None) -> MarginBalance | None:
        """Return the margins of an instrument, None where it holds none."""
        return self._known.get(instrument_id)

    def margin_init(self, instrument_id: InstrumentId) -> Money | None:
        """Return what the working orders of an instrument hold."""
        margin = self.margin(instrument_id)
        return None if margin is None else margin.initial

    def margin_maint(self, instrument_id: InstrumentId) -> Money | None:
        """Return what the position in an instrument holds."""
        margin = self.margin(instrument_id)
        return None if margin is None else margin.maintenance

    def total_margin_init(self, currency: Currency) -> Money:
        """Return what all working orders hold of a currency."""
        held = (each.initial for each in self._known.values() if each.currency == currency)
        return sum(held, Money(0, currency))

    def total_margin_maint(self, currency: Currency) -> Money:
        """Return what all positions hold of a currency."""
        held = (each.maintenance for each in self._known.values() if each.currency == currency)
        return sum(held, Money(0, currency))

    def need(self, order: WorkingOrder, stake: Stake, price: Price | None) -> Money | None:
        """Return the initial margin of the part of an order that would not close a position."""
        exposure = stake
        assert isinstance(exposure, Exposure)
        return self.need_beyond(order, exposure, price, exposure.closable(order.sign))

    def need_beyond(
        self, order: WorkingOrder, stake: Exposure, price: Price | None, closes: int
    ) -> Money | None:
        """Return the initial margin of an order beyond what it would close.

        Parameters
        ----------
        closes : how much of its side no other order will close (x 10^18)
        """
        if price is None:
            price = order.price if order.price is not None else order.trigger_price
        if price is None or order.is_reduce_only or not order.leaves_raw:
            return None
        raw = self._initial(order, stake, price)
        if closes or order.is_quote_quantity:  # an amount of that may buy nothing
            quantity = left_raw18(order, price)
            if closes >= quantity:
                raw = 0
            elif closes:
                raw = rounded(raw * (quantity - closes), quantity)
        return money_from_raw(raw, self._currency(stake.terms))

    def update_mark(self, instrument: Instrument, price: Price) -> bool:
        """Value positions of an instrument at a price from now on; tell whether margins changed."""
        exposure = self.stake(terms_of(instrument))
        assert isinstance(exposure, Exposure)
        exposure.mark = price
        return self._hold(exposure)

    def apply(self, event: AccountState) -> None:
        """Take over a state; a reported one replaces all margins, another those that it names."""
        Account.apply(self, event)
        if self._calculates:
            self._forget_exposures()
            self._changed = {}
        if event.is_reported:
            self._known = {}
        for margin in event.margins:
            initial, maintenance = margin.initial, margin.maintenance
            self._remember(margin, margin.instrument_id, initial.raw, maintenance.raw)

    # -- the way of a fill ------------------------------------------------------------------------

    def _new_stake(self, terms: Terms) -> Stake:
        return Exposure(terms)

    def _add_legs(
        self,
        out: list[AccountFlow],
        sign: int,
        quantity: Quantity,
        price: Price,
        gain: int,
        stake: Stake,
        cause: int,
    ) -> int:
        terms = stake.terms
        if terms.is_premium:
            paid = terms.notional_raw(price.raw, price.precision, quantity.raw, quantity.precision)
            return self._add_flow(out, _TRADE_LEG, -sign * paid, terms.cost, cause)
        if not gain:
            return 0
        return self._add_flow(out, _REALIZED_PNL, gain, terms.settlement, cause)

    def _lock(self, order: WorkingOrder, stake: Stake, price: Price | None) -> Lock | None:
        if price is None or order.is_reduce_only or not order.leaves_raw:
            return None
        exposure = stake
        assert isinstance(exposure, Exposure)
        raw = self._initial(order, exposure, price)
        return lock_of(self._currency(stake.terms), raw, left_raw18(order, price), order.sign)

    def _initial(self, order: WorkingOrder, stake: Exposure, price: Price) -> int:
        """Return the initial margin of the rest of an order, in the currency it is held in."""
        terms = stake.terms
        if not stake.has_rates:
            self._ask_rates(stake)
        rate = stake.initial_rate
        if rate is None:
            quantity = _quantity(left_raw18(order, price))
            held = self.margin_model.calculate_margin_init(
                terms.instrument, quantity, price, self.leverage(terms.instrument_id)
            )
            raw = abs(held.raw)  # a model may take a part of what is worth less than nothing
        elif order.is_quote_quantity:
            raw = terms.margin_raw(price.raw, price.precision, left_raw18(order, price), 18, rate)
        else:  # the same amount from smaller numbers
            raw = terms.margin_raw(
                price.raw, price.precision, order.leaves_raw, order.size_precision, rate
            )
        return raw if self.base_currency is None else self._in_base(raw, terms.cost)

    def _swap(self, old: Lock | None, new: Lock | None, stake: Stake) -> int:
        exposure = stake
        assert isinstance(exposure, Exposure)
        if old is not None:
            exposure.add_order(old, -1)
        if new is not None:
            exposure.add_order(new, 1)
        self._hold(exposure)
        return 0

    def position_changed(self, position: OpenCost, stake: Stake) -> bool:
        """Do what `update_position` does, for compiled callers."""
        exposure = stake
        assert isinstance(exposure, Exposure)
        exposure.place(position)
        return self._hold(exposure)

    def _hold(self, exposure: Exposure) -> bool:
        """Hold what an exposure needs now; tell whether that changed."""
        self._calculates = True
        balance = exposure.balance
        if balance is None:
            balance = self._balance(self._currency(exposure.terms))
        initial = exposure.initial_of(self.nets_worst_side)
        maintenance = self._maintenance(exposure)
        if initial == exposure.initial and maintenance == exposure.maintenance:
            return False
        exposure.set_margins(initial, maintenance, balance)
        instrument_id = exposure.terms.instrument_id
        margin = MarginBalance(balance.money(initial), balance.money(maintenance), instrument_id)
        self._remember(margin, instrument_id, initial, maintenance)
        self._changed[instrument_id] = margin
        return True

    def _maintenance(self, exposure: Exposure) -> int:
        net = exposure.net_raw()
        if not net:
            return 0
        terms = exposure.terms
        price = exposure.price()
        digits = exposure.net_precision()
        if not exposure.has_rates:
            self._ask_rates(exposure)
        rate = exposure.maintenance_rate
        if rate is None:
            quantity = _quantity(abs(net) * ten_to(18 - digits))
            held = self.margin_model.calculate_margin_maint(
                terms.instrument, quantity, price, self.leverage(terms.instrument_id)
            )
            raw = abs(held.raw)
        else:
            raw = terms.margin_raw(price.raw, price.precision, net, digits, rate)
        return raw if self.base_currency is None else self._in_base(raw, terms.cost)

    def _currency(self, terms: Terms) -> Currency:
        return terms.cost if self.base_currency is None else self.base_currency

    def _ask_rates(self, exposure: Exposure) -> int:
        """Ask the margin model for the parts of an instrument's notional that are held."""
        model = self.margin_model
        terms = exposure.terms
        rates = model.rates(terms.instrument, self.leverage(terms.instrument_id))
        if rates is None:
            return exposure.set_rates(None, None)
        initial, maintenance = rates
        return exposure.set_rates(initial.as_integer_ratio(), maintenance.as_integer_ratio())

    def _exposures(self) -> list[Exposure]:
        return [each for each in self._stakes.values() if isinstance(each, Exposure)]

    def _forget_rates(self) -> None:
        for exposure in self._exposures():
            exposure.forget_rates()

    def _remember(
        self,
        margin: MarginBalance,
        instrument_id: InstrumentId | None,
        initial: int,
        maintenance: int,
    ) -> int:
        if initial or maintenance:
            self._known[instrument_id] = margin
        else:
            self._known.pop(instrument_id, None)
        return 0

    def _changed_margins(self) -> tuple[MarginBalance, ...]:
        if not self._changed:
            return ()
        changed = record([margin for margin in self._changed.values()])  # noqa: C416 (compiled)
        self._changed.clear()
        return changed

    def _clear_stakes(self) -> int:
        for instrument_id, margin in self._known.items():
            if instrument_id is not None:
                nothing = money_from_raw(0, margin.currency)
                self._changed[instrument_id] = MarginBalance(nothing, nothing, instrument_id)
        self._known = {}
        self._forget_exposures()
        return 0

    def _forget_exposures(self) -> None:
        for exposure in self._exposures():
            exposure.clear()


def left_raw18(order: WorkingOrder, price: Price) -> int:
    """Return the quantity that is left of an order (x 10^18)."""
    quantity = order.leaves_raw * ten_to(18 - order.size_precision)
    if order.is_quote_quantity:
        return rounded(quantity * ten_to(price.precision), price.raw)
    return quantity


def _quantity(raw: int) -> Quantity:
    """Return a quantity given x 10^18 with the fewest decimals that hold it."""
    digits = 18
    while digits and raw % 10 == 0:
        raw //= 10
        digits -= 1
    return Quantity.from_raw(raw, digits)


def _leverage(value: Decimal | int) -> Decimal:
    leverage = Decimal(value)
    if leverage.is_nan() or leverage < 1:
        raise ValueRangeError(f"leverage {value} is below 1: give 1 for none")
    return leverage
