from argosy.model.events.ids import EventIds


def test_ids_count_up_from_the_base() -> None:
    ids = EventIds(1_000)
    assert [1_001, 1_002, 1_003] == [ids.next(), ids.next(), ids.next()]
    assert ids.last == 1_003
