import pytest

from argosy.kernel.matching import UNSET
from argosy.kernel.trigger import WATCH_LAST, PriceTrigger, Trigger
from argosy_sim.exchange.matcher import AT_ONCE, InstrumentMatcher
from argosy_sim.exchange.resting import LimitTrigger
from argosy_sim.profiles import Options

LAST = 4
BUYER, SELLER = 1, 2


class Watcher:
    """Note what the book reaches, and where it stands then."""

    def __init__(self, matcher: InstrumentMatcher) -> None:
        self.matcher = matcher
        self.seen: list[tuple[object, int, int]] = []
        self.arrived = 0
        self.opens: list[int] = []

    def fired(self, trigger: Trigger, price: int) -> bool:
        self.seen.append((trigger.order, price, self.matcher.shown(trigger.is_buy)))
        return True

    def data_arrived(self) -> None:
        self.arrived += 1

    def opened(self) -> None:
        self.opens.append(self.matcher.ask)
        self.matcher.set_awaits_open(False)


def made(increment: int = 1, **options: object) -> tuple[InstrumentMatcher, Watcher]:
    matcher = InstrumentMatcher(increment, Options(**options))  # type: ignore[arg-type]
    watcher = Watcher(matcher)
    matcher.attach(watcher)  # type: ignore[arg-type]
    return matcher, watcher


def rest(matcher: InstrumentMatcher, name: str, limit: int, *, is_buy: bool = True) -> LimitTrigger:
    trigger = LimitTrigger(name, is_buy=is_buy, limit=limit, is_taker=False)
    matcher.add(trigger)
    return trigger


def book(matcher: InstrumentMatcher) -> tuple[int, int, int, int]:
    return matcher.bid, matcher.ask, matcher.bid_size, matcher.ask_size


# -- quotes and trades


def test_a_quote_is_the_book() -> None:
    matcher, _ = made()
    matcher.quote(99, 101, 5, 7, 1)
    assert (99, 101, 5, 7) == book(matcher)
    assert (7, 5) == (matcher.shown(is_buy=True), matcher.shown(is_buy=False))


def test_trades_are_the_book_where_there_are_no_quotes() -> None:
    matcher, _ = made()
    matcher.trade(100, 6, 0, 1)
    assert (100, 100, 6, 6) == book(matcher)
    assert 100 == matcher.last


def test_trades_leave_quotes_as_they_are() -> None:
    matcher, _ = made()
    matcher.quote(99, 101, 5, 7, 1)
    matcher.trade(98, 6, SELLER, 2)
    assert (99, 101, 5, 7) == book(matcher)


def test_trades_replace_quotes_where_the_venue_says_so() -> None:
    matcher, _ = made(trade_book="set")
    matcher.quote(99, 101, 5, 7, 1)
    matcher.trade(98, 6, SELLER, 2)
    assert (98, 98, 6, 6) == book(matcher)


@pytest.mark.parametrize(
    ("aggressor", "price", "expected"),
    [
        (SELLER, 98, [("buy", 98, 6)]),
        (SELLER, 102, []),
        (BUYER, 102, [("sell", 102, 6)]),
        (BUYER, 98, []),
        (0, 98, [("buy", 98, 6)]),
        (0, 102, [("sell", 102, 6)]),
        (0, 100, []),
    ],
)
def test_a_trade_reaches_the_orders_on_its_passive_side(
    aggressor: int, price: int, expected: list[tuple[str, int, int]]
) -> None:
    matcher, watcher = made()
    matcher.quote(99, 101, 5, 7, 1)
    rest(matcher, "buy", 98)
    rest(matcher, "sell", 102, is_buy=False)
    matcher.trade(price, 6, aggressor, 2)
    assert expected == watcher.seen
    assert (99, 101, 5, 7) == book(matcher)
    assert not matcher.is_dragging


