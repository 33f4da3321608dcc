"""Order types: what a conditional order waits for.

.. code-block:: python

    def rebound(order: OrderInitialized, instrument: Instrument) -> Trigger:
        level = instrument.make_price(order.trigger_price).raw
        return PriceTrigger(
            order, is_buy=order.is_buy, watch=WATCH_ASK, level=level, upward=True
        )

    @hookimpl
    def register_order_types(
        register: Register[Trigger, [OrderInitialized, Instrument]],
    ) -> None:
        register("REBOUND", rebound, capabilities={"releases=MARKET"}, doc="Buy a rebound.")

The name is the order type: ``order_factory.create(OrderType("REBOUND"), ...)``.
`argosy.testing.order_types.check_order_type` checks one.

*Who calls the factory when*: a venue, when it takes such an order in, and again when the order is
changed. It gets the order as it was made, with the prices and the quantity that it has now; the
order does not change, and `order.options` holds what the type wants beyond the usual fields. An
`argosy.errors.InputError` whose message is ``CODE: key=value, ...`` rejects the order with that
reason; declare the code with ``reasons=``. Settings of the type, if it has any, come as the keyword
``settings``.

*Capabilities*: ``releases=MARKET`` or ``releases=LIMIT`` says what a triggered order becomes.

*Who calls the trigger when*: the matching core of the instrument whose price it watches, and only
when that price is at `above` or higher, or at `below` or lower: `on_touch(price, ts)`, or `touch`
of a compiled one, with a raw price and ns. It returns whether the trigger fires, once; until then
it may `move` its levels, which is how a trailing stop ratchets. It promises that it would not have
fired at a price between its levels, and it raises nothing: what it raises ends the run.

The classes are compiled and lie in the kernel, whose matching core holds them; they are named here
for whoever writes one. Compiled plugins cimport them from `argosy.plug.trigger`.
"""

from argosy.kernel.timeline import NEVER
from argosy.kernel.trigger import (
    WATCH_ASK,
    WATCH_BID,
    WATCH_LAST,
    WATCH_MID,
    PriceTrigger,
    Trigger,
)

__all__ = [
    "NEVER",
    "WATCH_ASK",
    "WATCH_BID",
    "WATCH_LAST",
    "WATCH_MID",
    "PriceTrigger",
    "Trigger",
]
