"""Every kind of data has topics of its own."""

from argosy.engine import topics
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
