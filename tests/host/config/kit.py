"""A plugin with one part of each kind that a system file names, for tests of the system file."""

import sys
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import msgspec
from pydantic import Field

from argosy.config.choice import Choice, PartOf
from argosy.config.settings import (
    CurrencyField,
    DecimalField,
    InstrumentIdField,
    IntField,
    MoneyField,
    PathField,
    SecretField,
    Settings,
    Spelled,
    TextField,
)
from argosy.hookspecs import hookimpl
from argosy.model.bar_type import BarType
from argosy.model.enums import AccountType, OmsType, OrderSide
from argosy.model.identifiers import InstrumentId, StrategyId
from argosy.model.values import Quantity
from argosy.parts.registration import Register
from argosy.plugins.find import Found
from argosy.plugins.host import PluginHost

UNLUCKY = 13  # a factor that ends the process
FOUND = Found("kit", "tests.host.config.kit", "kit", "1.0")

GOOD = """\
name = "good"
seed = 7

[venues.SIM]
simulate = { use = "sim", account = { type = "margin", balances = ["1_000_000 USD"] } }

[[data]]
type = "quote"
instruments = ["GBP/USD.SIM"]
start = 2012-02-01
end = 2012-03-01

[[strategies]]
use = "cross"
id = "Cross-001"
instrument = "GBP/USD.SIM"
bar_type = "GBP/USD.SIM-15-MINUTE-BID-INTERNAL"
trade_size = "100_000"
"""


class FixedFee(Settings):
    amount: MoneyField


class Maker(Settings):
    rate: DecimalField = Decimal(0)


class Account(Settings):
    type: Annotated[AccountType, Spelled(AccountType)]
    balances: tuple[MoneyField, ...]
    base_currency: CurrencyField | None = None
    leverage: DecimalField = Decimal(1)
    margin_model: Annotated[Choice | None, PartOf("margin_models")] = None


class Sim(Settings):
    account: Account
    oms: Annotated[OmsType, Spelled(OmsType)] = OmsType.NETTING
    fees: Annotated[Choice | None, PartOf("fee_models")] = None
    modules: tuple[Annotated[Choice, PartOf("simulation_modules")], ...] = ()
    depth: IntField = 1
    profile: TextField = ""


class Exchange(Settings):
    key: SecretField
    demo: bool = True
    endpoint: TextField = ""


class Shelf(Settings):
    path: PathField = Field(Path("data/shelf"), validate_default=True)


class Limit(Settings):
    most: IntField = 10
    each: dict[InstrumentIdField, IntField] = Field(default_factory=dict)


class CrossConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    strategy_id: StrategyId | None = None
    instrument: InstrumentId
    bar_type: BarType
    trade_size: Quantity
    fast: int = 10
    side: OrderSide = OrderSide.BUY
    rate: Decimal = Decimal(0)
    factor: float = 1.0
    others: tuple[InstrumentId, ...] = ()
    weights: dict[str, float] = {}


class Cross:
    """Buy and sell."""

    component_kind = "strategy"

    def __init__(self, config: CrossConfig) -> None:
        self.config = config


class Picky(Cross):
    """Refuse some settings."""

    def __init__(self, config: CrossConfig) -> None:
        super().__init__(config)
        if config.factor < 0:
            raise ValueError("factor must be positive")
        if config.factor == UNLUCKY:
            sys.exit(UNLUCKY)
        self.inverse = 1.0 / config.factor


class Watcher:
    """Look."""

    component_kind = "actor"


def build(settings: Any, *arguments: Any) -> tuple[Any, ...]:
    return (settings, *arguments)


@hookimpl
def register_simulators(register: Register) -> None:
    register("sim", build, settings=lambda: Sim)


@hookimpl
def register_venues(register: Register) -> None:
    register("exchange", build, settings=lambda: Exchange)


@hookimpl
def register_catalogs(register: Register) -> None:
    register("ducklake", build, settings=Shelf, doc="Keep nothing.")


@hookimpl
def register_fee_models(register: Register) -> None:
    register("fixed", build, settings=lambda: FixedFee)
    register("maker", build, settings=lambda: Maker)


@hookimpl
def register_margin_models(register: Register) -> None:
    register("leveraged", build)


@hookimpl
def register_simulation_modules(register: Register) -> None:
    register("rollover", build, settings=lambda: Maker)


@hookimpl
def register_bar_aggregations(register: Register) -> None:
    register("MINUTE", build)


@hookimpl
def register_order_types(register: Register) -> None:
    register("STOP_MARKET", build, settings=lambda: Limit, capabilities={"releases=MARKET"})


@hookimpl
def register_risk_rules(register: Register) -> None:
    register("rate", build, settings=lambda: Limit, capabilities={"default"})
    register("size", build, settings=lambda: Limit)


@hookimpl
def register_strategies(register: Register) -> None:
    register("cross", Cross)
    register("picky", Picky)
    register("watcher", Watcher)


@hookimpl
def register_statistics(register: Register) -> None:
    register("trades", dict)


def host(*more: Found) -> PluginHost:
    """Return a host with this plugin, and more."""
    return PluginHost([FOUND, *more])
