from argosy.model.kinds import BAR, DELTA, QUOTE
from argosy.strategy.actor import Actor
from argosy.strategy.heard import HANDLERS


def test_each_kind_that_is_heard_has_a_handler_of_its_own() -> None:
    assert ("on_quote_tick", "on_bar") == (HANDLERS[QUOTE], HANDLERS[BAR])
    assert len(HANDLERS.entries) == len(set(HANDLERS.entries.values()))
    assert {True} == {callable(getattr(Actor, name)) for name in HANDLERS.entries.values()}


def test_single_deltas_are_not_heard() -> None:
    assert "heard in groups" in HANDLERS.without[DELTA]
