"""The sections of a system file as the host knows them; parts bring the rest."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from argosy.config.bars import BarRules
from argosy.config.choice import PartTable, TableOf
from argosy.config.row_types import DataTypeField, ParameterField
from argosy.config.settings import (
    BarTypeField,
    BoolField,
    DurationField,
    InstrumentIdField,
    IntField,
    Settings,
    Spelled,
    TextField,
    TimeField,
    VenueField,
)
from argosy.model.enums import TradingState
from argosy.model.identifiers import TraderId
from argosy.parts.bar_aggregation import BarOptions, Interval, TimeOf

DAY_NS = 86_400_000_000_000


class VenueSettings(Settings):
    """How a venue is reached and how it is simulated; a run needs the one of its mode.

    Parameters
    ----------
    rates_from : other venues, whose pairs say what a currency is worth where no pair here does
    """

    adapter: Annotated[PartTable | None, TableOf("venues")] = None
    simulate: Annotated[PartTable | None, TableOf("simulators")] = None
    rates_from: tuple[VenueField, ...] = ()


class DataSettings(Settings):
    """A range of stored data to replay, or the rows of a query.

    Parameters
    ----------
    type : quote, trade, bar or delta; rows of a query may be of a class, ``module:Class``, too
    start, end : of `ts_init`, both inclusive
    name : what the rows of a query are called
    sql : a SELECT over the catalog that returns `ts_init`
    params : values for each ``$name`` of the query
    decimals : how many decimals columns of the query have
    """

    type: DataTypeField | None = None
    instruments: tuple[InstrumentIdField, ...] = ()
    bar_types: tuple[BarTypeField, ...] = ()
    start: TimeField | None = None
    end: TimeField | None = None
    name: TextField | None = None
    sql: TextField | None = None
    params: Mapping[str, ParameterField] = Field(default_factory=dict)
    decimals: Mapping[str, Annotated[IntField, Field(ge=0, le=18)]] = Field(default_factory=dict)


class BarSettings(Settings):
    """How bars are cut; what is left out comes from the section around, or is the usual."""

    interval: Interval | None = None
    by: TimeOf | None = None
    build_with_no_updates: BoolField | None = None
    build_delay_ns: Annotated[DurationField | None, Field(alias="build_delay")] = None
    skip_first_non_full: BoolField | None = None
    origin_offset_ns: Annotated[DurationField | None, Field(alias="origin_offset")] = None
    timestamp_on_close: BoolField | None = None
    session: TextField | None = None

    def over(self, options: BarOptions) -> BarOptions:
        """Return the options, changed by what is given here."""
        given = {name: getattr(self, name) for name in BarSettings.model_fields}
        return replace(options, **{name: each for name, each in given.items() if each is not None})


class BarsSettings(BarSettings):
    """Options of all bar types, and of single ones."""

    types: Mapping[BarTypeField, BarSettings] = Field(default_factory=dict)

    def rules(self) -> BarRules:
        """Return the options that each bar type gets."""
        default = self.over(BarOptions())
        return BarRules(default, {key: each.over(default) for key, each in self.types.items()})


class RiskSettings(Settings):
    """What risk lets pass; each further table is named after a rule and holds its settings."""

    model_config = ConfigDict(extra="allow")

    trading_state: Annotated[TradingState, Spelled(TradingState)] = TradingState.ACTIVE
    disable: tuple[TextField, ...] = ()


class PluginSettings(Settings):
    """Which plugins a system uses; each further table is named after a plugin."""

    model_config = ConfigDict(extra="allow")

    disable: tuple[TextField, ...] = ()
    allow: tuple[TextField, ...] | None = None
    folders: tuple[TextField, ...] = ("strategies",)


class RunSettings(Settings):
    """How a run goes."""

    start: TimeField | None = None
    end: TimeField | None = None
    on_error: Literal["stop", "stop_strategy"] = "stop"
    equity_interval_ns: Annotated[DurationField, Field(alias="equity_interval", gt=0)] = DAY_NS
    batch_rows: Annotated[IntField, Field(ge=1, le=2**24)] = 65_536


class SystemSettings(Settings):
    """A whole system file."""

    name: Annotated[TextField, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")]
    trader_id: Annotated[TraderId, Spelled(TraderId)] = TraderId("TRADER-001")
    seed: Annotated[IntField, Field(ge=0, lt=2**63)] = 0
    catalog: Annotated[PartTable, TableOf("catalogs")] = PartTable()
    venues: Mapping[VenueField, VenueSettings] = Field(default_factory=dict)
    instruments: tuple[dict[str, Any], ...] = ()
    data: tuple[DataSettings, ...] = ()
    actors: tuple[Annotated[PartTable, TableOf("strategies")], ...] = ()
    strategies: tuple[Annotated[PartTable, TableOf("strategies")], ...] = ()
    exec_algorithms: tuple[Annotated[PartTable, TableOf("strategies")], ...] = ()
    sinks: tuple[Annotated[PartTable, TableOf("sinks")], ...] = ()
    risk: RiskSettings = RiskSettings()
    bars: BarsSettings = BarsSettings()
    plugins: PluginSettings = PluginSettings()
    run: RunSettings = RunSettings()
