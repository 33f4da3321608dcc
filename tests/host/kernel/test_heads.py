"""Which source has the next row, among many."""

from hypothesis import given
from hypothesis import strategies as st

from argosy.kernel.heads import Heads

NEVER = 2**63 - 1
TIMES = st.one_of(st.integers(0, 9), st.just(NEVER))


def rest(times: list[int]) -> int:
    """Return where the rows of others begin, seen from the first: a look at each of them."""
    order = sorted(range(len(times)), key=lambda number: (times[number], number))
    if len(order) < 2:
        return NEVER
    first, second = order[:2]
    time = times[second]
    return time if second < first or time == NEVER else time + 1


@given(st.lists(TIMES, min_size=1, max_size=20), st.data())
def test_the_next_row_is_the_earliest_of_the_first_declared(
    times: list[int], data: st.DataObject
) -> None:
    heads = Heads()
    for number, time in enumerate(times):
        heads.add(number, time)
    for _ in range(10):
        assert min(range(len(times)), key=lambda number: (times[number], number)) == heads.next()
        assert rest(times) == heads.horizon()
        number = data.draw(st.integers(0, len(times) - 1))
        times[number] = data.draw(TIMES)
        heads.set(number, times[number])


def test_there_is_no_next_row_without_a_source() -> None:
    heads = Heads()
    assert (None, NEVER, 0) == (heads.next(), heads.horizon(), len(heads))


def test_numbers_may_have_gaps() -> None:
    heads = Heads()
    for number in (7, 2, 40):
        heads.add(number, 5)
    assert (2, 6, 3) == (heads.next(), heads.horizon(), heads.count)
    heads.set(2, NEVER)
    assert (7, 6) == (heads.next(), heads.horizon())
