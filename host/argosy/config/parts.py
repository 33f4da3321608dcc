"""Parts: what plugins describe and a system file names."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from argosy.config.document import show
from argosy.model.reasons import Reason

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

NO_TABLE = "expected a table with use = ..."
LABELS: Mapping[str, str] = {
    "commands": "command",
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
    """

    kind: str
    name: str
    factory: Callable[..., Any]
    settings: Callable[[], type] | type | None = None
    capabilities: frozenset[str] = frozenset()
    plugin: str = ""
    doc: str = ""
    reasons: tuple[Reason, ...] = ()

    @property
    def label(self) -> str:
        """What errors call the part: ``fee model 'maker_taker'``."""
        return f"{LABELS[self.kind]} {self.name!r}"

    def settings_model(self) -> type | None:
        """Return the pydantic model or msgspec Struct of the part's settings, loading it now."""
        return self.settings if isinstance(self.settings, type | None) else self.settings()


@dataclass(frozen=True, slots=True)
class Choice:
    """A part that a system file chose, with its settings checked.

    Parameters
    ----------
    part : what was chosen
    settings : an instance of the part's settings model, None where it has none
    """

    part: Part
    settings: Any = None

    def build(self, *arguments: Any) -> Any:
        """Call a factory that takes its settings first."""
        return self.part.factory(self.settings, *arguments)

    @property
    def factory(self) -> Callable[..., Any]:
        """A factory of a kind that takes no settings first; settings, if any, come by keyword."""
        if self.settings is None:
            return self.part.factory
        return partial(self.part.factory, settings=self.settings)


class Register(Protocol):
    """What a ``register_*`` hook gets: call it once a part."""

    def __call__(
        self,
        name: str,
        factory: Callable[..., Any],
        *,
        settings: Callable[[], type] | type | None = None,
        capabilities: Any = (),
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


@dataclass(frozen=True, slots=True)
class PartOf:
    """Mark a setting as a part of its own: a name, or a table with ``use`` and the part's settings.

    .. code-block:: python

        class Settings(argosy.config.settings.Settings):
            fees: Annotated[Choice | None, PartOf("fee_models")] = None

    Parameters
    ----------
    kind : one of LABELS
    """

    kind: str

    def __get_pydantic_core_schema__(self, _: Any, handler: "GetCoreSchemaHandler") -> "CoreSchema":
        """Accept the choice that the reader of the system file put in place of the table."""
        from pydantic_core import core_schema

        def chosen(value: object) -> Choice | None:
            if value is None or isinstance(value, Choice):
                return value
            raise ValueError(f"expected a chosen {LABELS[self.kind]}")

        return core_schema.no_info_plain_validator_function(chosen)

    def __get_pydantic_json_schema__(
        self, _: "CoreSchema", handler: "GetJsonSchemaHandler"
    ) -> "JsonSchemaValue":
        """Leave a mark that the whole schema replaces by the parts of the kind."""
        return {"x-argosy-part": self.kind}


@dataclass(frozen=True, slots=True)
class PartTable:
    """A table that names a part; the part's own settings are not checked yet.

    Parameters
    ----------
    use : the name of the part, "" where the table does not say
    settings : the rest of the table
    """

    use: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TableOf:
    """Mark a setting that becomes a `PartTable`: a name, or a table with ``use``.

    Parameters
    ----------
    kind : the kind of the part
    """

    kind: str

    def __get_pydantic_core_schema__(self, _: Any, handler: "GetCoreSchemaHandler") -> "CoreSchema":
        """Take a name or a table."""
        from pydantic_core import core_schema

        def read(value: object) -> PartTable:
            if isinstance(value, str):
                return PartTable(value)
            if isinstance(value, Mapping):
                rest = {key: each for key, each in value.items() if key != "use"}
                return PartTable(str(value.get("use", "")), rest)
            raise ValueError(f"{NO_TABLE}, was {show(value)}")

        return core_schema.no_info_plain_validator_function(read)

    def __get_pydantic_json_schema__(
        self, _: "CoreSchema", handler: "GetJsonSchemaHandler"
    ) -> "JsonSchemaValue":
        """Leave a mark that the whole schema replaces by the parts of the kind."""
        return {"x-argosy-part": self.kind}
