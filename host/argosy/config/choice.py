"""What a system file chooses: a part with its settings, and the fields that take one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Generic

from typing_extensions import TypeVar  # one with a default, as Python has it from 3.13 on

from argosy.config.document import show
from argosy.parts.registration import LABELS, Part

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

NO_TABLE = "expected a table with use = ..."
Chosen = TypeVar("Chosen", default=Any)
"""The contract of the part that was chosen."""


@dataclass(frozen=True, slots=True)
class Choice(Generic[Chosen]):
    """A part that a system file chose, with its settings checked; ``Choice[FeeModel]`` builds one.

    Parameters
    ----------
    part : what was chosen
    settings : an instance of the part's settings model, None where it has none
    """

    part: Part
    settings: Any = None

    def build(self, *arguments: Any) -> Chosen:
        """Call a factory that takes its settings first."""
        made: Chosen = self.part.factory(self.settings, *arguments)
        return made

    @property
    def factory(self) -> Callable[..., Chosen]:
        """A factory of a kind that takes no settings first; settings, if any, come by keyword."""
        if self.settings is None:
            return self.part.factory
        return partial(self.part.factory, settings=self.settings)


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
