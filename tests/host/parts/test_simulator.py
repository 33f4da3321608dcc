"""What the host gives to a simulated venue."""

from argosy.model.identifiers import Venue
from argosy.parts.simulator import SimulationContext, seeded_random
from tests.host.engine.kit import SIM, Desk


def context(seed: int, venue: Venue = SIM) -> SimulationContext:
    desk = Desk()
    return SimulationContext(venue, desk.timeline, lambda *_: None, {}, seed)


def test_a_generator_depends_on_seed_venue_and_component_only() -> None:
    first = context(1).random("fill").random()
    assert first == context(1).random("fill").random()
    assert first != context(2).random("fill").random()
    assert first != context(1).random("latency").random()
    assert first != context(1, Venue("OTHER")).random("fill").random()


def test_components_do_not_disturb_each_other() -> None:
    simulation = context(1)
    fill, latency = simulation.random("fill"), simulation.random("latency")
    expected = [seeded_random(1, "SIM/fill").random() for _ in range(1)]
    latency.random()
    assert expected == [fill.random()]


def test_a_generator_is_the_same_in_every_process() -> None:
    assert 0.1209 == round(seeded_random(1, "SIM/fill").random(), 4)
