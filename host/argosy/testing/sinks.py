"""What every sink keeps to, and a sink that notes all it hears."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from argosy.errors import StrategyError
from argosy.model.data import QuoteTick
from argosy.model.enums import OrderSide
from argosy.model.values import Quantity
from argosy.modes.backtest.config import BacktestEngineConfig
from argosy.modes.backtest.engine import BacktestEngine
from argosy.parts.sink import Channel, Sink, SinkRun
from argosy.run.by_hand import plan_of
from argosy.strategy.config import StrategyConfig
from argosy.strategy.strategy import Strategy
from argosy.testing.runs import PAIR, QUOTES, make_engine

if TYPE_CHECKING:
    from argosy.config.plan import Plan


class Listener(Sink):
    """Note everything: `rows` and `past` by channel number, `messages`, `cuts`, `ends`.

    Parameters
    ----------
    topics, flush_rows, flush_interval_ns : as of any sink
    wants : which channels it wants; all of them where None
    """

    def __init__(
        self,
        topics: Sequence[str] = (),
        *,
        flush_rows: int = 65_536,
        flush_interval_ns: int | None = None,
        wants: Callable[[Channel], bool] | None = None,
    ) -> None:
        self.topics = topics
        self.flush_rows = flush_rows
        self.flush_interval_ns = flush_interval_ns
        self.run: SinkRun | None = None
        self.rows: dict[int, list[Any]] = {}
        self.past: dict[int, list[Any]] = {}
        self.messages: list[tuple[str, Any]] = []
        self.cuts: list[int] = []
        self.ends: list[BaseException | None] = []
        self._wants = wants

    def wants(self, channel: Channel) -> bool:
        """Return whether the rows of a channel shall be told."""
        return self._wants is None or self._wants(channel)

    def begin(self, run: SinkRun) -> None:
        """Note the run."""
        self.run = run

    def take(self, channel: Channel, rows: Any) -> None:
        """Note rows."""
        self.rows.setdefault(channel.number, []).append(rows)

    def take_past(self, channel: Channel, rows: Any) -> None:
        """Note rows from before the run."""
        self.past.setdefault(channel.number, []).append(rows)

    def tell(self, topic: str, message: Any) -> None:
        """Note a message."""
        self.messages.append((topic, message))

    def cut(self, before_ns: int) -> None:
        """Note a cut."""
        self.cuts.append(before_ns)

    def end(self, error: BaseException | None) -> None:
        """Note the end."""
        self.ends.append(error)


class Taker(Strategy):
    """Buy and sell in turn at every fiftieth quote.

    Parameters
    ----------
    fails_at : number of the quote at which it raises, 0 for never
    """

    def __init__(self, fails_at: int = 0) -> None:
        super().__init__(StrategyConfig())
        self.fails_at = fails_at
        self.seen = 0

    def on_start(self) -> None:
        """Ask for quotes."""
        self.subscribe_quote_ticks(PAIR)

    def on_quote_tick(self, tick: QuoteTick) -> None:
        """Trade now and then."""
        self.seen += 1
        if self.seen == self.fails_at:
            raise ValueError("this strategy fails on purpose")
        if self.seen % 50 == 0:
            side = OrderSide.BUY if self.seen % 100 else OrderSide.SELL
            self.submit_order(self.order_factory.market(PAIR, side, Quantity.from_int(1_000)))


def check_sink(build: Callable[[], Sink]) -> None:
    """Run with a sink and without it: nothing else may come of the run, and it survives a failure.

    Parameters
    ----------
    build : makes the sink anew each time

    Raises
    ------
    AssertionError : the event log differs, or the sink hides why a run failed
    """
    plan = plan_of(BacktestEngineConfig().to_system())
    alone = _engine(plan, None).run()
    for batch_rows in (7, QUOTES):
        told = _engine(plan, build(), batch_rows=batch_rows).run()
        assert alone.event_log_hash == told.event_log_hash, (
            "a run with the sink has another event log: a sink only listens"
        )
        assert alone.rows == told.rows, "rows were lost on their way past the sink"
    failure = _failure_of(_engine(plan, build(), fails_at=QUOTES // 2))
    assert isinstance(failure, StrategyError), f"the sink hides why the run failed: {failure!r}"


def _engine(
    plan: Plan, sink: Sink | None, *, batch_rows: int = QUOTES, fails_at: int = 0
) -> BacktestEngine:
    made = make_engine(plan, batch_rows=batch_rows)
    made.add_actor(Taker(fails_at))
    if sink is not None:
        made.add_sink(sink)
    return made


def _failure_of(engine: BacktestEngine) -> Exception | None:
    try:
        engine.run()
    except Exception as error:
        return error
    return None
