import gc

from argosy import Price
from argosy.model.grow import LONG, grown, record


def test_a_sequence_grows_in_order() -> None:
    items: tuple[int, ...] | list[int] = ()
    for number in range(3 * LONG):
        items = grown(items, number)
        assert list(range(number + 1)) == list(items)
        assert isinstance(items, tuple) == (number < LONG)


def test_a_short_sequence_is_left_as_it_was() -> None:
    before = (1, 2)
    assert (1, 2, 3) == grown(before, 3)
    assert before == (1, 2)


def test_a_record_holds_the_items_in_order() -> None:
    assert (3, 1, 2) == record([3, 1, 2])
    assert () == record([])


def test_the_collector_looks_only_at_what_can_be_in_a_cycle() -> None:
    plain, knot = Price("1.5"), [1]
    assert not gc.is_tracked(record([plain, 1, "text"]))
    assert not gc.is_tracked(grown((plain,), plain))
    assert gc.is_tracked(record([plain, knot]))
    assert gc.is_tracked(grown((plain,), knot))
    assert gc.is_tracked(grown((knot,), plain))
