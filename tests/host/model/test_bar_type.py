import copy
import pickle

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from argosy.errors import ArgosyError, InputError
from argosy.model.bar_type import BarSpecification, BarType
from argosy.model.enums import AggregationSource, BarAggregation, PriceType
from argosy.model.identifiers import InstrumentId
from tests.pure import is_pure

INTERNAL, EXTERNAL = AggregationSource.INTERNAL, AggregationSource.EXTERNAL
PRICES = [PriceType.BID, PriceType.ASK, PriceType.MID, PriceType.LAST]
NAMES = sorted(name for name in vars(BarAggregation) if name.isupper())

characters = st.text("AZaz09./-@_ ", min_size=1, max_size=12).filter(lambda s: s == s.strip())
instrument_ids = st.builds(
    lambda symbol, venue: InstrumentId(f"{symbol}.{venue}"),
    characters,
    st.text("ABC-_", min_size=1, max_size=6),
)


@st.composite
def specifications(draw: st.DrawFn) -> BarSpecification:
    name = draw(st.sampled_from([*NAMES, "RENKO", "MY_OWN_2"]))
    step = draw(st.integers(1, 1000))
    return BarSpecification(step, BarAggregation(name), draw(st.sampled_from(PRICES)))


standards = st.builds(BarType, instrument_ids, specifications(), st.sampled_from(AggregationSource))


@given(specifications())
def test_the_text_of_a_specification_gives_it_back(spec: BarSpecification) -> None:
    again = BarSpecification.from_str(str(spec))
    assert again == spec
    assert hash(again) == hash(spec)
    assert pickle.loads(pickle.dumps(spec)) == spec
    assert repr(spec) == f"BarSpecification('{spec}')"


@given(standards)
def test_the_text_of_a_bar_type_gives_it_back(bar_type: BarType) -> None:
    again = BarType.from_str(str(bar_type))
    assert again == bar_type
    assert hash(again) == hash(bar_type)
    assert again.instrument_id == bar_type.instrument_id
    assert again.spec == bar_type.spec
    assert again.aggregation_source is bar_type.aggregation_source
    assert again is BarType.from_str(str(bar_type))
    assert again is pickle.loads(pickle.dumps(bar_type))
    assert again is copy.deepcopy(bar_type)


def composite(
    instrument_id: InstrumentId,
    spec: BarSpecification,
    below: BarSpecification,
    source: AggregationSource,
) -> BarType | None:
    try:
        return BarType.new_composite(
            instrument_id, spec, INTERNAL, below.step, below.aggregation, source
        )
    except InputError:
        return None


@given(instrument_ids, specifications(), specifications(), st.sampled_from(AggregationSource))
def test_the_text_of_a_composite_gives_it_back(
    instrument_id: InstrumentId,
    spec: BarSpecification,
    below: BarSpecification,
    source: AggregationSource,
) -> None:
    bar_type = composite(instrument_id, spec, below, source)
    assume(bar_type is not None)
    again = BarType.from_str(str(bar_type))
    assert again == bar_type
    assert again.is_composite()
    standard, part = again.standard(), again.composite()
    assert (standard.spec, standard.instrument_id) == (spec, instrument_id)
    assert str(again).startswith(f"{standard}@")
    assert (part.spec.step, part.spec.aggregation) == (below.step, below.aggregation)
    assert part.spec.price_type is spec.price_type
    assert part.aggregation_source is source
    assert standard.is_standard()
    assert part.is_standard()


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("EUR/USD.SIM-5-MINUTE-BID-INTERNAL", "EUR/USD"),
        ("BTC-PERP-2024.BINANCE-100-TICK-LAST-EXTERNAL", "BTC-PERP-2024"),
        ("BRK.A.XNYS-1-DAY-LAST-EXTERNAL", "BRK.A"),
        ("A@1-MINUTE.SIM-1-HOUR-MID-INTERNAL", "A@1-MINUTE"),
        ("X-1-MINUTE-BID-INTERNAL.SIM-1-HOUR-MID-INTERNAL", "X-1-MINUTE-BID-INTERNAL"),
    ],
)
def test_a_symbol_may_hold_dots_slashes_and_hyphens(text: str, symbol: str) -> None:
    bar_type = BarType.from_str(text)
    assert bar_type.instrument_id.symbol == symbol
    assert str(bar_type) == text


