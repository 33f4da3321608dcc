import pytest

from argosy.parts.fee_model import FeeModel


class Free(FeeModel):
    def commission(self, *fill: object) -> None:  # type: ignore[override]
        return None


def test_every_fill_pays_unless_a_model_says_otherwise() -> None:
    assert not Free().charges_once


def test_a_model_that_forgets_the_commission_cannot_be_made() -> None:
    class Silent(FeeModel):
        pass

    with pytest.raises(TypeError, match="commission"):
        Silent()  # type: ignore[abstract]
