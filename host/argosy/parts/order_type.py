"""Order types: what a conditional order waits for.

.. code-block:: python

    def rebound(order: OrderInitialized, instrument: Instrument) -> Trigger:
        level = instrument.make_price(order.trigger_price).raw
        return PriceTrigger(
            order, is_buy=order.is_buy, watch=WATCH_ASK, level=level, upward=True
        )

    @hookimpl
    def register_order_types(register: RegisterOrderType) -> None:
        register("REBOUND", rebound, capabilities={"releases=MARKET"}, doc="Buy a rebound.")

The name is the order type: ``order_factory.create(OrderType("REBOUND"), ...)``.
`argosy.testing.order_types.check_order_type` checks one.

*Who calls the factory when*: a venue, when it takes such an order in, and again when the order is
changed. It gets the order as it was made, with the prices and the quantity that it has now; the
order does not change, and `order.options` holds what the type wants beyond the usual fields. An
`argosy.errors.InputError` whose message is ``CODE: key=value, ...`` rejects the order with that
reason; declare the code with ``reasons=``. Settings of the type, if it has any, come as the keyword
``settings``.

*Order class*: ``order_class=ReboundOrder``, or a callable that imports and returns it, makes the
orders of the type objects of a class of their own, whose `validate` refuses what the type does not
allow. It counts in the runs of this plugin host only.

*Capabilities*: ``releases=MARKET`` or ``releases=LIMIT`` says what a triggered order becomes.

*Who calls the trigger when*: the matching core of the instrument whose price it watches, and only
when that price is at `above` or higher, or at `below` or lower: `on_touch(price, ts)`, or `touch`
of a compiled one, with a raw price and ns. It returns whether the trigger fires, once; until then
it may `move` its levels, which is how a trailing stop ratchets. It promises that it would not have
fired at a price between its levels, and it raises nothing: what it raises ends the run.

The classes are compiled and lie in the kernel, whose matching core holds them; they are named here
for whoever writes one. Compiled plugins cimport them from `argosy.plug.trigger`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Protocol

from argosy.kernel.timeline import NEVER
from argosy.kernel.trigger import (
    WATCH_ASK,
    WATCH_BID,
    WATCH_LAST,
    WATCH_MID,
    PriceTrigger,
    Trigger,
)
from argosy.model.events.order import OrderInitialized
from argosy.model.instruments import Instrument
from argosy.parts.registration import Register

if TYPE_CHECKING:
    from argosy.model.orders import Order
    from argosy.model.reasons import Reason

__all__ = [
    "NEVER",
    "WATCH_ASK",
    "WATCH_BID",
    "WATCH_LAST",
    "WATCH_MID",
    "PriceTrigger",
    "RegisterOrderType",
    "Trigger",
]


class RegisterOrderType(Register[Trigger, [OrderInitialized, Instrument]], Protocol):
    """What `register_order_types` gets: call it once an order type."""

    def __call__(
        self,
        name: str,
        factory: Callable[[OrderInitialized, Instrument], Trigger],
        *,
        settings: Callable[[], type] | type | None = None,
        capabilities: Iterable[str] = (),
        doc: str = "",
        reasons: Iterable[Reason] = (),
        order_class: Callable[[], type[Order]] | type[Order] | None = None,
    ) -> None:
        """Describe one order type, and the class of its orders where it is not `Order`."""
