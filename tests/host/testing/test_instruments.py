from decimal import Decimal

import pytest

from argosy.errors import DataError, UnknownNameError
from argosy.model.instruments import INSTRUMENT_CLASSES
from argosy.testing import instruments


def test_there_is_one_of_each_class() -> None:
    assert set(INSTRUMENT_CLASSES) == {type(each).__name__ for each in instruments.one_of_each()}


def test_their_ids_differ() -> None:
    made = instruments.one_of_each()
    assert len(made) == len({each.id for each in made})


def test_a_pair_of_fiat_currencies_has_five_decimals() -> None:
    pair = instruments.default_fx_ccy("GBP/USD")
    assert ("GBP/USD.SIM", 5, 0) == (pair.id, pair.price_precision, pair.size_precision)
    assert Decimal("0.00002") == pair.taker_fee


def test_a_pair_in_yen_has_three_decimals() -> None:
    assert 3 == instruments.default_fx_ccy("USD/JPY", "XLON").price_precision


def test_a_pair_needs_a_slash() -> None:
    with pytest.raises(DataError, match=r"'GBPUSD' is no pair. Write GBP/USD"):
        instruments.default_fx_ccy("GBPUSD")


def test_a_pair_needs_currencies() -> None:
    with pytest.raises(UnknownNameError, match=r"unknown currency 'GBQ'"):
        instruments.default_fx_ccy("GBQ/USD")


def test_a_share_is_whole() -> None:
    share = instruments.equity("MSFT", "XNAS")
    assert ("MSFT.XNAS", 2, 0) == (share.id, share.price_precision, share.size_precision)


def test_the_perpetuals_are_linear_inverse_and_quanto() -> None:
    made = (
        instruments.btcusdt_perp_binance(),
        instruments.xbtusd_bitmex(),
        instruments.ethusd_bitmex(),
    )
    assert [(False, False), (True, False), (False, True)] == [
        (each.is_inverse, each.is_quanto) for each in made
    ]


def test_a_token_uses_18_decimals() -> None:
    assert 18 == instruments.token_spot_18_digits().price_precision


def test_the_synthetic_is_a_mean() -> None:
    assert "50.00000000" == str(instruments.synthetic().calculate([20.0, 80.0]))


def test_expirations_can_be_chosen() -> None:
    for make in (
        instruments.btcusdt_future,
        instruments.btcusd_option,
        instruments.es_future,
        instruments.aapl_option,
        instruments.binary_option,
    ):
        made = make(activation_ns=5, expiration_ns=7)
        assert (5, 7) == (made.activation_ns, made.expiration_ns)
