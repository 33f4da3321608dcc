import pytest

from argosy.model.reasons import Reason


def test_a_reason_has_a_code_a_meaning_and_a_cure() -> None:
    assert None is Reason("FILL_OR_KILL", "Not all of it was shown.", "Ask for less.").fault()


@pytest.mark.parametrize("name", ["", "fill_or_kill", "FILL OR KILL", "FILL_", "_FILL", "9_FILLS"])
def test_a_code_is_upper_snake(name: str) -> None:
    assert f"{name!r} is no code: codes are UPPER_SNAKE" == Reason(name, "It was.", "Do.").fault()


def test_a_reason_that_tells_nothing_is_at_fault() -> None:
    assert "NO_MARKET has no meaning" == Reason("NO_MARKET", " ", "Wait for a quote.").fault()
    assert "NO_MARKET has no cure" == Reason("NO_MARKET", "There was no quote.", "").fault()
