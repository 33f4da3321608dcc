"""Every kind of data has topics of its own."""

import pytest

from argosy.errors import UnknownNameError
from argosy.kernel import topics
from argosy.kernel.bus import matches
from argosy.model.bar_type import BarType
from argosy.model.identifiers import InstrumentId, Venue

EURUSD = InstrumentId("EUR/USD.SIM")


def test_each_kind_of_data_has_its_own_topic() -> None:
    kinds = (
        topics.quotes,
        topics.trades,
        topics.deltas,
        topics.snapshots,
        topics.ticker,
        topics.instrument,
        topics.instrument_status,
    )
    names = {kind(EURUSD) for kind in kinds}
    assert len(kinds) == len(names)
    assert {True} == {name.endswith(".SIM.EUR/USD") for name in names}
    assert topics.quotes(EURUSD) == "data.quotes.SIM.EUR/USD"
    assert topics.venue_status(Venue("SIM")) == "data.venue_status.SIM"


def test_bars_have_a_topic_for_each_type() -> None:
    bar_type = BarType.from_str("EUR/USD.SIM-5-MINUTE-BID-INTERNAL")
    assert topics.bars(bar_type) == "data.bars.EUR/USD.SIM-5-MINUTE-BID-INTERNAL"


def test_the_pattern_of_a_venue_matches_its_instruments_only() -> None:
    pattern = topics.instruments(Venue("SIM"))
    assert matches(topics.instrument(EURUSD), pattern)
    assert not matches(topics.instrument(InstrumentId("EUR/USD.SIMX")), pattern)
    assert not matches(topics.quotes(EURUSD), pattern)


@pytest.mark.parametrize(
    "pattern",
    ["*", "data.*", "data.quotes.SIM.*", "data.bar?.*", "events.risk", "events.order.S-1", "e*"],
)
def test_a_pattern_that_topics_can_match_is_known(pattern: str) -> None:
    assert None is topics.check_pattern(pattern)  # type: ignore[func-returns-value]


@pytest.mark.parametrize(
    ("pattern", "near"),
    [
        ("event.order.*", "events.order.*"),
        ("data.quotes", "data.quotes.*"),
        ("data.quote.*", "data.quotes.*"),
    ],
)
def test_a_pattern_that_no_topic_can_match_is_refused(pattern: str, near: str) -> None:
    with pytest.raises(UnknownNameError, match="Did you mean") as caught:
        topics.check_pattern(pattern)
    assert near in str(caught.value)


def test_every_topic_is_of_a_known_family() -> None:
    names = [
        topics.quotes(EURUSD),
        topics.trades(EURUSD),
        topics.deltas(EURUSD),
        topics.snapshots(EURUSD),
        topics.ticker(EURUSD),
        topics.instrument(EURUSD),
        topics.instrument_status(EURUSD),
        topics.venue_status(Venue("SIM")),
        topics.bars(BarType.from_str("EUR/USD.SIM-5-MINUTE-BID-INTERNAL")),
    ]
    for name in names:
        topics.check_pattern(name)
    assert len(names) == len(set(names))
