from argosy.run.ids import event_id_base, new_run_id


def test_ids_of_runs_name_their_system() -> None:
    ids = {new_run_id("mine") for _ in range(3)}
    assert all(each.startswith("mine-20") for each in ids)


def test_the_base_of_event_ids_tells_seeds_apart_and_leaves_room() -> None:
    bases = [event_id_base(seed) for seed in range(1_000)]
    assert len(bases) == len(set(bases))
    assert bases[7] == event_id_base(7)
    assert all(base % 2**32 == 0 and 0 <= base < 2**62 for base in bases)
