from argosy.model.grow import LONG, grown


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