def test_a_trade_reaches_orders_also_where_the_side_that_they_take_is_empty() -> None:
    matcher, watcher = made()
    matcher.quote(99, UNSET, 5, 0, 1)
    rest(matcher, "buy", 98)
    matcher.trade(98, 6, SELLER, 2)
    matcher.quote(UNSET, 101, 0, 7, 3)
    rest(matcher, "sell", 102, is_buy=False)
    matcher.trade(102, 3, BUYER, 4)
    assert [("buy", 98, 6), ("sell", 102, 3)] == watcher.seen


def test_trades_can_be_left_out() -> None:
    matcher, watcher = made(trade_execution=False)
    rest(matcher, "buy", 98)
    matcher.trade(90, 6, SELLER, 1)
    assert ([], UNSET, 90) == (watcher.seen, matcher.bid, matcher.last)


def test_the_last_price_is_watched_even_where_trades_do_not_match() -> None:
    matcher, watcher = made(trade_execution=False)
    stop = PriceTrigger("stop", is_buy=True, watch=WATCH_LAST, level=105, upward=True)
    matcher.add(stop)
    matcher.trade(104, 6, 0, 1)
    matcher.trade(105, 6, 0, 2)
    assert [("stop", 105, 0)] == watcher.seen


# -- bars


def path(high_low: tuple[int, int], **options: object) -> list[tuple[object, int, int]]:
    """Return what a bar 100 -> high, low -> 100 of volume 4,003 reaches."""
    matcher, watcher = made(**options)
    matcher.bar(LAST, (100, 100, 100, 100), 1, 1)
    rest(matcher, "high", high_low[0], is_buy=False)
    rest(matcher, "low", high_low[1])
    matcher.bar(LAST, (100, high_low[0], high_low[1], 101), 4_003, 2)
    assert AT_ONCE == matcher.step
    assert (101, 101, 1_003, 1_003) == book(matcher)
    return watcher.seen


def test_a_bar_goes_up_then_down() -> None:
    assert [("high", 110, 1_000), ("low", 90, 1_000)] == path((110, 90))
    assert [("high", 120, 1_000), ("low", 90, 1_000)] == path((120, 90))


def test_a_bar_goes_to_the_nearer_extreme_first_where_the_venue_says_so() -> None:
    adaptive = {"bar_adaptive_high_low_ordering": True}
    assert ["high", "low"] == [name for name, *_ in path((105, 90), **adaptive)]
    assert ["low", "high"] == [name for name, *_ in path((110, 95), **adaptive)]
    assert ["low", "high"] == [name for name, *_ in path((110, 90), **adaptive)]


def test_a_step_that_does_not_move_the_price_reaches_nothing() -> None:
    matcher, watcher = made()
    matcher.bar(LAST, (100, 100, 100, 100), 4, 1)
    rest(matcher, "buy", 100)
    matcher.bar(LAST, (100, 100, 100, 100), 4, 2)
    assert [] == watcher.seen
    matcher.bar(LAST, (101, 101, 100, 100), 4, 3)
    assert [("buy", 100, 1)] == watcher.seen


def test_a_quarter_of_the_volume_is_whole_increments_and_at_least_one() -> None:
    matcher, watcher = made(increment=100)
    matcher.bar(LAST, (100, 100, 100, 100), 1_000, 1)
    assert 400 == matcher.ask_size
    rest(matcher, "buy", 99)
    matcher.bar(LAST, (99, 99, 98, 99), 0, 2)
    assert [("buy", 99, 100), ("buy", 98, 100), ("buy", 99, 100)] == watcher.seen
    assert 100 == matcher.ask_size


def test_bars_of_both_sides_go_together() -> None:
    matcher, watcher = made()
    rest(matcher, "sell", 110, is_buy=False)
    rest(matcher, "buy", 95)
    matcher.bar_pair((100, 110, 90, 105), 4_000, (102, 112, 92, 107), 8_000, 1)
    assert [("sell", 110, 1_000), ("buy", 92, 2_000)] == watcher.seen
    assert (105, 107, 1_000, 2_000) == book(matcher)
    assert UNSET == matcher.last


