from argosy.kernel.matching import UNSET
from argosy.model.accounts import CashAccount
from argosy.model.currency import USD
from argosy.model.identifiers import AccountId
from argosy.model.values import Money, Price, Quantity
from argosy.testing.instruments import default_fx_ccy, equity
from argosy_sim.exchange.holding import Holding
from argosy_sim.exchange.listing import Listing
from argosy_sim.profiles import options_of

PAIR = default_fx_ccy("AUD/USD")
FREE = Money.from_str("0 USD")


def listing(base: object = None, **options: object) -> Listing:
    account = CashAccount(AccountId("SIM-001"), base)  # type: ignore[arg-type]
    return Listing(PAIR, 1, account, options_of("argosy", options))


def test_raws_are_those_of_the_instrument() -> None:
    made = listing(price_protection_points=5)
    assert (Price("1.05000"), Quantity("7")) == (made.price(105_000), made.size(7))
    assert (105_000, UNSET) == (made.raw_price(Price("1.05")), made.raw_price(None))
    assert (None, Price("0.00001")) == (made.price_or_none(UNSET), made.price_or_none(1))
    assert (1, 1, 5) == (made.tick, made.least, made.protection)


def test_what_is_bought_is_delivered_into_an_account_of_several_currencies_only() -> None:
    assert listing().is_delivered
    assert not listing(USD).is_delivered
    account = CashAccount(AccountId("SIM-001"))
    assert not Listing(equity(), 1, account, options_of("argosy", {})).is_delivered


def test_values_with_more_decimals_are_refused_by_name() -> None:
    made = listing()
    assert made.precision_refusal(Quantity("7"), Price("1.05000"), None) is None
    assert "QUANTITY_PRECISION: quantity=7.5, precision=0" == made.precision_refusal(
        Quantity("7.5"), None, None
    )
    assert "PRICE_PRECISION: price=1.050001, precision=5" == made.precision_refusal(
        None, Price("1.050001"), None
    )
    assert "TRIGGER_PRICE_PRECISION: price=1.050001, precision=5" == made.precision_refusal(
        None, None, Price("1.050001")
    )


def test_what_is_held_is_counted_in_whole_increments() -> None:
    made = listing()
    for key, sign, quantity in (("S-001", 1, "7.9"), ("S-002", -1, "3.2")):
        holding = made.holdings[key] = Holding(made.terms)
        holding.trade(sign, Quantity(quantity), Price("1.0"), FREE)
    assert (7, -3, 0) == (made.held("S-001"), made.held("S-002"), made.held("S-003"))
    assert 4 == made.held_by_all()
