from argosy.model.enums import InstrumentClass, OptionKind
from argosy.model.values import Price
from argosy.testing.instruments import aapl_option, binary_option, btcusd_option


def test_the_classes_of_contracts() -> None:
    assert [InstrumentClass.OPTION, InstrumentClass.OPTION, InstrumentClass.BINARY_OPTION] == [
        each.instrument_class for each in (aapl_option(), btcusd_option(), binary_option())
    ]


def test_an_option_has_a_kind_and_a_strike() -> None:
    assert (OptionKind.CALL, Price("149.00")) == (
        aapl_option().option_kind,
        aapl_option().strike_price,
    )


def test_a_binary_option_is_worth_nothing_to_one() -> None:
    assert (Price(0), Price(1)) == (binary_option().min_price, binary_option().max_price)
