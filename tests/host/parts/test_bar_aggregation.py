from argosy.kernel import aggregator
from argosy.parts.bar_aggregation import Aggregator, BarOptions


def test_the_class_named_here_is_the_one_that_replay_feeds() -> None:
    assert Aggregator is aggregator.Aggregator


def test_the_usual_bars_are_open_on_the_left_and_empty_ones_are_built() -> None:
    options = BarOptions()
    assert ("left-open", "init", True) == (
        options.interval,
        options.by,
        options.build_with_no_updates,
    )
