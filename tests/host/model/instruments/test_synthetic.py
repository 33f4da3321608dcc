import pickle

import pytest

from argosy.errors import DataError, ValueRangeError
from argosy.model.identifiers import InstrumentId, Symbol
from argosy.model.instruments import SyntheticInstrument
from argosy.model.values import Price, Quantity
from argosy.testing.instruments import synthetic


def test_its_id_is_at_the_venue_of_all_synthetics() -> None:
    assert InstrumentId("BTC-ETH.SYNTH") == synthetic().id
    assert "SYNTH" == synthetic().venue
    assert not synthetic().is_tradable


def test_its_steps_follow_from_its_precision() -> None:
    assert Price("0.00000001") == synthetic().price_increment
    assert (0, Quantity(1)) == (synthetic().size_precision, synthetic().size_increment)


def test_a_price_is_calculated_from_prices() -> None:
    assert Price("2.50000000") == synthetic().calculate([Price("2.00"), Price("3.00")])


def test_the_result_is_rounded_to_the_precision() -> None:
    third = synthetic().change_formula("BTCUSDT.BINANCE / ETHUSDT.BINANCE")
    assert "0.33333333" == str(third.calculate([1.0, 3.0]))


def test_each_component_needs_a_price() -> None:
    with pytest.raises(DataError, match=r"1 inputs for 2 components. Give one price for each"):
        synthetic().calculate([1.0])


def test_a_division_by_zero_has_no_price() -> None:
    ratio = synthetic().change_formula("BTCUSDT.BINANCE / ETHUSDT.BINANCE")
    with pytest.raises(ValueRangeError, match=r"division by zero"):
        ratio.calculate([1.0, 0.0])


def test_a_wrong_formula_is_refused_at_once() -> None:
    with pytest.raises(DataError, match=r"'x' is unknown"):
        synthetic().change_formula("x + 1")


@pytest.mark.parametrize("components", [(), ("A.B",), ("A.B", "A.B")])
def test_it_has_two_or_more_components(components: tuple[str, ...]) -> None:
    with pytest.raises(DataError, match=r"Give two or more different ones"):
        SyntheticInstrument(
            symbol=Symbol("X"),
            price_precision=2,
            components=tuple(map(InstrumentId, components)),
            formula="1",
        )


def test_its_precision_is_from_0_to_18() -> None:
    with pytest.raises(DataError, match=r"price_precision is 19. Give 0 to 18"):
        SyntheticInstrument(
            symbol=Symbol("X"),
            price_precision=19,
            components=(InstrumentId("A.B"), InstrumentId("C.D")),
            formula="1",
        )


def test_it_survives_its_dict_and_pickle() -> None:
    assert synthetic() == SyntheticInstrument.from_dict(synthetic().to_dict())
    assert synthetic() == pickle.loads(pickle.dumps(synthetic()))
    assert hash(synthetic()) == hash(SyntheticInstrument.from_dict(synthetic().to_dict()))
