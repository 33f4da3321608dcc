"""Instruments for tests, demos and first steps: one or more of each class, with usual figures."""

from decimal import Decimal

from argosy.errors import DataError
from argosy.model.currency import BTC, ETH, GBP, USD, USDC, USDT, Currency
from argosy.model.enums import AssetClass, OptionKind
from argosy.model.identifiers import InstrumentId, Symbol, Venue
from argosy.model.instruments import (
    BettingInstrument,
    BinaryOption,
    Cfd,
    Commodity,
    CryptoFuture,
    CryptoOption,
    CryptoPerpetual,
    CurrencyPair,
    Equity,
    FuturesContract,
    IndexInstrument,
    Instrument,
    OptionContract,
    SyntheticInstrument,
    betting_instrument_id,
)
from argosy.model.values import Money, Price, Quantity

SIM = Venue("SIM")
_DAY_NS = 86_400_000_000_000


def default_fx_ccy(symbol: str, venue: Venue | str = SIM) -> CurrencyPair:
    """Return a pair of fiat currencies: 3 decimals for JPY and HUF, else 5; lots of 1,000.

    Parameters
    ----------
    symbol : such as GBP/USD
    """
    base, slash, quote = symbol.partition("/")
    if not slash:
        raise DataError(f"{symbol!r} is no pair", place="default_fx_ccy", cure="Write GBP/USD")
    quote_currency = Currency.from_str(quote)
    return CurrencyPair(
        id=InstrumentId(symbol, str(venue)),
        base_currency=Currency.from_str(base),
        quote_currency=quote_currency,
        price_increment=Price("0.001" if quote in {"JPY", "HUF"} else "0.00001"),
        size_increment=Quantity.from_int(1),
        lot_size=Quantity("1_000"),
        max_quantity=Quantity("10_000_000"),
        min_quantity=Quantity("1_000"),
        max_notional=Money(50_000_000, quote_currency),
        min_notional=Money(1_000, quote_currency),
        margin_init=Decimal("0.03"),
        margin_maint=Decimal("0.03"),
        maker_fee=Decimal("0.00002"),
        taker_fee=Decimal("0.00002"),
    )


def equity(symbol: str = "AAPL", venue: Venue | str = "XNAS") -> Equity:
    """Return a share in US dollars, with steps of a cent."""
    return Equity(
        id=InstrumentId(symbol, str(venue)),
        quote_currency=USD,
        price_increment=Price("0.01"),
        lot_size=Quantity.from_int(100),
    )


def crypto_pair(
    symbol: str,
    venue: Venue | str,
    price_increment: str,
    size_increment: str,
    currencies: tuple[Currency, Currency],
) -> CurrencyPair:
    """Return a spot pair with fees of 0.1% and the given steps.

    Parameters
    ----------
    currencies : base and quote
    """
    base, quote = currencies
    least = Quantity(size_increment)
    return CurrencyPair(
        id=InstrumentId(symbol, str(venue)),
        base_currency=base,
        quote_currency=quote,
        price_increment=Price(price_increment),
        size_increment=least,
        max_quantity=Quantity("9_000"),
        min_quantity=least,
        min_notional=Money(10, quote),
        max_price=Price("1_000_000"),
        min_price=Price(price_increment),
        maker_fee=Decimal("0.001"),
        taker_fee=Decimal("0.001"),
    )


def btcusdt_spot() -> CurrencyPair:
    """Return BTC/USDT at Binance's spot market."""
    return crypto_pair("BTCUSDT", "BINANCE", "0.01", "0.000001", (BTC, USDT))


def ethusdt_spot() -> CurrencyPair:
    """Return ETH/USDT at Binance's spot market."""
    return crypto_pair("ETHUSDT", "BINANCE", "0.01", "0.00001", (ETH, USDT))


def token_spot_18_digits() -> CurrencyPair:
    """Return a pair whose prices use all 18 digits behind the point."""
    return CurrencyPair(
        id=InstrumentId("PEPEETH.UNISWAP"),
        base_currency=Currency.from_str("PEPE"),
        quote_currency=ETH,
        price_increment=Price("0.000000000000000001"),
        size_increment=Quantity("0.001"),
    )