def test_the_order_of_a_pair_is_judged_by_its_bids() -> None:
    matcher, watcher = made(bar_adaptive_high_low_ordering=True)
    rest(matcher, "sell", 110, is_buy=False)
    rest(matcher, "buy", 97)
    matcher.bar_pair((100, 110, 95, 105), 4, (102, 103, 97, 103), 4, 1)
    assert ["buy", "sell"] == [name for name, *_ in watcher.seen]


def test_bars_can_be_left_out() -> None:
    matcher, watcher = made(bar_execution=False)
    rest(matcher, "buy", 100)
    matcher.bar(LAST, (90, 90, 90, 90), 4, 1)
    matcher.bar_pair((90, 90, 90, 90), 4, (90, 90, 90, 90), 4, 1)
    assert ([], UNSET, False) == (watcher.seen, matcher.bid, matcher.has_bars)


def test_who_waits_for_an_open_is_called_at_it() -> None:
    matcher, watcher = made()
    matcher.bar(LAST, (100, 100, 100, 100), 4, 1)
    matcher.set_awaits_open(True)
    matcher.bar(LAST, (100, 120, 90, 110), 4, 2)
    matcher.bar(LAST, (111, 120, 90, 110), 4, 3)
    assert [100] == watcher.opens
    matcher.set_awaits_open(True)
    matcher.bar_pair((105, 110, 90, 105), 4, (107, 112, 92, 107), 8, 4)
    assert [100, 107] == watcher.opens


# -- halts, watching, what was taken


def test_a_halted_book_notes_prices_and_reaches_nothing() -> None:
    matcher, watcher = made()
    rest(matcher, "buy", 100)
    matcher.set_halted(True)
    matcher.quote(90, 91, 5, 5, 1)
    matcher.trade(90, 5, SELLER, 2)
    matcher.bar(LAST, (90, 90, 90, 90), 4, 3)
    matcher.bar_pair((90, 90, 90, 90), 4, (91, 91, 91, 91), 4, 4)
    assert ([], 91) == (watcher.seen, matcher.ask)
    matcher.set_halted(False)
    matcher.quote(90, 91, 5, 5, 5)
    assert [("buy", 91, 5)] == watcher.seen


def test_a_watched_book_tells_of_each_row() -> None:
    matcher, watcher = made()
    matcher.quote(90, 91, 5, 5, 1)
    matcher.set_watched(True)
    matcher.quote(90, 91, 5, 5, 2)
    matcher.trade(90, 5, 0, 3)
    matcher.bar(LAST, (90, 90, 90, 90), 4, 4)
    matcher.bar_pair((90, 90, 90, 90), 4, (91, 91, 91, 91), 4, 5)
    assert 4 == watcher.arrived


def test_what_was_taken_returns_when_its_level_changes() -> None:
    matcher, _ = made(liquidity_consumption=True)
    matcher.quote(99, 101, 5, 7, 1)
    matcher.take(is_buy=True, size=3)
    matcher.take(is_buy=False, size=5)
    matcher.quote(99, 101, 5, 7, 2)
    assert (4, 0) == (matcher.shown(is_buy=True), matcher.shown(is_buy=False))
    matcher.quote(99, 102, 5, 7, 3)
    assert (7, 0) == (matcher.shown(is_buy=True), matcher.shown(is_buy=False))
    matcher.quote(99, 102, 6, 7, 4)
    assert (7, 6) == (matcher.shown(is_buy=True), matcher.shown(is_buy=False))


def test_each_trade_and_each_bar_brings_its_own_size() -> None:
    matcher, _ = made(liquidity_consumption=True)
    for _ in range(2):
        matcher.trade(100, 6, 0, 1)
        assert 6 == matcher.shown(is_buy=True)
        matcher.take(is_buy=True, size=6)
        matcher.bar(LAST, (100, 100, 100, 100), 24, 2)
        assert 6 == matcher.shown(is_buy=True)
        matcher.take(is_buy=True, size=6)


def test_nothing_is_counted_where_the_venue_does_not() -> None:
    matcher, _ = made()
    matcher.quote(99, 101, 5, 7, 1)
    matcher.take(is_buy=True, size=3)
    assert 7 == matcher.shown(is_buy=True)
