import pytest

from argosy.parts.statistic import Statistic


def test_a_statistic_that_calculates_nothing_cannot_be_made() -> None:
    class Empty(Statistic):
        pass

    with pytest.raises(TypeError, match="calculate"):
        Empty()  # type: ignore[abstract]
