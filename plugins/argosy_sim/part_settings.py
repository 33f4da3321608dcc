"""The settings of fee, fill and latency models."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from pydantic import field_validator

from argosy.config.settings import BoolField, DecimalField, DurationField, MoneyField, Settings


class MakerTakerSettings(Settings):
    """Fees as a part of the notional value.

    Parameters
    ----------
    maker, taker : the part, such as 0.001 for 0.1 %, below zero a rebate; by default what each
        instrument says
    """

    maker: DecimalField | None = None
    taker: DecimalField | None = None

    @field_validator("maker", "taker")
    @classmethod
    def _is_part(cls, value: Decimal | None) -> Decimal | None:
        if value is not None and abs(value) >= 1:
            raise ValueError(
                f"expected a part of the notional between -1 and 1, was {value}: 0.001 is 0.1 %"
            )
        return value


class FixedSettings(Settings):
    """The same fee whatever the size.

    Parameters
    ----------
    commission : such as "2 USD"
    charge_once : for each order, else for each fill
    """

    commission: MoneyField
    charge_once: BoolField = True


class PerContractSettings(Settings):
    """A fee for each contract.

    Parameters
    ----------
    commission : such as "0.85 USD"
    """

    commission: MoneyField


class ProbabilisticSettings(Settings):
    """Chances, each from 0 to 1.

    Parameters
    ----------
    prob_fill_on_limit : that a limit is filled by a market that only touches it
    prob_fill_on_stop : that a stop is triggered by a market that only touches it
    prob_slippage : that an order that takes liquidity gets a price one tick worse
    """

    prob_fill_on_limit: DecimalField = Decimal(1)
    prob_fill_on_stop: DecimalField = Decimal(1)
    prob_slippage: DecimalField = Decimal(0)

    @field_validator("prob_fill_on_limit", "prob_fill_on_stop", "prob_slippage")
    @classmethod
    def _is_chance(cls, value: Decimal) -> Decimal:
        if not 0 <= value <= 1:
            raise ValueError(f"expected a chance from 0 to 1, was {value}")
        return value


class FixedLatencySettings(Settings):
    """How long messages travel, such as "2ms".

    Parameters
    ----------
    base : added to each command
    insert, modify, cancel : of each kind of command
    report : of what the venue tells
    """

    base: DurationField = 0
    insert: DurationField = 0
    modify: DurationField = 0
    cancel: DurationField = 0
    report: DurationField = 0


SETTINGS: Mapping[tuple[str, str], type[Settings]] = {
    ("fees", "maker_taker"): MakerTakerSettings,
    ("fees", "fixed"): FixedSettings,
    ("fees", "per_contract"): PerContractSettings,
    ("fill", "probabilistic"): ProbabilisticSettings,
    ("latency", "fixed"): FixedLatencySettings,
}
"""Key of a venue's table and name of the model -> what its table may say."""
