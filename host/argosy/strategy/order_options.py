"""What an order can be given beside what its type wants: one tail of arguments for all types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypedDict

from argosy.errors import InputError, UnknownNameError

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal

    from argosy.model.enums import ContingencyType, TrailingOffsetType, TriggerType
    from argosy.model.identifiers import (
        ClientOrderId,
        ExecAlgorithmId,
        InstrumentId,
        OrderListId,
    )
    from argosy.model.values import Price, Quantity


class OrderOptions(TypedDict, total=False):
    """What every order may be given.

    Parameters
    ----------
    reduce_only : it only makes its position smaller; False unless given
    quote_quantity : the quantity is an amount of the quote currency; False unless given
    exec_algorithm_id : the algorithm that works it
    exec_algorithm_params : what the algorithm is told
    tags : words of your own, kept with it
    client_order_id : its id; the next free one unless given
    """

    reduce_only: bool
    quote_quantity: bool
    exec_algorithm_id: ExecAlgorithmId | None
    exec_algorithm_params: Mapping[str, Any] | None
    tags: Sequence[str] | None
    client_order_id: ClientOrderId | None


class RestingOptions(OrderOptions, total=False):
    """What an order that can wait may be given.

    Parameters
    ----------
    expire_time : when a GTD order ends: a time with its zone, or ns since the epoch
    """

    expire_time: datetime | int | None


class ShownOptions(RestingOptions, total=False):
    """What an order that can rest at a price may be given.

    Parameters
    ----------
    display_qty : how much of it others see
    """

    display_qty: Quantity | None


class WatchedOptions(RestingOptions, total=False):
    """What an order that waits for a price may be given.

    Parameters
    ----------
    emulation_trigger : which price the host watches for it, instead of the venue
    trigger_instrument_id : whose price is watched; its own instrument's unless given
    """

    emulation_trigger: TriggerType
    trigger_instrument_id: InstrumentId | None


class LimitOptions(ShownOptions, WatchedOptions, total=False):
    """What an order with a limit may be given.

    Parameters
    ----------
    post_only : it is refused rather than take what rests; False unless given
    """

    post_only: bool


class AnyOptions(LimitOptions, total=False):
    """What an order of any type may be given, those that plugins bring included.

    Parameters
    ----------
    options : what a plugin's type wants beyond the fields of an order
    """

    price: Price | None
    trigger_price: Price | None
    trigger_type: TriggerType
    activation_price: Price | None
    limit_offset: Decimal | None
    trailing_offset: Decimal | None
    trailing_offset_type: TrailingOffsetType
    contingency_type: ContingencyType
    order_list_id: OrderListId | None
    linked_order_ids: tuple[ClientOrderId, ...]
    parent_order_id: ClientOrderId | None
    options: Mapping[str, Any] | None


PLACES = (
    "expire_time",
    "post_only",
    "reduce_only",
    "quote_quantity",
    "display_qty",
    "emulation_trigger",
    "trigger_instrument_id",
    "exec_algorithm_id",
    "exec_algorithm_params",
    "tags",
    "client_order_id",
)
"""The order in which users of the field know the options; a type leaves out those it has not."""


def places(kind: type[Any]) -> tuple[str, ...]:
    """Return the options of a kind of orders, in the order of their places."""
    return tuple(name for name in PLACES if name in kind.__annotations__)


SHOWN = places(ShownOptions)
WATCHED = places(WatchedOptions)
LIMIT = places(LimitOptions)
ANY = tuple(AnyOptions.__annotations__)


def given(
    method: str, known: tuple[str, ...], by_place: tuple[Any, ...], options: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the options of an order by name, however they were given.

    Parameters
    ----------
    known : the options of its type, in the order of their places

    Raises
    ------
    UnknownNameError : the type has no such option
    InputError : more by place than there are, or one by place and by name
    """
    if len(by_place) > len(known):
        message = f"{method}() has {len(known)} options, {len(by_place)} were given by place"
        raise InputError(message, cure="Give them by name")
    found = dict(zip(known, by_place, strict=False))
    for name, value in options.items():
        if name not in known:
            raise UnknownNameError(f"argument of {method}()", name, known)
        if name in found:
            message = f"{method}() was given {name} by place and by name"
            raise InputError(message, cure="Give it by name only")
        found[name] = value
    return found
