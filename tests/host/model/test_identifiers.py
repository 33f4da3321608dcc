import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.errors import InputError
from argosy.model import identifiers
from argosy.model.identifiers import (
    AccountId,
    ClientOrderId,
    Identifier,
    InstrumentId,
    PositionId,
    StrategyId,
    Symbol,
    TradeId,
    TraderId,
    Venue,
)

CLASSES = [
    each
    for name, each in vars(identifiers).items()
    if isinstance(each, type) and issubclass(each, Identifier) and not name.startswith("_")
]
EXAMPLES = {InstrumentId: "AUD/USD.SIM", TraderId: "TRADER-001", StrategyId: "EMACross-001"}
EXAMPLES[AccountId] = "SIM-001"

printable = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=20)
undotted = printable.filter(lambda text: "." not in text)


def example(kind: type[Identifier]) -> str:
    return EXAMPLES.get(kind, "NAME")


@pytest.mark.parametrize("kind", CLASSES)
def test_an_identifier_is_a_string_of_its_class(kind: type[Identifier]) -> None:
    text = example(kind)
    name = kind(text)
    assert name == text
    assert hash(name) == hash(text)
    assert type(name.value) is str
    assert repr(name) == f"{kind.__name__}({text!r})"
    assert kind(name) is name
    assert kind.from_str(text) == name


@pytest.mark.parametrize("kind", CLASSES)
def test_an_identifier_survives_pickle_and_copy(kind: type[Identifier]) -> None:
    name = kind(example(kind))
    for again in (pickle.loads(pickle.dumps(name)), copy.copy(name), copy.deepcopy(name)):
        assert type(again) is kind
        assert again == name


@pytest.mark.parametrize("kind", CLASSES)
@pytest.mark.parametrize("text", ["", " ", " A-1.B", "A-1.B ", "A-1\n.B", "Ä-1.B", "A-1.B\t"])
def test_an_identifier_refuses_what_is_not_printable_ascii(
    kind: type[Identifier], text: str
) -> None:
    with pytest.raises(InputError, match=f"is no {kind.__name__}"):
        kind(text)


@pytest.mark.parametrize("value", [None, 5, b"NAME"])
def test_an_identifier_refuses_what_is_no_text(value: object) -> None:
    with pytest.raises(TypeError, match="Venue takes a str"):
        Venue(value)  # type: ignore[arg-type]


@given(printable, undotted)
def test_an_instrument_id_is_split_at_its_last_dot(symbol: str, venue: str) -> None:
    whole = InstrumentId(f"{symbol}.{venue}")
    assert whole.symbol == symbol
    assert whole.venue == venue
    assert type(whole.symbol) is Symbol
    assert type(whole.venue) is Venue
    assert whole == InstrumentId(Symbol(symbol), Venue(venue))


@pytest.mark.parametrize("text", ["AUDUSD", ".SIM", "AUD/USD.", ".", " .SIM"])
def test_an_instrument_id_needs_symbol_and_venue(text: str) -> None:
    with pytest.raises(InputError, match="InstrumentId"):
        InstrumentId(text)


def test_a_venue_has_no_dot() -> None:
    with pytest.raises(InputError, match=r"'X.Y' is no Venue. Leave out the dots"):
        InstrumentId("A", "X.Y")


@pytest.mark.parametrize("kind", [TraderId, StrategyId])
def test_a_tag_stands_behind_the_last_hyphen(kind: type[TraderId] | type[StrategyId]) -> None:
    assert kind("EMA-Cross-001").tag == "001"


@pytest.mark.parametrize("kind", [TraderId, StrategyId, AccountId])
@pytest.mark.parametrize("text", ["NAME", "-", "NAME-", "-001"])
def test_a_tagged_id_needs_name_and_tag(kind: type[Identifier], text: str) -> None:
    with pytest.raises(InputError, match=r"hyphen and (a tag|number), such as"):
        kind(text)


def test_an_external_strategy_needs_no_tag() -> None:
    assert StrategyId("EXTERNAL").is_external
    assert not StrategyId("EMACross-001").is_external


def test_an_account_id_has_issuer_and_number() -> None:
    account = AccountId("IB-DU-123")
    assert (account.issuer, account.number) == ("IB", "DU-123")


def test_a_position_is_virtual_where_this_system_keeps_it() -> None:
    assert PositionId("P-20240102-000000-001-001-1").is_virtual
    assert not PositionId("SIM-1-001").is_virtual


def test_a_trade_id_has_at_most_36_characters() -> None:
    assert TradeId("x" * 36) == "x" * 36
    with pytest.raises(InputError, match=r"it has 37 characters. Give at most 36"):
        TradeId("x" * 37)


def test_an_identifier_finds_what_its_text_is_the_key_of() -> None:
    assert {"O-1": "found"}[ClientOrderId("O-1")] == "found"
