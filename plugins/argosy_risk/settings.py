"""Settings of the risk rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from argosy.config.settings import (
    DecimalField,
    DurationField,
    InstrumentIdField,
    IntField,
    Settings,
)


class RateSettings(Settings):
    """How many commands may be sent in a sliding window.

    Parameters
    ----------
    limit : commands
    interval_ns : length of the window
    """

    limit: Annotated[IntField, Field(ge=1)] = 100
    interval_ns: Annotated[DurationField, Field(alias="interval", gt=0)] = 1_000_000_000


class NotionalSettings(Settings):
    """What one order may be worth, beyond what the instruments say.

    Parameters
    ----------
    max_per_order : instrument -> amount in its quote (inverse: base) currency
    """

    max_per_order: Mapping[InstrumentIdField, Annotated[DecimalField, Field(gt=0)]] = Field(
        default_factory=dict
    )


SETTINGS: Mapping[str, type[Settings]] = {
    "submit_rate": RateSettings,
    "modify_rate": RateSettings,
    "notional": NotionalSettings,
}
"""Name of a rule -> what its table may say."""
