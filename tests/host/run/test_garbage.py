from __future__ import annotations

import gc

from argosy.run.garbage import rare_collections


def test_collections_are_rare_inside_and_as_before_outside() -> None:
    before = gc.get_threshold(), gc.get_freeze_count()
    with rare_collections():
        assert before[0] < gc.get_threshold()
    assert before == (gc.get_threshold(), gc.get_freeze_count())
