import pytest

from argosy import Actor, ActorConfig, RunError
from tests.host.engine.kit import TRADER, Desk


def test_a_component_is_connected_with_the_floor_of_its_run() -> None:
    desk, actor = Desk(), Actor(ActorConfig(component_id="Watcher"))
    desk.trader().add(actor)
    assert desk.trader().floor is actor.floor
    assert (TRADER, desk.cache, desk.data) == (
        actor.floor.trader_id,
        actor.floor.cache,
        actor.floor.data,
    )


def test_a_component_that_belongs_to_no_run_has_no_floor() -> None:
    with pytest.raises(RunError, match="belongs to no run yet"):
        _ = Actor(ActorConfig(component_id="Watcher")).floor
