import msgspec
import pytest

from argosy.errors import DataError
from argosy.model.currency import BTC, ETH, USDT
from argosy.model.enums import AssetClass, InstrumentClass
from argosy.model.identifiers import InstrumentId
from argosy.model.instruments import FuturesContract
from argosy.model.values import Price
from argosy.testing.instruments import btcusdt_future, btcusdt_perp_binance, es_future


def test_the_classes_of_contracts() -> None:
    assert [InstrumentClass.FUTURE, InstrumentClass.FUTURE, InstrumentClass.SWAP] == [
        each.instrument_class for each in (es_future(), btcusdt_future(), btcusdt_perp_binance())
    ]
    assert AssetClass.CRYPTOCURRENCY is btcusdt_future().asset_class


def test_the_underlying_of_a_crypto_future_is_its_base_currency() -> None:
    future = btcusdt_future()
    assert (BTC, BTC, USDT) == (
        future.underlying,
        future.base_currency,
        future.settlement_currency,
    )
    with pytest.raises(DataError, match=r"base_currency ETH is not the underlying BTC"):
        msgspec.structs.replace(future, base_currency=ETH)


def test_a_future_needs_a_multiplier() -> None:
    with pytest.raises(TypeError, match=r"multiplier"):
        FuturesContract(  # type: ignore[call-arg]
            id=InstrumentId("ES.X"),
            asset_class=AssetClass.INDEX,
            quote_currency=USDT,
            price_increment=Price("0.25"),
            underlying="ES",
            activation_ns=0,
            expiration_ns=1,
        )
