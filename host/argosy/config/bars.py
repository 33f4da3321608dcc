"""How bars are cut from ticks: the options of every bar type."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from argosy.model.bar_type import BarType
from argosy.parts.bar_aggregation import BarOptions


@dataclass(frozen=True, slots=True)
class BarRules:
    """Options of all bar types.

    Parameters
    ----------
    default : of every type that has none of its own
    types : of single types, complete
    """

    default: BarOptions = field(default_factory=BarOptions)
    types: Mapping[BarType, BarOptions] = field(default_factory=dict)

    def options(self, bar_type: BarType) -> BarOptions:
        """Return the options of a bar type."""
        return self.types.get(bar_type, self.default)
