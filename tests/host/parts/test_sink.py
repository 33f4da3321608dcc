from argosy.model.data import QuoteTick
from argosy.parts.sink import Channel, Sink
from argosy.testing.runs import PAIR


def test_a_sink_wants_nothing_and_does_nothing_by_itself() -> None:
    sink = Sink()
    channel = Channel(0, QuoteTick, PAIR, 5, 0)
    assert () == sink.topics
    assert not sink.wants(channel)
    told = [sink.take(channel, ()), sink.take_past(channel, ()), sink.tell("a", 1), sink.cut(0)]
    assert [None] * 5 == [*told, sink.end(None)]


def test_a_channel_of_objects_has_no_type() -> None:
    channel = Channel(1, None, "Note")
    assert (0, 0) == (channel.price_precision, channel.size_precision)
