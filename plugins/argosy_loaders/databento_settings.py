"""What may be said about DBN files."""

import msgspec

from argosy.errors import ConfigError
from argosy.model.identifiers import Venue
from argosy.model.values import Price


class DatabentoSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How DBN files are read.

    Parameters
    ----------
    venue : of all instruments; else the first part of the dataset, such as GLBX of GLBX.MDP3
    price_precision, size_precision : decimals; else as the definition of the instrument
    price_increment : of instruments whose definition leaves it open, as where ticks vary
    """

    venue: Venue | None = None
    price_precision: int | None = None
    size_precision: int | None = None
    price_increment: Price = Price.from_str("0.01")

    def __post_init__(self) -> None:
        """Refuse impossible precisions."""
        for name in ("price_precision", "size_precision"):
            digits = getattr(self, name)
            if digits is not None and not 0 <= digits <= 18:
                raise ConfigError(f"{name} is {digits}", cure="Give 0 to 18 decimals")
