"""Samples that rest on a price of nobody are counted, once a sample."""

from argosy.engine.stale import StaleMarks
from tests.host.engine.kit import BUY, EURUSD, SELL, SIM, Desk, margin_account


def desk(side: object = BUY) -> Desk:
    made = Desk(account=margin_account("1000 USD"))
    made.trade_at(side, 1000, "1.1")
    return made


def quote(made: Desk, bid_size: int, ask_size: int) -> None:
    market = made.cache.market(EURUSD.id)
    market.feed_quote(110_000, 110_002, bid_size, ask_size, 1, 1)


def test_what_is_held_long_is_marked_at_the_bid_and_short_at_the_ask() -> None:
    for side, lost in ((BUY, (0, 1)), (SELL, (1, 0))):
        made = desk(side)
        stale = StaleMarks(made.cache)
        quote(made, 1, 1)
        stale.note(SIM, 1)
        quote(made, *lost[::-1])
        stale.note(SIM, 2)
        quote(made, *lost)
        stale.note(SIM, 3)
        assert {EURUSD.id: 1} == +stale.counts


def test_a_second_sample_of_a_time_takes_the_place_of_the_first() -> None:
    made = desk()
    stale = StaleMarks(made.cache)
    quote(made, 1, 1)
    quote(made, 0, 1)
    for _ in range(3):
        stale.note(SIM, 1)
    assert {EURUSD.id: 1} == +stale.counts
    quote(made, 1, 1)
    stale.note(SIM, 1)
    assert {} == +stale.counts


def test_a_price_that_was_never_known_is_not_stale() -> None:
    made = desk()
    stale = StaleMarks(made.cache)
    quote(made, 0, 1)
    stale.note(SIM, 1)
    assert {} == +stale.counts
