"""Which aggregator a bar type gets."""

import pytest

import argosy_bars
from argosy.errors import ConfigError
from argosy.kernel.aggregator import Aggregator
from argosy.model.bar_type import BarType
from argosy.model.enums import BarAggregation
from argosy.parts.bar_aggregation import BarOptions
from argosy.plugins.host import PluginHost
from argosy.testing.bar_aggregations import check_bar_aggregation
from argosy_bars.factories import tick_bars, time_bars
from argosy_bars.grid import LengthGrid, MonthGrid, SessionGrid
from argosy_bars.tick_bars import TickAggregator
from argosy_bars.time_bars import FencedTimeAggregator, TimeAggregator
from tests.plugins.argosy_bars.feed import DAY, bar_type


def test_plain_bars_get_the_aggregator_that_only_adds() -> None:
    made = time_bars(bar_type(1, "MINUTE"), 5, 2, BarOptions(), 3)
    assert TimeAggregator is type(made)
    known = made.price_precision, made.size_precision, made.rank, str(made.bar_type)
    assert (5, 2, 3, str(bar_type(1, "MINUTE"))) == known


def test_bars_with_more_to_say_get_the_one_that_looks() -> None:
    made = time_bars(bar_type(1, "MINUTE"), 5, 2, BarOptions(interval="right-open"))
    assert FencedTimeAggregator is type(made)


@pytest.mark.parametrize(
    ("step", "aggregation", "length_ns"),
    [
        (250, "MILLISECOND", 250_000_000),
        (30, "SECOND", 30_000_000_000),
        (15, "MINUTE", 900_000_000_000),
        (4, "HOUR", 14_400_000_000_000),
        (2, "DAY", 2 * DAY),
        (1, "WEEK", 7 * DAY),
    ],
)
def test_lengths_have_a_grid_of_their_own(step: int, aggregation: str, length_ns: int) -> None:
    made = time_bars(bar_type(step, aggregation), 5, 0)
    assert isinstance(made.grid, LengthGrid)
    assert length_ns == made.length_ns == made.grid.length_ns


def test_months_have_no_length() -> None:
    made = time_bars(bar_type(3, "MONTH"), 5, 0, BarOptions(origin_offset_ns=7))
    assert isinstance(made.grid, MonthGrid)
    assert (0, 3, 7) == (made.length_ns, made.grid.step, made.grid.offset_ns)


@pytest.mark.parametrize(("step", "aggregation"), [(1, "SECOND"), (30, "MINUTE"), (1, "DAY")])
def test_sessions_cut_bars_up_to_a_day(step: int, aggregation: str) -> None:
    options = BarOptions(session="Mon-Fri 09:30-16:00")
    made = time_bars(bar_type(step, aggregation), 5, 0, options)
    assert isinstance(made.grid, SessionGrid)
    assert 0 == made.length_ns


@pytest.mark.parametrize(("step", "aggregation"), [(2, "DAY"), (1, "WEEK"), (1, "MONTH")])
def test_sessions_do_not_cut_longer_bars(step: int, aggregation: str) -> None:
    with pytest.raises(
        ConfigError, match=rf"^{bar_type(step, aggregation)}: a session cuts bars up"
    ):
        time_bars(bar_type(step, aggregation), 5, 0, BarOptions(session="09:30-16:00"))


def test_a_session_and_an_offset_do_not_go_together() -> None:
    options = BarOptions(session="09:30-16:00", origin_offset_ns=1)
    with pytest.raises(ConfigError, match=r"counted from the opening. Leave one of them out"):
        time_bars(bar_type(1, "MINUTE"), 5, 0, options)


def test_tick_bars_take_any_options() -> None:
    assert TickAggregator is type(tick_bars(bar_type(100, "TICK"), 5, 0, BarOptions(), 1))


def test_the_plugin_offers_every_aggregation_by_time_and_ticks() -> None:
    offered = {}
    argosy_bars.register_bar_aggregations(
        lambda name, factory, **more: offered.update({name: (factory, more)})
    )
    kinds = {
        str(each) for each in BarAggregation.__dict__.values() if isinstance(each, BarAggregation)
    }
    assert offered.keys() <= kinds
    for name, (factory, more) in offered.items():
        made = factory(bar_type(1, name), 5, 0, BarOptions(), 0)
        assert isinstance(made, Aggregator)
        assert made.bar_type.spec.is_time_aggregated() == ("time" in more["capabilities"])
        assert {"ticks", "bars"} <= more["capabilities"]
        assert more["doc"]


@pytest.mark.parametrize(
    "name",
    ["7-TICK-LAST", "10-SECOND-BID", "5-MINUTE-MID", "1-HOUR-ASK", "6-HOUR-LAST"],
)
def test_aggregations_keep_to_the_contract(name: str) -> None:
    wanted = BarType.from_str(f"EUR/USD.SIM-{name}-INTERNAL")
    part = PluginHost.installed().part("bar_aggregations", str(wanted.spec.aggregation))
    digits = int(wanted.spec.price_type == "MID")
    check_bar_aggregation(lambda: part.factory(wanted, 5 + digits, digits, BarOptions(), 0))
