"""What plugins register: parts by kind and name."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from typing_extensions import ParamSpec, TypeVar  # these have defaults from Python 3.13 on

from argosy.model.reasons import Reason

if TYPE_CHECKING:
    from argosy.model.orders import Order

Built_contra = TypeVar("Built_contra", contravariant=True)
"""The contract of a part."""
Arguments = ParamSpec("Arguments", default=[Any])
"""What a factory gets: the settings of its part, unless its kind says more."""

LABELS: Mapping[str, str] = {
    "commands": "command",
    "data_kinds": "data kind",
    "catalogs": "catalog",
    "loaders": "loader",
    "stores": "store",
    "sinks": "sink",
    "calendars": "calendar",
    "venues": "venue adapter",
    "simulators": "simulated venue",
    "fill_models": "fill model",
    "fee_models": "fee model",
    "latency_models": "latency model",
    "margin_models": "margin model",
    "simulation_modules": "simulation module",
    "order_types": "order type",
    "bar_aggregations": "bar aggregation",
    "risk_rules": "risk rule",
    "strategies": "strategy",
    "statistics": "statistic",
}
"""Kind of part -> what errors call one; in the order in which hooks are called."""


@dataclass(frozen=True, slots=True)
class Part:
    """One replaceable part, as a plugin described it.

    Parameters
    ----------
    kind : one of LABELS
    name : what a system file calls it
    factory : builds it; which arguments it takes is said by the hook of its kind
    settings : the model of its settings, or a callable that returns the model, None for no settings
    capabilities : words that the kind gives a meaning
    plugin : who registered it: the name of a plugin, or the path of a strategy file
    doc : one sentence for lists
    reasons : the coded reasons that it gives where it refuses or ends an order
    order_class : of an order type: the class of its orders, or a callable that returns it
    """

    kind: str
    name: str
    factory: Callable[..., Any]
    settings: Callable[[], type] | type | None = None
    capabilities: frozenset[str] = frozenset()
    plugin: str = ""
    doc: str = ""
    reasons: tuple[Reason, ...] = ()
    order_class: "Callable[[], type[Order]] | type[Order] | None" = None

    @property
    def label(self) -> str:
        """What errors call the part: ``fee model 'maker_taker'``."""
        return f"{LABELS[self.kind]} {self.name!r}"

    def settings_model(self) -> type | None:
        """Return the pydantic model or msgspec Struct of the part's settings, loading it now."""
        return self.settings if isinstance(self.settings, type | None) else self.settings()

    def class_of_orders(self) -> "type[Order] | None":
        """Return the class of an order type's orders, loading it now; None for plain orders."""
        given = self.order_class
        return given if isinstance(given, type | None) else given()


class Register(Protocol[Built_contra, Arguments]):
    """What a ``register_*`` hook gets: call it once a part.

    ``Register[FeeModel]`` takes factories of fee models, each called with the settings of its part;
    ``Register[Trigger, [OrderInitialized, Instrument]]`` takes factories that get these two. A type
    checker so tells what a factory has to return, and what it is called with.
    """

    def __call__(
        self,
        name: str,
        factory: Callable[Arguments, Built_contra],
        *,
        settings: Callable[[], type] | type | None = None,
        capabilities: Iterable[str] = (),
        doc: str = "",
        reasons: Iterable[Reason] = (),
    ) -> None:
        """Describe one part."""


class Parts(Protocol):
    """Where names of parts are looked up; the plugin host is one."""

    def part(self, kind: str, name: str, *, also: Iterable[str] = ()) -> Part:
        """Return a part; raise InputError where nobody, or more than one, registered the name.

        ``also`` are further names that would have been right, for the suggestion.
        """
        ...

    def parts(self, kind: str) -> Mapping[str, Part]:
        """Return the usable parts of a kind by name."""
        ...

    def plugin_names(self) -> Collection[str]:
        """Return the names of all plugins that were found, the disabled ones too."""
        ...
