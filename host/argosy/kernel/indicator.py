"""What the kernel feeds before it calls a handler: the base class of every indicator.

A compiled indicator overrides the three ``update_*`` C methods of ``indicator.pxd``, so a bar that
no Python code looks at stays a row of numbers. An interpreted one overrides ``handle_bar``,
``handle_quote_tick``, ``handle_trade_tick`` or ``update_raw`` instead: `Indicator.is_interpreted`
then tells the kernel to make the object and call the handler.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from argosy.errors import InputError

if TYPE_CHECKING:
    from argosy.model.data import Bar, QuoteTick, TradeTick


class Indicator:
    """Turn a series of bars, quotes or trades into a number.

    Parameters
    ----------
    params : what the indicator was made with, shown in its repr
    """

    def __init__(self, params: tuple[object, ...] = ()) -> None:
        self.params = tuple(params)
        self.value = 0.0
        self.has_inputs = False
        self.initialized = False
        self.count = 0

    @property
    def name(self) -> str:
        """Name the kind of indicator: its class."""
        return type(self).__name__

    @property
    def is_interpreted(self) -> bool:
        """Tell whether Python code overrides a handler. Ask once, at registration."""
        for cls in type(self).__mro__:
            if _has_c_methods(cls):
                return False
            if not _HANDLERS.isdisjoint(cls.__dict__):
                return True
        return False

    def handle_bar(self, bar: Bar) -> None:
        """Take one bar."""
        self.update_bar(
            bar.open.as_double(),
            bar.high.as_double(),
            bar.low.as_double(),
            bar.close.as_double(),
            bar.volume.as_double(),
            bar.ts_init,
        )

    def handle_quote_tick(self, tick: QuoteTick) -> None:
        """Take one quote."""
        bid, ask = tick.bid_price.as_double(), tick.ask_price.as_double()
        bid_size, ask_size = tick.bid_size.as_double(), tick.ask_size.as_double()
        if tick.is_two_sided:
            self.update_quote(bid, ask, bid_size, ask_size, tick.ts_init)
        else:
            self.update_sides(bid, ask, bid_size, ask_size, tick.ts_init)

    def take_quote_tick(self, tick: QuoteTick) -> None:
        """Take one quote out of the data; a handler in Python hears of none that lacks a side."""
        if tick.is_two_sided:
            self.handle_quote_tick(tick)
        else:
            self.handle_sides(tick)

    def handle_sides(self, tick: QuoteTick) -> None:
        """Take a quote that lacks a side, whose size is 0; by default nothing is made of it."""

    def handle_trade_tick(self, tick: TradeTick) -> None:
        """Take one trade."""
        self.update_trade(tick.price.as_double(), tick.size.as_double(), tick.ts_init)

    def reset(self) -> None:
        """Forget every input."""
        self.value = 0.0
        self.has_inputs = False
        self.initialized = False
        self.count = 0

    def update_bar(
        self, open: float, high: float, low: float, close: float, volume: float, ts: int
    ) -> int:
        """Take one bar as numbers (C only when compiled)."""
        raise _refusal(self.name, "bars")

    def update_quote(
        self, bid: float, ask: float, bid_size: float, ask_size: float, ts: int
    ) -> int:
        """Take one quote as numbers (C only when compiled)."""
        raise _refusal(self.name, "quotes")

    def update_sides(
        self, bid: float, ask: float, bid_size: float, ask_size: float, ts: int
    ) -> int:
        """Take a quote that lacks a side (C only); by default nothing is made of it."""
        return 0

    def update_trade(self, price: float, size: float, ts: int) -> int:
        """Take one trade as numbers (C only when compiled)."""
        raise _refusal(self.name, "trades")

    def advance(self, period: int) -> int:
        """Count one input; the indicator is initialized from the ``period``-th on (C only)."""
        self.count += 1
        self.has_inputs = True
        if self.count >= period:
            self.initialized = True
        return 0

    def _set_has_inputs(self, setting: bool) -> None:  # noqa: FBT001  as NautilusTrader's
        self.has_inputs = setting

    def _set_initialized(self, setting: bool) -> None:  # noqa: FBT001  as NautilusTrader's
        self.initialized = setting

    def __repr__(self) -> str:
        return f"{self.name}({', '.join(map(str, self.params))})"


_HANDLERS = frozenset(
    ("handle_bar", "handle_quote_tick", "handle_sides", "handle_trade_tick", "update_raw")
)
_UPDATES = frozenset(("update_bar", "update_quote", "update_sides", "update_trade"))
_C_TABLE = "__pyx_vtable__"
_IS_COMPILED = _C_TABLE in Indicator.__dict__


def _has_c_methods(cls: type) -> bool:
    if _IS_COMPILED:
        return _C_TABLE in cls.__dict__
    return not _UPDATES.isdisjoint(cls.__dict__)


def _refusal(name: str, what: str) -> InputError:
    return InputError(
        f"the indicator {name} takes no {what}",
        cure=f"Register it for other data, or override its handler for {what}",
    )