def _perpetual(
    symbol: str,
    currencies: tuple[Currency, Currency, Currency],
    steps: tuple[str, str],
    fees: tuple[str, str],
    *,
    is_inverse: bool = False,
    multiplier: str = "1",
) -> CryptoPerpetual:
    base, quote, settlement = currencies
    return CryptoPerpetual(
        id=InstrumentId(symbol),
        base_currency=base,
        quote_currency=quote,
        settlement_currency=settlement,
        is_inverse=is_inverse,
        price_increment=Price(steps[0]),
        size_increment=Quantity(steps[1]),
        multiplier=Quantity(multiplier),
        margin_init=Decimal("0.05"),
        margin_maint=Decimal("0.025"),
        maker_fee=Decimal(fees[0]),
        taker_fee=Decimal(fees[1]),
    )


def btcusdt_perp_binance() -> CryptoPerpetual:
    """Return the linear BTC/USDT perpetual of Binance."""
    steps, fees = ("0.1", "0.001"), ("0.0002", "0.0004")
    return _perpetual("BTCUSDT-PERP.BINANCE", (BTC, USDT, USDT), steps, fees)


def ethusdt_perp_binance() -> CryptoPerpetual:
    """Return the linear ETH/USDT perpetual of Binance."""
    steps, fees = ("0.01", "0.001"), ("0.0002", "0.0004")
    return _perpetual("ETHUSDT-PERP.BINANCE", (ETH, USDT, USDT), steps, fees)


def xbtusd_bitmex() -> CryptoPerpetual:
    """Return the inverse BTC/USD perpetual of BitMEX; the maker gets a rebate."""
    steps, fees = ("0.5", "1"), ("-0.00025", "0.00075")
    return _perpetual("XBTUSD.BITMEX", (BTC, USD, BTC), steps, fees, is_inverse=True)


def ethusd_bitmex() -> CryptoPerpetual:
    """Return the quanto ETH/USD perpetual of BitMEX: a dollar of price is 0.000001 BTC."""
    steps, fees = ("0.05", "1"), ("-0.00025", "0.00075")
    return _perpetual("ETHUSD.BITMEX", (ETH, USD, BTC), steps, fees, multiplier="0.000001")


def btcusdt_future(activation_ns: int = 0, expiration_ns: int = 90 * _DAY_NS) -> CryptoFuture:
    """Return a linear BTC/USDT quarterly future."""
    return CryptoFuture(
        id=InstrumentId("BTCUSDT_220325.BINANCE"),
        underlying=BTC,
        quote_currency=USDT,
        settlement_currency=USDT,
        activation_ns=activation_ns,
        expiration_ns=expiration_ns,
        price_increment=Price("0.01"),
        size_increment=Quantity("0.000001"),
        margin_init=Decimal("0.05"),
        margin_maint=Decimal("0.025"),
    )


def btcusd_option(activation_ns: int = 0, expiration_ns: int = 30 * _DAY_NS) -> CryptoOption:
    """Return a BTC call of Deribit, quoted and settled in BTC."""
    return CryptoOption(
        id=InstrumentId("BTC-13JAN23-16000-C.DERIBIT"),
        underlying=BTC,
        quote_currency=BTC,
        settlement_currency=BTC,
        option_kind=OptionKind.CALL,
        strike_price=Price("16000.00"),
        activation_ns=activation_ns,
        expiration_ns=expiration_ns,
        price_increment=Price("0.0005"),
        size_increment=Quantity("0.1"),
        maker_fee=Decimal("0.0003"),
        taker_fee=Decimal("0.0003"),
    )


def es_future(activation_ns: int = 0, expiration_ns: int = 90 * _DAY_NS) -> FuturesContract:
    """Return an E-mini S&P 500 future: 50 dollars a point."""
    return FuturesContract(
        id=InstrumentId("ESM4.GLBX"),
        asset_class=AssetClass.INDEX,
        underlying="ES",
        quote_currency=USD,
        exchange="XCME",
        multiplier=Quantity.from_int(50),
        activation_ns=activation_ns,
        expiration_ns=expiration_ns,
        price_increment=Price("0.25"),
    )


