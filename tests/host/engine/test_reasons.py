from argosy.engine.reasons import REASONS


def test_the_reasons_of_the_host_are_well_declared() -> None:
    assert [None] * len(REASONS) == [each.fault() for each in REASONS]
