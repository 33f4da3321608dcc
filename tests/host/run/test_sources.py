from __future__ import annotations

from dataclasses import dataclass

from argosy import QuoteTick, TradeTick
from argosy.kernel.replay import ObjectSource, QuoteSource, Replay, TradeSource
from argosy.run.sinks import SinkDesk
from argosy.run.sources import Sources
from argosy.testing.instruments import default_fx_ccy
from tests.host.engine.kit import Desk
from tests.host.run.kit import PAIR, SECOND, T0, quote, quotes, trade


@dataclass
class Note:
    ts_init: int


def sources(*data: object) -> Sources:
    made = Sources(SinkDesk())
    made.add(list(data))
    return made


def test_streams_are_replayed_before_objects_each_in_declared_order() -> None:
    made = sources(quote(1), Note(T0), trade(1))
    made.add([quote(2)])
    desk = Desk(default_fx_ccy("GBP/USD"))
    replay = Replay(desk.timeline)
    made.feed(desk.core, replay, None)
    expected = [QuoteSource, TradeSource, QuoteSource, ObjectSource]
    assert expected == [type(source) for source in replay.sources]
    assert [("Note", [Note(T0)])] == made.objects


def test_rows_before_the_start_are_left_out() -> None:
    made = sources(*quotes([1, 2, 3]), Note(T0 + 1 * SECOND), Note(T0 + 4 * SECOND))
    desk = Desk(default_fx_ccy("GBP/USD"))
    replay = Replay(desk.timeline)
    made.feed(desk.core, replay, T0 + 2 * SECOND)
    assert T0 + 2 * SECOND == replay.first()


def test_history_is_that_of_one_type_and_key_within_two_times() -> None:
    made = sources(*quotes([1, 2, 3]), trade(2))
    found = made.history(QuoteTick, PAIR, T0 + 2 * SECOND, T0 + 9 * SECOND)
    assert [T0 + 2 * SECOND, T0 + 3 * SECOND] == [each.ts_init for each in found]
    assert [] == list(made.history(TradeTick, PAIR, None, T0 + SECOND))
