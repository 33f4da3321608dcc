"""What users call the things that a catalog holds."""

import pytest

from argosy.errors import CatalogError
from argosy_catalog.lake.kinds import BARS, QUOTES
from argosy_catalog.read.names import answers, chosen, names_of
from tests.catalog.samples import BID_BARS, GBPUSD

KEYS = ["SHIBUSDT.SIM", "GBP/USD.SIM"]


def test_names_are_text_or_all() -> None:
    assert [None, ["A.B"], [str(BID_BARS)], ["A.B", "C.D"]] == [
        names_of(None),
        names_of("A.B"),
        names_of(BID_BARS),
        names_of(("A.B", "C.D")),
    ]


def test_bars_answer_to_their_instrument() -> None:
    assert answers(BARS, str(BID_BARS), str(GBPUSD))
    assert answers(BARS, str(BID_BARS), str(BID_BARS))
    assert not answers(BARS, str(BID_BARS), "SHIBUSDT.SIM")


def test_keys_are_chosen_by_name() -> None:
    assert sorted(KEYS) == chosen(QUOTES, KEYS, None, "here")
    assert ["SHIBUSDT.SIM"] == chosen(QUOTES, KEYS, ["SHIBUSDT.SIM"], "here")


@pytest.mark.parametrize(
    ("name", "hint"), [("GBPUSD.SIM", "Did you mean"), ("else", "Available: GBP/USD.SIM")]
)
def test_a_name_that_nothing_has_is_refused_with_one_like_it(name: str, hint: str) -> None:
    with pytest.raises(CatalogError, match=f"here: there are no quotes of {name}") as caught:
        chosen(QUOTES, KEYS, [name], "here")
    assert hint in str(caught.value)


def test_where_there_is_nothing_there_is_a_way_to_look() -> None:
    with pytest.raises(CatalogError, match="`argosy catalog ls` shows what there is"):
        chosen(QUOTES, [], ["A.B"], "here")
