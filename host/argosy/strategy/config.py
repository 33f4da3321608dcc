"""What the settings of actors and strategies are made of."""

from __future__ import annotations

import msgspec

from argosy.model.enums import OmsType
from argosy.model.identifiers import ComponentId, StrategyId


class ActorConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings of an actor; subclass it for your own.

    Parameters
    ----------
    component_id : its id; the class name where None
    log_events : whether order and position events are logged
    """

    component_id: ComponentId | None = None
    log_events: bool = False


class StrategyConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings of a strategy; subclass it for your own.

    Parameters
    ----------
    strategy_id : its id; class name and order_id_tag where None
    order_id_tag : distinguishes strategies of one class, and is part of their order ids
    oms_type : how its positions are kept; UNSPECIFIED follows the venue
    log_events : whether order and position events are logged
    """

    strategy_id: StrategyId | None = None
    order_id_tag: str | None = None
    oms_type: OmsType = OmsType.UNSPECIFIED
    log_events: bool = False
