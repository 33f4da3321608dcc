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

from argosy.config.choice import Choice, PartOf
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
    """Read a value as `argosy.config.values` spells its type, or as a spelling says.

    .. code-block:: python

        oms: Annotated[OmsType, Spelled(OmsType)] = OmsType.NETTING

    Parameters
    ----------
    of : the type, or a spelling where the type alone does not tell it
    """

    of: type | Spelling

    def __get_pydantic_core_schema__(
        self, _: Any, handler: "GetCoreSchemaHandler"
    ) -> core_schema.CoreSchema:
        """Parse what the document holds; an instance of the type passes."""
        known, of = self._spelling(), self.of

        def read(value: object, info: core_schema.ValidationInfo) -> Any:
            is_made = isinstance(of, type) and isinstance(value, of)
            if is_made and not isinstance(value, Decimal | Path):  # these are still checked
                return value
            return located(known, value, project=(info.context or {}).get("project"))

        return core_schema.with_info_plain_validator_function(read)

    def __get_pydantic_json_schema__(
        self, _: core_schema.CoreSchema, handler: "GetJsonSchemaHandler"
    ) -> "JsonSchemaValue":
        """Describe what the document holds."""
        return dict(self._spelling().schema)

    def _spelling(self) -> Spelling:
        known = self.of if isinstance(self.of, Spelling) else spelling(self.of)
        if known is None:
            raise TypeError(f"{self.of} has no spelling in a system file")
        return known


BoolField = StrictBool
IntField = StrictInt
TextField = StrictStr
BarTypeField = Annotated[BarType, Spelled(BarType)]
CurrencyField = Annotated[Currency, Spelled(Currency)]
DecimalField = Annotated[Decimal, Spelled(Decimal)]
DurationField = Annotated[int, Spelled(DURATION)]
InstrumentIdField = Annotated[InstrumentId, Spelled(InstrumentId)]
MoneyField = Annotated[Money, Spelled(Money)]
PathField = Annotated[Path, Spelled(Path)]
PriceField = Annotated[Price, Spelled(Price)]
QuantityField = Annotated[Quantity, Spelled(Quantity)]
SecretField = Annotated[Secret, Spelled(Secret)]
TimeField = Annotated[int, Spelled(TIME)]
VenueField = Annotated[Venue, Spelled(Venue)]
