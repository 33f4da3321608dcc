from __future__ import annotations

import pytest

from argosy import (
    Actor,
    ActorConfig,
    ComponentState,
    InputError,
    OrderSide,
    QuoteTick,
    Strategy,
    StrategyError,
)
from argosy.run.supervision import Supervision
from tests.host.engine.kit import EURUSD, Desk


class Timid(Actor):
    """Raises when it is told to."""

    def __init__(self, name: str, error: BaseException | None = None, at: str = "start") -> None:
        super().__init__(ActorConfig(component_id=name))
        self.error = error
        self.at = at

    def on_start(self) -> None:
        self.meet("start")

    def on_stop(self) -> None:
        self.meet("stop")

    def meet(self, where: str) -> None:
        if self.error is not None and self.at == where:
            raise self.error


class Breaking(Strategy):
    """Raises at the first quote."""

    def on_start(self) -> None:
        self.subscribe_quote_ticks(EURUSD.id)

    def on_quote_tick(self, tick: QuoteTick) -> None:
        raise ValueError("no")


def supervised(*components: Actor, stops_one: bool) -> tuple[Desk, Supervision]:
    desk = Desk(EURUSD)
    for component in components:
        desk.core.trader.add(component)
    return desk, Supervision(desk.core, stops_one=stops_one)


@pytest.mark.parametrize("at", ["start", "stop"])
def test_a_component_that_raises_ends_the_run(at: str) -> None:
    _, made = supervised(Timid("A"), Timid("B", ValueError("no"), at), stops_one=False)

    def run() -> None:
        made.start()
        made.stop()

    with pytest.raises(StrategyError, match=rf"B\.on_{at}: ValueError: no"):
        run()
    assert [] == made.failures


@pytest.mark.parametrize("at", ["start", "stop"])
def test_only_the_one_that_raises_is_stopped_where_that_is_wanted(at: str) -> None:
    failing, other = Timid("A", ValueError("no"), at), Timid("B")
    _, made = supervised(failing, other, stops_one=True)
    made.start()
    made.stop()
    assert [f"A.on_{at}: ValueError: no"] == [str(each) for each in made.failures]
    assert [ComponentState.FAULTED, ComponentState.STOPPED] == [failing.state, other.state]


def test_the_orders_of_the_one_that_is_stopped_are_canceled() -> None:
    strategy = Breaking()
    desk, made = supervised(strategy, stops_one=True)
    made.start()
    order = strategy.order_factory.limit(
        EURUSD.id, OrderSide.BUY, EURUSD.make_qty(1_000), EURUSD.make_price("1.1")
    )
    strategy.submit_order(order)
    desk.accept(order)
    desk.quote("1.1", "1.2")
    assert [("cancel", order.client_order_id)] == desk.venue.commands[1:]


def test_wrong_input_ends_the_run_as_it_is() -> None:
    _, made = supervised(Timid("A", InputError("no such pair")), stops_one=True)
    with pytest.raises(InputError, match="no such pair"):
        made.start()
