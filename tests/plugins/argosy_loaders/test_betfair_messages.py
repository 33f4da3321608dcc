"""Messages of Betfair, as far as they are loaded."""

from decimal import Decimal

import msgspec
import pytest

from argosy_loaders.betfair_messages import ChangeMessage, RunnerDefinition


def test_numbers_are_exact_and_other_keys_are_passed_over() -> None:
    text = (
        b'{"op":"mcm","clk":"x","pt":5,"mc":[{"id":"1.2","con":true,"rc":'
        b'[{"id":7,"hc":-0.5,"atb":[[1.01,46.85],[2,0]],"ltp":1.5,"spn":"NaN"}]}]}'
    )
    message = msgspec.json.decode(text, type=ChangeMessage)
    (change,) = message.mc
    (runner,) = change.rc
    assert (5, "1.2", False, None) == (message.pt, change.id, change.img, change.definition)
    assert (
        7,
        Decimal("-0.5"),
        [(Decimal("1.01"), Decimal("46.85")), (Decimal(2), Decimal(0))],
    ) == (
        runner.id,
        runner.hc,
        runner.atb,
    )


@pytest.mark.parametrize(("text", "expected"), [("3.45", "3.45"), ('"NaN"', "NaN"), ("null", None)])
def test_a_starting_price_may_be_a_word(text: str, expected: str | None) -> None:
    data = f'{{"id":1,"status":"ACTIVE","bsp":{text},"sortPriority":3}}'
    found = msgspec.json.decode(data, type=RunnerDefinition).bsp
    assert expected == (None if found is None else str(found))
