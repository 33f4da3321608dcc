"""What a system file comes to: the parts to build, in order, with checked settings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

from argosy.config.choice import Choice
from argosy.config.plain import instruments_in, plain
from argosy.errors import ArgosyError, ConfigError
from argosy.model.identifiers import InstrumentId, Venue
from argosy.model.instruments import Instrument
from argosy.model.kinds import KINDS, Kinds
from argosy.parts.registration import Parts

if TYPE_CHECKING:
    from argosy.config.bars import BarRules
    from argosy.config.document import Document
    from argosy.config.positions import KeyPath
    from argosy.config.system import DataSettings, SystemSettings
    from argosy.model.enums import TradingState
    from argosy.parts.bar_aggregation import Aggregator
    from argosy.parts.catalog import Catalog
    from argosy.parts.order_type import Trigger
    from argosy.parts.risk_rule import RiskRule
    from argosy.parts.sink import Sink
    from argosy.parts.statistic import Statistic

Mode = Literal["backtest", "sandbox", "live"]


class Plugins(Parts, Protocol):
    """The plugins of a system: their parts by name, and all of them to be told of a run."""

    def notify(self, hook: str, **arguments: Any) -> None:
        """Tell all plugins something: an ``on_*`` hook."""
        ...


@dataclass(frozen=True, slots=True)
class VenuePlan:
    """A venue that the run uses.

    Parameters
    ----------
    venue : its name
    simulate : the simulated venue, chosen and checked; None where the file has no such table
    adapter : the adapter, likewise
    """

    venue: Venue
    simulate: Choice | None = None
    adapter: Choice | None = None


@dataclass(frozen=True, slots=True)
class ComponentPlan:
    """A strategy, an actor or an execution algorithm to add.

    Parameters
    ----------
    section : "actors", "exec_algorithms" or "strategies"
    index : its place in the section, from 0
    choice : its class as the factory, and its config
    id : as the file gives it; None for the usual one
    place : of its table: file, line and key
    """

    section: str
    index: int
    choice: Choice
    id: str | None = None
    place: str | None = None

    def build(self) -> Any:
        """Make the component with its config.

        Raises
        ------
        ConfigError : its constructor raised; says what, and where the table is
        """
        part, config = self.choice.part, self.choice.settings
        try:
            return part.factory() if config is None else part.factory(config)
        except (Exception, SystemExit) as error:
            text = str(error) if isinstance(error, ValueError | ArgosyError) else repr(error)
            message = f"{part.label} cannot be made with these settings: {text}"
            raise ConfigError(message, place=self.place) from error


@dataclass(frozen=True, slots=True)
class RiskPlan:
    """The risk rules of a run.

    Parameters
    ----------
    trading_state : at the start
    rules : name to choice, in the order of checking
    """

    trading_state: "TradingState"
    rules: "Mapping[str, Choice[RiskRule]]"


@dataclass(frozen=True)
class Plan:
    """A resolved system: everything named was found, and every setting was checked.

    Parameters
    ----------
    system : the host's own sections
    mode : how it is going to run
    project : the folder at which relative paths start
    parts : where further parts are looked up, and who is told of the run: the plugin host
    catalog : where data comes from and the run is written to
    venues : those that the run uses, in declared order
    instruments : those that the file defines
    components : actors, then execution algorithms, then strategies, each in declared order
    risk : what risk lets pass
    bars : how bars are cut
    order_types, bar_aggregations, statistics : all usable ones by name
    sinks : what is told while the run goes on, in declared order
    kinds : the kinds of data that there are
    row_types : the classes that tables of data name, by the index of the table
    document : what was read, for the places in errors
    """

    system: "SystemSettings"
    mode: Mode
    project: Path
    parts: Plugins
    catalog: "Choice[Catalog]"
    venues: tuple[VenuePlan, ...]
    instruments: tuple[Instrument, ...]
    components: tuple[ComponentPlan, ...]
    risk: RiskPlan
    bars: "BarRules"
    order_types: "Mapping[str, Choice[Trigger]]"
    bar_aggregations: "Mapping[str, Choice[Aggregator]]"
    statistics: "Mapping[str, Choice[Statistic]]"
    sinks: "tuple[Choice[Sink], ...]" = ()
    kinds: Kinds = KINDS
    row_types: Mapping[int, type] = field(default_factory=dict)
    document: "Document | None" = field(default=None, repr=False, compare=False)

    def place(self, path: "KeyPath") -> str | None:
        """Return ``file:line: key`` as errors say it, where the plan knows what was read."""
        return None if self.document is None else self.document.place(path)

    @property
    def instrument_ids(self) -> tuple[InstrumentId, ...]:
        """The instruments that data and components name, in order of first mention."""
        named = [self.data, *(each.choice.settings for each in self.components)]
        return tuple(dict.fromkeys(each for each, _ in instruments_in(named)))

    @property
    def data(self) -> "tuple[DataSettings, ...]":
        """The ranges of stored data to replay, in declared order."""
        return self.system.data

    def to_dict(self) -> dict[str, Any]:
        """Return every setting as plain JSON values; secrets are named, never shown.

        Neither the folder of the project nor the machine is in it: equal systems, equal values.
        """
        system = self.system
        values = {
            "name": system.name,
            "trader_id": system.trader_id,
            "seed": system.seed,
            "mode": self.mode,
            "catalog": self.catalog,
            "venues": {
                each.venue: {"adapter": each.adapter, "simulate": each.simulate}
                for each in self.venues
            },
            "instruments": self.instruments,
            "data": system.data,
            **{section: self._components(section) for section in _SECTIONS},
            "risk": {"trading_state": self.risk.trading_state, "rules": self.risk.rules},
            "bars": self.bars,
            "sinks": self.sinks,
            "run": system.run,
        }
        settings: dict[str, Any] = plain(values, self.project)
        return settings

    def _components(self, section: str) -> list[Any]:
        chosen = [each for each in self.components if each.section == section]
        return [{"id": each.id, **plain(each.choice, self.project)} for each in chosen]


_SECTIONS = ("actors", "exec_algorithms", "strategies")