def test_a_composite_names_what_it_is_built_from() -> None:
    bar_type = BarType.from_str("EUR/USD.SIM-5-MINUTE-LAST-INTERNAL@1-MINUTE-EXTERNAL")
    assert bar_type.is_composite()
    assert not bar_type.is_standard()
    assert bar_type.is_internally_aggregated()
    assert str(bar_type.standard()) == "EUR/USD.SIM-5-MINUTE-LAST-INTERNAL"
    assert str(bar_type.composite()) == "EUR/USD.SIM-1-MINUTE-LAST-EXTERNAL"
    assert bar_type.composite().is_externally_aggregated()
    assert bar_type != bar_type.standard()


def test_a_standard_type_is_its_own_standard_and_composite() -> None:
    bar_type = BarType.from_str("EUR/USD.SIM-5-MINUTE-LAST-INTERNAL")
    assert bar_type.standard() is bar_type.composite() is bar_type
    assert bar_type.source is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "too few parts"),
        ("EUR/USD.SIM", "too few parts"),
        ("EUR/USD.SIM-5-MINUTE-BID", "too few parts"),
        ("EURUSD-5-MINUTE-BID-INTERNAL", "'EURUSD' is no InstrumentId"),
        ("A.B-0-MINUTE-BID-INTERNAL", "'0' is no step"),
        ("A.B-05-MINUTE-BID-INTERNAL", "'05' is no step"),
        ("A.B-x-MINUTE-BID-INTERNAL", "'x' is no step"),
        ("A.B-5-minute-BID-INTERNAL", "'minute' is no name for BarAggregation"),
        ("A.B-5-MINUTE-BIT-INTERNAL", "unknown PriceType 'BIT'. Did you mean 'BID'"),
        ("A.B-5-MINUTE-UNDEFINED-INTERNAL", "no price type UNDEFINED. Give BID, ASK"),
        ("A.B-5-MINUTE-BID-INTERN", "Did you mean 'INTERNAL'"),
        ("A.B-5-MINUTE-BID-EXTERNAL@1-MINUTE-EXTERNAL", "Write INTERNAL before the @"),
        ("A.B-5-MINUTE-BID-INTERNAL@5-MINUTE-INTERNAL", "made of itself"),
        ("A.B-5-MINUTE-BID-INTERNAL@2-MINUTE-EXTERNAL", "not a whole number of 2-MINUTE-BID bars"),
        ("A.B-5-MINUTE-BID-INTERNAL@1-MINUTE-INTERN", "Did you mean 'INTERNAL'"),
        ("A.B-5-MINUTE-BID-INTERNAL@1-MINUTE", "'1-MINUTE' names no bars. Write it like @1-MIN"),
        ("A.B-5-MINUTE-BID-INTERNAL@0-MINUTE-EXTERNAL", "'0' is no step"),
    ],
)
def test_a_text_that_is_no_bar_type_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(ArgosyError, match=reason) as caught:
        BarType.from_str(text)
    assert f"{text!r} is no bar type" in str(caught.value)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("step", [1, 5, 7, 24, 60, 90, 1000])
def test_a_step_may_be_any_number_from_one(name: str, step: int) -> None:
    assert step == BarSpecification(step, BarAggregation(name), PriceType.LAST).step


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("step", [0, -1])
def test_a_step_below_one_is_refused(name: str, step: int) -> None:
    with pytest.raises(InputError, match=f"is no step of {name} bars. Give an int from 1"):
        BarSpecification(step, BarAggregation(name), PriceType.LAST)


@pytest.mark.parametrize("text", ["4000000000000-MILLISECOND", "36601-DAY", "1201-MONTH"])
def test_a_bar_is_no_longer_than_a_century(text: str) -> None:
    with pytest.raises(InputError, match=f"{text} is too long for a bar. Give at most 100 years"):
        BarSpecification.from_str(f"{text}-LAST")


