"""The rules and models that an exchange trades by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argosy.config.choice import Choice
    from argosy.model.identifiers import Venue
    from argosy.parts.fee_model import FeeModel
    from argosy_sim.fill_models import FillRules
    from argosy_sim.profiles import Options


@dataclass(frozen=True, slots=True)
class ExchangeModels:
    """What one exchange goes by.

    Parameters
    ----------
    name : of the venue
    tag : tells the runs of different seeds apart; part of every id
    fees, fee_is_once : the fee model, and whether an order pays once for all of its executions
    order_types : name -> chosen conditional order type
    is_hedging : the venue keeps a position for each order that opens one
    sells_held : what has no balance of its own can only be sold as far as it is held
    """

    name: Venue
    tag: str
    options: Options
    fees: FeeModel
    fee_is_once: bool
    fill: FillRules
    order_types: Mapping[str, Choice]
    is_hedging: bool
    sells_held: bool
