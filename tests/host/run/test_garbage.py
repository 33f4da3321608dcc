from __future__ import annotations

import gc

from argosy.run.garbage import rare_collections


def test_collections_are_rare_inside_and_as_before_outside() -> None:
    before = gc.get_threshold(), gc.get_freeze_count()
    with rare_collections():
        assert before[0] < gc.get_threshold()
    assert before == (gc.get_threshold(), gc.get_freeze_count())


def test_of_runs_that_overlap_the_last_restores_it() -> None:
    before = gc.get_threshold(), gc.get_freeze_count()
    first, second = rare_collections(), rare_collections()
    first.__enter__()
    inside = gc.get_threshold()
    second.__enter__()
    first.__exit__(None, None, None)
    assert inside == gc.get_threshold()
    second.__exit__(None, None, None)
    assert before == (gc.get_threshold(), gc.get_freeze_count())
