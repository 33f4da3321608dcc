"""What the settings model of a plugin's part is made of.

.. code-block:: python

    class DelaySettings(Settings):
        delay_ns: Annotated[DurationField, Field(alias="delay")]
        base_currency: CurrencyField | None = None
"""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, ConfigDict, StrictBool, StrictInt, StrictStr
from pydantic_core import core_schema

from argosy.config.parts import Choice, PartOf
from argosy.config.secret import Secret
from argosy.config.values import DURATION, TIME, Spelling, located, spelling
from argosy.model.bar_type import BarType
from argosy.model.currency import Currency
from argosy.model.identifiers import InstrumentId, Venue
from argosy.model.values import Money, Price, Quantity

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue

__all__ = [
    "BarTypeField",
    "BoolField",
    "Choice",
    "CurrencyField",
    "DecimalField",
    "DurationField",
    "InstrumentIdField",
    "IntField",
    "MoneyField",
    "PartOf",
    "PathField",
    "PriceField",
    "QuantityField",
    "SecretField",
    "Settings",
    "Spelled",
    "TextField",
    "TimeField",
    "VenueField",
]


class Settings(BaseModel):
    """Settings that never change and refuse keys that they do not know."""

    model_config = ConfigDict(
        allow_inf_nan=False,
        arbitrary_types_allowed=True,
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
    )


@dataclass(frozen=True, slots=True)
class Spelled:
    """Read a value as `argosy.config.values` spells its type; for closed sets of names, too.

    Parameters
    ----------
    how : a spelling, where the type alone does not say it
    """

    how: Spelling | None = None

    def __get_pydantic_core_schema__(
        self, source: Any, handler: "GetCoreSchemaHandler"
    ) -> core_schema.CoreSchema:
        """Parse what the document holds; an instance of the type passes."""
        known = self._spelling(source)

        def read(value: object, info: core_schema.ValidationInfo) -> Any:
            if self.how is None and isinstance(value, source) and source is not Path:
                return value
            return located(known, value, project=(info.context or {}).get("project"))

        return core_schema.with_info_plain_validator_function(
            read,
            serialization=core_schema.to_string_ser_schema() if self.how is None else None,
            metadata={"spelling": known},
        )

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: "GetJsonSchemaHandler"
    ) -> "JsonSchemaValue":
        """Describe what the document holds."""
        return dict(schema["metadata"]["spelling"].schema)

    def _spelling(self, source: Any) -> Spelling:
        known = self.how or spelling(source)
        if known is None:
            raise TypeError(f"{source} has no spelling in a system file")
        return known


BoolField = StrictBool
IntField = StrictInt
TextField = StrictStr
BarTypeField = Annotated[BarType, Spelled()]
CurrencyField = Annotated[Currency, Spelled()]
DecimalField = Annotated[Decimal, Spelled()]
DurationField = Annotated[int, Spelled(DURATION)]
InstrumentIdField = Annotated[InstrumentId, Spelled()]
MoneyField = Annotated[Money, Spelled()]
PathField = Annotated[Path, Spelled()]
PriceField = Annotated[Price, Spelled()]
QuantityField = Annotated[Quantity, Spelled()]
SecretField = Annotated[Secret, Spelled()]
TimeField = Annotated[int, Spelled(TIME)]
VenueField = Annotated[Venue, Spelled()]