@pytest.mark.parametrize("step", [1.0, "1", True, None])
def test_a_step_is_an_int(step: int) -> None:
    with pytest.raises(InputError, match=r"is no step of TICK bars. Give an int from 1"):
        BarSpecification(step, BarAggregation.TICK, PriceType.LAST)


@pytest.mark.parametrize("text", ["", "5-MINUTE", "5-MINUTE-BID-INTERNAL", "x-MINUTE-BID"])
def test_a_text_that_is_no_specification_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        BarSpecification.from_str(text)


def test_a_bar_has_a_length_where_it_does_not_vary() -> None:
    lengths = {
        text: BarSpecification.from_str(text).interval_ns
        for text in ("250-MILLISECOND-BID", "5-MINUTE-BID", "1-WEEK-LAST", "1-MONTH-LAST")
    }
    assert lengths == {
        "250-MILLISECOND-BID": 250_000_000,
        "5-MINUTE-BID": 300_000_000_000,
        "1-WEEK-LAST": 604_800_000_000_000,
        "1-MONTH-LAST": 0,
    }
    assert BarSpecification.from_str("100-TICK-LAST").interval_ns == 0


def test_each_aggregation_of_the_sixteen_is_of_one_family() -> None:
    families = {
        name: (
            spec.is_time_aggregated(),
            spec.is_threshold_aggregated(),
            spec.is_information_aggregated(),
        )
        for name in NAMES
        if (spec := BarSpecification(1, BarAggregation(name), PriceType.LAST))
    }
    assert len(families) == 16
    assert {1} == {sum(family) for family in families.values()}
    assert sum(time for time, _, _ in families.values()) == 7
    assert sum(threshold for _, threshold, _ in families.values()) == 3


def test_an_aggregation_of_a_plugin_is_of_no_family() -> None:
    spec = BarSpecification.from_str("10-RENKO-LAST")
    assert not spec.is_time_aggregated()
    assert not spec.is_threshold_aggregated()
    assert not spec.is_information_aggregated()


def test_a_source_is_of_the_same_instrument_and_price() -> None:
    spec = BarSpecification.from_str("5-MINUTE-BID")
    bid = BarType.from_str("A.B-1-MINUTE-BID-EXTERNAL")
    with pytest.raises(InputError, match="Name the same instrument"):
        BarType(InstrumentId("C.B"), spec, INTERNAL, bid)
    with pytest.raises(InputError, match="Name the same price type"):
        BarType(InstrumentId("A.B"), BarSpecification.from_str("5-MINUTE-ASK"), INTERNAL, bid)
    composite = BarType(InstrumentId("A.B"), spec, INTERNAL, bid)
    with pytest.raises(InputError, match="made of a composite"):
        BarType(InstrumentId("A.B"), BarSpecification.from_str("1-HOUR-BID"), INTERNAL, composite)


def test_bar_types_are_ordered_by_their_text() -> None:
    texts = ["A.B-5-MINUTE-BID-INTERNAL", "A.B-1-HOUR-BID-INTERNAL"]
    assert sorted(texts) == [str(each) for each in sorted(map(BarType.from_str, texts))]


def test_a_bar_type_equals_only_bar_types() -> None:
    text = "A.B-5-MINUTE-BID-INTERNAL"
    assert BarType.from_str(text) != text
    assert BarSpecification.from_str("5-MINUTE-BID") != "5-MINUTE-BID"
    assert repr(BarType.from_str(text)) == f"BarType('{text}')"
    assert BarType(InstrumentId("A.B"), BarSpecification.from_str("1-DAY-LAST")) == (
        BarType.from_str("A.B-1-DAY-LAST-EXTERNAL")
    )


@pytest.mark.skipif(is_pure(), reason="only compiled fields are read-only")
def test_a_bar_type_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        BarType.from_str("A.B-5-MINUTE-BID-INTERNAL").source = None
