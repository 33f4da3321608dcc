import pytest

from argosy.parts.strategy import Component
from argosy.strategy.actor import Actor
from argosy.strategy.strategy import Strategy

ASKED = [name for name in vars(Component) if not name.startswith("_")]


@pytest.mark.parametrize("base", [Actor, Strategy])
def test_what_strategies_derive_from_answers_all_that_the_host_asks(base: type[Actor]) -> None:
    made: Component = base()
    known = dir(made)
    assert [] == [name for name in [*ASKED, *Component.__annotations__] if name not in known]
