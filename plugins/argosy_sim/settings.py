"""What `simulate = {...}` of a venue says."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator

from argosy.config.settings import (
    BoolField,
    Choice,
    CurrencyField,
    DecimalField,
    InstrumentIdField,
    IntField,
    MoneyField,
    PartOf,
    Settings,
    Spelled,
)
from argosy.model.enums import AccountType, OmsType
from argosy.model.money import Money
from argosy_sim.profiles import OPTIONS, Options, options_of


class AccountSettings(Settings):
    """The account that a venue's orders trade on.

    Parameters
    ----------
    type : cash, margin or betting
    base_currency : the one currency of the account; where it has none, each currency stays apart
    balances : what it starts with, at least 0 each; below that only where it may borrow
    leverage, leverages : of every instrument, and of some; margin accounts only
    margin_model : what orders and positions bind; by default notional / leverage x margin rate;
        margin accounts only
    allow_borrowing : let a cash account's balances become negative
    frozen : let nothing change the balances
    """

    type: Annotated[AccountType, Spelled(AccountType)] = AccountType.MARGIN
    base_currency: CurrencyField | None = None
    balances: Annotated[tuple[MoneyField, ...], Field(json_schema_extra={"minItems": 1})]
    leverage: DecimalField = Decimal(1)
    leverages: dict[InstrumentIdField, DecimalField] = Field(default_factory=dict)
    margin_model: Annotated[Choice | None, PartOf("margin_models")] = None
    allow_borrowing: BoolField = False
    frozen: BoolField = False

    # Not min_length: pydantic counts the good ones only, and would add a false error to a bad one.
    @field_validator("balances")
    @classmethod
    def _has_balances(cls, value: tuple[Money, ...]) -> tuple[Money, ...]:
        if not value:
            raise ValueError('expected at least one balance, such as "10_000 USD"')
        return value

    @field_validator("leverage", "leverages", "margin_model")
    @classmethod
    def _is_on_margin(cls, value: Any, info: ValidationInfo) -> Any:
        kind = info.data.get("type", AccountType.MARGIN)
        if kind is not AccountType.MARGIN and value not in (None, 1, {}):
            raise ValueError(
                f"only margin accounts have leverage, and type is {kind.lower()}:"
                ' leave it out, or set type = "margin"'
            )
        return value

    @field_validator("leverage", "leverages")
    @classmethod
    def _is_leverage(cls, value: Any) -> Any:
        for each in value.values() if isinstance(value, dict) else (value,):
            if each < 1:
                raise ValueError(f"expected a leverage of at least 1, was {each}")
        return value

    @model_validator(mode="after")
    def _owes_only_where_it_may(self) -> AccountSettings:
        owed = next((balance for balance in self.balances if balance.raw < 0), None)
        if owed is None or (self.type is AccountType.CASH and self.allow_borrowing):
            return self
        raise ValueError(
            f"balances has {owed}: expected at least 0. Only a cash account with"
            " allow_borrowing = true may start below zero"
        )

    @model_validator(mode="after")
    def _has_one_balance_a_currency(self) -> AccountSettings:
        codes = [balance.currency.code for balance in self.balances]
        twice = next((code for code in codes if codes.count(code) > 1), None)
        if twice is not None:
            raise ValueError(f"balances has {twice} twice")
        base = self.base_currency
        other = next((code for code in codes if base is not None and code != base.code), None)
        if other is not None:
            raise ValueError(
                f"balances has {other}, but base_currency is {base}. Start with {base} only, or"
                " leave out base_currency to hold several currencies"
            )
        return self


class SimSettings(Settings):
    """A simulated venue; an option that is not given is its profile's.

    Parameters
    ----------
    profile : whose outcomes to reproduce
    oms : netting or hedging
    fees, fill, latency : models; by default maker and taker fees of the instrument, what is
        displayed, and none
    """

    profile: Literal["argosy", "nautilus-1.221", "nautilus-1.231"] = "argosy"
    oms: Annotated[OmsType, Spelled(OmsType)] = OmsType.NETTING
    account: AccountSettings
    fees: Annotated[Choice | None, PartOf("fee_models")] = None
    fill: Annotated[Choice | None, PartOf("fill_models")] = None
    latency: Annotated[Choice | None, PartOf("latency_models")] = None

    arrivals: Literal["exact", "with_data"] | None = None
    bar_adaptive_high_low_ordering: BoolField | None = None
    bar_execution: BoolField | None = None
    bar_orders: Literal["now", "next_open"] | None = None
    expire_day_orders: BoolField | None = None
    gap_fill: Literal["open", "trigger"] | None = None
    halts: Literal["refuse", "rest", "ignore"] | None = None
    l1_excess: Literal["one_tick", "cancel", "per_level_ticks", "next_quote"] | None = None
    liquidity_consumption: BoolField | None = None
    lock_fees: BoolField | None = None
    margin_netting: Literal["none", "worst_side"] | None = None
    price_protection_points: Annotated[IntField, Field(ge=0)] | None = None
    prob_fill_on_stop: BoolField | None = None
    reject_stop_orders: BoolField | None = None
    support_gtd_orders: BoolField | None = None
    trade_book: Literal["reach", "set"] | None = None
    trade_execution: BoolField | None = None
    use_market_order_acks: BoolField | None = None
    use_position_ids: BoolField | None = None
    use_reduce_only: BoolField | None = None

    def options(self) -> Options:
        """Return every option, as given or as the profile has it."""
        chosen: dict[str, Any] = {name: getattr(self, name) for name in OPTIONS}
        return options_of(
            self.profile, {name: value for name, value in chosen.items() if value is not None}
        )
