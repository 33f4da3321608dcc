from argosy.model.currency import BTC, EUR, USD
from argosy.model.enums import AssetClass, InstrumentClass
from argosy.model.identifiers import InstrumentId
from argosy.model.instruments import CurrencyPair
from argosy.model.values import Price, Quantity
from argosy.testing.instruments import (
    btcusdt_spot,
    crude_oil,
    default_fx_ccy,
    equity,
    gold_cfd,
    spx_index,
)


def test_the_classes_of_assets_and_contracts() -> None:
    assert [
        (AssetClass.EQUITY, InstrumentClass.SPOT),
        (AssetClass.FX, InstrumentClass.SPOT),
        (AssetClass.CRYPTOCURRENCY, InstrumentClass.SPOT),
        (AssetClass.COMMODITY, InstrumentClass.SPOT),
        (AssetClass.COMMODITY, InstrumentClass.CFD),
        (AssetClass.INDEX, InstrumentClass.SPOT),
    ] == [
        (each.asset_class, each.instrument_class)
        for each in (
            equity(),
            default_fx_ccy("EUR/USD"),
            btcusdt_spot(),
            crude_oil(),
            gold_cfd(),
            spx_index(),
        )
    ]


def test_a_pair_with_a_crypto_currency_is_crypto_unless_told_otherwise() -> None:
    pair = CurrencyPair(
        id=InstrumentId("BTC/EUR.KRAKEN"),
        base_currency=BTC,
        quote_currency=EUR,
        price_increment=Price("0.1"),
        size_increment=Quantity("0.0001"),
        asset_class=AssetClass.ALTERNATIVE,
    )
    assert AssetClass.ALTERNATIVE is pair.asset_class


def test_a_share_has_no_base_currency() -> None:
    assert (None, USD) == (equity().base_currency, equity().settlement_currency)


def test_an_index_is_not_tradable() -> None:
    assert not spx_index().is_tradable
    assert equity().is_tradable
