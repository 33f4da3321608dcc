from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from argosy import (
    InputError,
    InstrumentNotFoundError,
    QuoteTick,
)
from argosy.config.resolve import resolve
from argosy.config.system import DataSettings
from argosy.config.system_file import SystemFile
from argosy.errors import CatalogError
from argosy.kernel.stream import MemoryStream
from argosy.model.instruments import Instrument
from argosy.plugins.host import PluginHost
from argosy.run.assembly import (
    Span,
    instruments_of,
    opened,
    streams_of,
)
from argosy.serialization import arrow
from argosy.testing.instruments import default_fx_ccy
from tests.host.run.kit import PAIR, SECOND, T0, Shelf, quotes

GBPUSD = default_fx_ccy("GBP/USD")
ACCOUNT = {"balances": ["1_000 USD"]}


@dataclass
class Quotes(Shelf):
    """A catalog with one stream of quotes."""

    definitions: list[Instrument] = field(default_factory=lambda: [GBPUSD])
    asked: list[Any] = field(default_factory=list)

    def instruments(self) -> list[Instrument]:
        return self.definitions

    def streams(self, *words: Any, **more: Any) -> list[MemoryStream]:
        self.asked.append((words, more))
        batch = arrow.to_batch(quotes([1, 2, 3, 4]))
        return [MemoryStream(QuoteTick, PAIR, 5, 0, [batch])]


def plan(**more: Any) -> Any:
    system = {
        "name": "made",
        "venues": {"SIM": {"simulate": {"use": "sim", "account": ACCOUNT}}},
        "data": [{"type": "quote", "instruments": [str(PAIR)]}],
        **more,
    }
    return resolve(SystemFile.from_dict(system), PluginHost.installed())


def table(instrument: Instrument) -> dict[str, Any]:
    return {
        "type": "CurrencyPair",
        "id": str(instrument.id),
        "base_currency": "GBP",
        "quote_currency": "USD",
        "price_increment": str(instrument.price_increment),
        "size_increment": str(instrument.size_increment),
    }


@dataclass
class Lending(Shelf):
    """A catalog that notes what is done to it, in the place of a plan's catalog."""

    done: list[str] = field(default_factory=list)

    def build(self) -> Any:
        return self

    def close(self) -> None:
        self.done.append("close")


class Holding(Lending):
    """One that can hold a snapshot."""

    @contextmanager
    def hold(self) -> Iterator[int]:
        self.done.append("hold")
        yield 18
        self.done.append("let go")


@pytest.mark.parametrize(
    ("catalog", "number", "done"),
    [(Lending(), 17, ["close"]), (Holding(), 18, ["hold", "let go", "close"])],
)
def test_the_snapshot_is_held_while_the_catalog_is_open(
    catalog: Lending, number: int, done: list[str]
) -> None:
    with opened(replace(plan(), catalog=catalog)) as lent:
        assert (catalog, number) == lent
        assert done[:-2] == catalog.done
    assert done == catalog.done


def test_definitions_come_from_the_catalog() -> None:
    assert [GBPUSD] == instruments_of(plan(), Quotes())


def test_definitions_of_the_file_need_no_catalog() -> None:
    [found] = instruments_of(plan(instruments=[table(GBPUSD)]), Quotes([]))
    assert PAIR == found.id


def test_equal_definitions_may_stand_in_both() -> None:
    made = plan(instruments=[table(GBPUSD)])
    [own] = instruments_of(made, Quotes([]))
    later = msgspec.structs.replace(own, ts_event=5, ts_init=7)
    assert [own] == instruments_of(made, Quotes([later]))


def test_definitions_that_differ_are_refused() -> None:
    made = plan(instruments=[table(GBPUSD)])
    [own] = instruments_of(made, Quotes([]))
    other = msgspec.structs.replace(own, taker_fee=Decimal("0.5"))
    with pytest.raises(InputError, match=r"the two differ\. Remove one of them"):
        instruments_of(made, Quotes([other]))


def test_an_instrument_that_nobody_defines_is_named_with_what_there_is() -> None:
    other = default_fx_ccy("EUR/USD")
    with pytest.raises(InstrumentNotFoundError, match=r"GBP/USD\.SIM.*the catalog has: EUR/USD"):
        instruments_of(plan(), Quotes([other]))


def test_streams_are_asked_for_as_the_table_says() -> None:
    shelf = Quotes()
    data = DataSettings(
        type="quote", instruments=(PAIR,), start=T0 + 2 * SECOND, end=T0 + 3 * SECOND
    )
    [stream] = streams_of(data, shelf, 17, 1_000)
    [(words, more)] = shelf.asked
    assert (QuoteTick, [PAIR], data.start, data.end) == words
    assert {"snapshot": 17, "batch_rows": 1_000} == more
    assert (data.start, data.end) == (stream.start_ns, stream.end_ns)  # type: ignore[attr-defined]


class Asked(MemoryStream):
    """Note what is asked for."""

    def batches(self, start_ns: int | None, end_ns: int | None) -> Any:
        yield start_ns, end_ns


@pytest.mark.parametrize(
    ("own", "asked", "expected"),
    [
        ((None, None), (None, None), (None, None)),
        ((5, 9), (None, None), (5, 9)),
        ((5, 9), (7, 8), (7, 8)),
        ((5, 9), (3, 12), (5, 9)),
        ((None, 9), (3, None), (3, 9)),
    ],
)
def test_a_span_gives_what_both_spans_have(
    own: tuple[int | None, int | None],
    asked: tuple[int | None, int | None],
    expected: tuple[int | None, int | None],
) -> None:
    span = Span(Asked(QuoteTick, PAIR, 5, 0, []), *own)
    assert [expected] == list(span.batches(*asked))


@dataclass
class Missing(Quotes):
    """A catalog whose folder is not there."""

    path: str = "nope/catalog"
    exists: bool = False


@pytest.mark.parametrize("more", [{}, {"instruments": [table(GBPUSD)]}])
def test_a_catalog_that_is_not_there_is_named_with_its_key(more: dict[str, Any]) -> None:
    made = plan(catalog={"path": "nope/catalog"}, **more)
    with pytest.raises(CatalogError) as caught:
        instruments_of(made, Missing())
    assert (made.place(("catalog", "path")), "there is no catalog at nope/catalog to read") == (
        caught.value.place,
        caught.value.message.partition(" GBP/USD.SIM")[0].removesuffix(" from"),
    )


def test_a_system_that_reads_nothing_needs_no_catalog() -> None:
    query = {"name": "z", "type": "quote", "instruments": [str(PAIR)], "sql": "FROM x.csv"}
    made = plan(instruments=[table(GBPUSD)], data=[query])
    assert [PAIR] == [each.id for each in instruments_of(made, Missing([]))]