def aapl_option(activation_ns: int = 0, expiration_ns: int = 30 * _DAY_NS) -> OptionContract:
    """Return a call on AAPL: 100 shares a contract."""
    return OptionContract(
        id=InstrumentId("AAPL211217C00150000.OPRA"),
        asset_class=AssetClass.EQUITY,
        underlying="AAPL",
        quote_currency=USD,
        option_kind=OptionKind.CALL,
        strike_price=Price("149.00"),
        multiplier=Quantity.from_int(100),
        activation_ns=activation_ns,
        expiration_ns=expiration_ns,
        price_increment=Price("0.01"),
    )


def binary_option(activation_ns: int = 0, expiration_ns: int = 30 * _DAY_NS) -> BinaryOption:
    """Return a yes of a prediction market."""
    return BinaryOption(
        id=InstrumentId("0x12a0cb60-yes.POLYMARKET"),
        quote_currency=USDC,
        outcome="Yes",
        description="Will the outcome of this market be 'Yes'?",
        activation_ns=activation_ns,
        expiration_ns=expiration_ns,
        price_increment=Price("0.001"),
        size_increment=Quantity("0.01"),
    )


def betting_instrument(selection_id: int = 237_478) -> BettingInstrument:
    """Return a runner of a match-odds market at Betfair."""
    market_id = "1.166811431"
    return BettingInstrument(
        id=betting_instrument_id(Venue("BETFAIR"), market_id, selection_id),
        quote_currency=GBP,
        event_type_id=7_522,
        event_type_name="Basketball",
        competition_id=10_547_864,
        competition_name="NBA",
        event_id=29_621_749,
        event_name="Suns @ Kings",
        event_country_code="US",
        event_open_ns=1_577_588_400_000_000_000,
        betting_type="ODDS",
        market_id=market_id,
        market_name="Moneyline",
        market_type="MATCH_ODDS",
        market_start_ns=1_577_588_400_000_000_000,
        selection_id=selection_id,
        selection_name="Sacramento Kings",
        min_notional=Money(1, GBP),
    )


def gold_cfd() -> Cfd:
    """Return a contract for difference on gold."""
    return Cfd(
        id=InstrumentId("XAUUSD.SIM"),
        asset_class=AssetClass.COMMODITY,
        quote_currency=USD,
        price_increment=Price("0.01"),
        size_increment=Quantity.from_int(1),
        margin_init=Decimal("0.05"),
        margin_maint=Decimal("0.05"),
    )


def crude_oil() -> Commodity:
    """Return spot crude oil, whose price has been below zero."""
    return Commodity(
        id=InstrumentId("WTI.SIM"),
        quote_currency=USD,
        price_increment=Price("0.01"),
        margin_init=Decimal("0.10"),
        margin_maint=Decimal("0.10"),
    )


def spx_index() -> IndexInstrument:
    """Return the S&P 500."""
    return IndexInstrument(
        id=InstrumentId("SPX.CBOE"), quote_currency=USD, price_increment=Price("0.01")
    )


def synthetic() -> SyntheticInstrument:
    """Return the mean of BTC and ETH."""
    components = (btcusdt_spot().id, ethusdt_spot().id)
    return SyntheticInstrument(
        symbol=Symbol("BTC-ETH"),
        price_precision=8,
        components=components,
        formula=f"({components[0]} + {components[1]}) / 2.0",
    )


def one_of_each() -> list[Instrument]:
    """Return instruments of all classes, linear, inverse and quanto."""
    return [
        default_fx_ccy("GBP/USD"),
        default_fx_ccy("USD/JPY"),
        equity(),
        btcusdt_spot(),
        token_spot_18_digits(),
        btcusdt_perp_binance(),
        xbtusd_bitmex(),
        ethusd_bitmex(),
        btcusdt_future(),
        btcusd_option(),
        es_future(),
        aapl_option(),
        binary_option(),
        betting_instrument(),
        gold_cfd(),
        crude_oil(),
        spx_index(),
    ]
