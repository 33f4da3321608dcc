from hypothesis import given
from hypothesis import strategies as st

from argosy.model.accounts.balance import Balance, lock_of
from argosy.model.currency import EUR, USD
from argosy.model.money import Money

amounts = st.integers(-(10**30), 10**30)


@given(st.lists(st.tuples(st.booleans(), amounts), max_size=20))
def test_total_is_locked_and_free(steps: list[tuple[bool, int]]) -> None:
    balance = Balance(USD)
    for enters, raw in steps:
        if enters:
            balance.add(raw)
        else:
            balance.hold(raw)
        assert balance.total_raw == balance.locked_raw + balance.free_raw
        assert 0 <= balance.locked_raw <= max(balance.total_raw, 0)
        if 0 <= balance.held_raw <= balance.total_raw:
            assert balance.held_raw == balance.locked_raw
    shown = balance.snapshot()
    assert shown.total == shown.locked + shown.free


def test_a_snapshot_is_made_once_for_each_change() -> None:
    balance = Balance(USD)
    balance.put(1_000, 300)
    first = balance.snapshot()
    assert first is balance.snapshot()
    assert (Money("10.00", USD), Money("3.00", USD), Money("7.00", USD)) == (
        first.total,
        first.locked,
        first.free,
    )
    balance.add(1)
    assert first is not balance.snapshot()


def test_what_holds_nothing_shares_its_amounts() -> None:
    balance = Balance(USD)
    balance.put(1_000, 0)
    shown = balance.snapshot()
    assert (Money("10.00", USD), Money("0.00", USD)) == (shown.total, shown.locked)
    assert shown.free is shown.total
    assert shown.locked is balance.money(0)
    assert Money("0.05", USD) == balance.money(5)


def test_locks_are_the_same_where_they_hold_the_same() -> None:
    lock = lock_of(USD, 5, 7, 1)
    assert lock.equals(lock_of(USD, 5, 7, 1))
    assert not lock.equals(lock_of(USD, 6, 7, 1))
    assert not lock.equals(lock_of(USD, 5, 8, 1))
    assert not lock.equals(lock_of(EUR, 5, 7, 1))
