import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from argosy.errors import ArgosyError
from argosy.model.currency import Currency
from argosy.model.money import Money
from argosy.model.spelling import money_of_text, price_of_text, quantity_of_text, text_of
from argosy.model.values import Price, Quantity
from tests.host.model.strategies import precisions, raws, sizes


@given(raws, precisions)
@example(0, 0)
@example(0, 18)
@example(-1, 18)
@example(-(10**18) + 1, 18)
def test_a_number_is_spelled_as_its_class_spells_it(raw: int, precision: int) -> None:
    assert str(Price.from_raw(raw, precision)) == text_of(raw, precision)


@given(raws, precisions)
def test_a_price_is_read_as_it_was_spelled(raw: int, precision: int) -> None:
    price = price_of_text(text_of(raw, precision))
    assert (raw, precision) == (price.raw, price.precision)


@given(sizes, precisions)
def test_a_quantity_is_read_as_it_was_spelled(raw: int, precision: int) -> None:
    size = quantity_of_text(text_of(raw, precision))
    assert (raw, precision) == (size.raw, size.precision)


@given(st.text("0123456789.-+_eE ", max_size=24))
@example("1.")
@example(".5")
@example("-.5")
@example("-")
@example("--1")
@example("1.2.3")
@example("007.50")
@example("1_000.5")
@example("1e3")
@example(" 1 ")
@example("999999999999999999")
@example("1000000000000000000")
@example("0.0000000000000000001")
@example("0000000000000000000000000.5")
def test_any_other_text_is_what_the_class_says(text: str) -> None:
    for fast, slow in ((price_of_text, Price.from_str), (quantity_of_text, Quantity.from_str)):
        try:
            expected = slow(text)
        except ArgosyError as error:
            with pytest.raises(type(error)):
                fast(text)
        else:
            assert (expected.raw, expected.precision) == (fast(text).raw, fast(text).precision)


def test_text_of_a_surrogate_is_refused() -> None:
    with pytest.raises((ArgosyError, UnicodeEncodeError)):
        price_of_text("\ud800")


def test_a_quantity_is_not_negative() -> None:
    assert 0 == quantity_of_text("-0").raw
    with pytest.raises(ArgosyError, match="negative"):
        quantity_of_text("-1")


@given(st.integers(-(10**20), 10**20), st.sampled_from(["USD", "JPY", "BTC"]))
def test_money_is_read_as_it_was_spelled(raw: int, code: str) -> None:
    money = Money.from_raw(raw, Currency.from_str(code))
    assert money == money_of_text(str(money))


@pytest.mark.parametrize("text", ["1_000.5 USD", "7 BTC", "-0.5 USD", "1e2 JPY", " 1.00  USD "])
def test_money_may_be_written_in_other_ways(text: str) -> None:
    assert Money.from_str(text) == money_of_text(text)


@pytest.mark.parametrize("text", ["", "1", "USD", "1 USQ", "1.005 USD", "x USD", "1 2 USD"])
def test_what_is_no_money_is_refused(text: str) -> None:
    with pytest.raises(ArgosyError):
        money_of_text(text)
