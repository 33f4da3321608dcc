"""Real streams of Betfair, against plain JSON and against the books of betfairlightweight."""

import bz2
import json
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import pytest
from betfairlightweight import StreamListener

from argosy.errors import DataError
from argosy.model.data import (
    F_LAST,
    F_SNAPSHOT,
    InstrumentStatusUpdate,
    OrderBookDelta,
    TradeTick,
)
from argosy.model.enums import BookAction, MarketStatusAction, OrderSide
from argosy.model.instruments import BettingInstrument
from argosy_catalog import ParquetDataCatalog
from tests.plugins.argosy_loaders.books import Levels, level_book
from tests.plugins.argosy_loaders.kit import guesses, items, objects

MARKETS = {
    "1.166811431": (11_357, 17_813, 60424, 237478),
    "1.180305278": (7_685, 11_774, 2696769, 4297085),
}
"""Market -> messages, runner changes, winner, loser."""
MS = 1_000_000


def raw_messages(path: Path) -> Iterator[dict[str, Any]]:
    with bz2.open(path) as file:
        for line in file:
            yield json.loads(line, parse_float=Decimal, parse_int=int)


def instrument(market: str, runner: int) -> str:
    return f"{market}-{runner}-0.BETFAIR"


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(("1.180305278", 1_500), id="part"),
        *(pytest.param((each, None), id=each, marks=pytest.mark.slow) for each in MARKETS),
    ],
)
def lines(request: pytest.FixtureRequest) -> tuple[str, int | None]:
    """Return a market, and how many of its lines are loaded; None for all."""
    chosen: tuple[str, int | None] = request.param
    return chosen


@pytest.fixture(scope="module")
def market(lines: tuple[str, int | None]) -> str:
    return lines[0]


@pytest.fixture(scope="module")
def path(
    lines: tuple[str, int | None], real_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    market, count = lines
    whole = real_data / f"betfair_{market.replace('.', '-')}.bz2"
    if count is None:
        return whole
    part = tmp_path_factory.mktemp("part") / whole.name
    with bz2.open(whole) as file:
        part.write_bytes(bz2.compress(b"".join(islice(file, count))))
    return part


@pytest.fixture(scope="module")
def stored(path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ParquetDataCatalog]:
    with ParquetDataCatalog(tmp_path_factory.mktemp("betfair")) as catalog:
        catalog.ingest([path])
        yield catalog


def test_every_level_change_is_a_delta(
    stored: ParquetDataCatalog, lines: tuple[str, int | None], path: Path
) -> None:
    market, part = lines
    messages, changes, *runners = MARKETS[market]
    expected: dict[int, list[tuple[Any, ...]]] = {runner: [] for runner in runners}
    raw = list(raw_messages(path))
    if part is None:
        assert (messages, changes) == (len(raw), sum(len(c["rc"]) for m in raw for c in m["mc"]))
    for message in raw:
        for change in (each for mc in message["mc"] for each in mc["rc"]):
            for side, key in (("BUY", "atb"), ("SELL", "atl")):
                for price, size in change.get(key, ()):
                    row = (message["pt"] * MS, side, Decimal(price), Decimal(size))
                    expected[change["id"]].append(row)
    for runner in runners:
        deltas = stored.order_book_deltas(instrument(market, runner))
        assert expected[runner] == [
            (d.ts_init, d.order.side, d.order.price.as_decimal(), d.order.size.as_decimal())
            for d in deltas
            if d.order is not None
        ]
        ends = [d for d, after in pairwise(deltas) if d.ts_init != after.ts_init]
        assert all(d.flags & F_LAST for d in (*ends, deltas[-1]))
        assert all(d.action is BookAction.DELETE for d in deltas if not d.order.size.raw)


def test_books_are_those_of_betfairlightweight(
    stored: ParquetDataCatalog, market: str, path: Path
) -> None:
    listener = StreamListener(max_latency=None)
    listener.register_stream(0, "marketSubscription")
    with bz2.open(path, "rt") as file:
        raw = list(file)
    raw = raw[: len(raw) * 2 // 3]
    for line in raw:
        listener.on_data(line)
    (book,) = listener.snap()
    for runner in book.runners:
        expected: Levels = {}
        for side, levels in (
            ("BUY", runner.ex.available_to_back),
            ("SELL", runner.ex.available_to_lay),
        ):
            for level in levels:
                expected[side, Decimal(str(level.price))] = Decimal(str(level.size))
        deltas = stored.order_book_deltas(
            instrument(market, runner.selection_id), end=json.loads(raw[-1])["pt"] * MS
        )
        built = level_book(deltas)
        assert len(built) > 10
        assert expected == built
        bids = [price for side, price in built if side == "BUY"]
        asks = [price for side, price in built if side == "SELL"]
        assert max(bids) < min(asks)


def test_trades_are_the_growth_of_what_was_traded(
    stored: ParquetDataCatalog, market: str, path: Path
) -> None:
    known: dict[tuple[int, Decimal], Decimal] = {}
    expected: dict[int, list[tuple[int, Decimal, Decimal]]] = {}
    for message in raw_messages(path):
        for change in (each for mc in message["mc"] for each in mc["rc"]):
            for price, size in change.get("trd", ()):
                key = (change["id"], Decimal(price))
                grown = Decimal(size) - known.get(key, Decimal(0))
                known[key] = Decimal(size)
                if grown > 0:
                    trade = (message["pt"] * MS, Decimal(price), grown)
                    expected.setdefault(change["id"], []).append(trade)
    for runner, rows in expected.items():
        trades = stored.trade_ticks(instrument(market, runner))
        assert rows == [(t.ts_init, t.price.as_decimal(), t.size.as_decimal()) for t in trades]
        assert [str(number + 1) for number in range(len(rows))] == [t.trade_id for t in trades]


def test_statuses_follow_the_market_definition(
    stored: ParquetDataCatalog, lines: tuple[str, int | None], path: Path
) -> None:
    market, part = lines
    actions = {"OPEN": "TRADING", "SUSPENDED": "PAUSE", "CLOSED": "CLOSE"}
    _, _, winner, loser = MARKETS[market]
    expected, before = [], None
    for message in raw_messages(path):
        for definition in (c["marketDefinition"] for c in message["mc"] if "marketDefinition" in c):
            state = (definition["status"], definition["inPlay"], definition["betDelay"])
            if state != before:
                expected.append((message["pt"] * MS, actions[state[0]]))
                before = state
    for runner, result in ((winner, "WINNER"), (loser, "LOSER")):
        found = stored.query(InstrumentStatusUpdate, instrument(market, runner))
        assert expected == [(each.ts_init, each.action) for each in found]
        if part is None:
            assert (MarketStatusAction.CLOSE, result, 0) == (
                found[-1].action,
                found[-1].reason,
                found[-1].flags,
            )
        assert {"in play, bet delay 5 s"} == {
            each.reason for each in found[1:] if each.action is MarketStatusAction.TRADING
        }


def test_runners_are_betting_instruments(
    stored: ParquetDataCatalog, market: str, path: Path
) -> None:
    first = next(raw_messages(path))
    definition = first["mc"][0]["marketDefinition"]
    assert [
        (instrument(market, each["id"]), each["name"], int(definition["eventId"]))
        for each in sorted(definition["runners"], key=lambda each: str(each["id"]))
    ] == [
        (each.id, each.selection_name, each.event_id)
        for each in stored.instruments()
        if isinstance(each, BettingInstrument)
    ]
    assert first["pt"] * MS == stored.instruments()[0].ts_init


def test_a_stream_is_known_by_its_first_line(path: Path) -> None:
    assert "its first line is a market change message of Betfair" == guesses(path)["betfair"]


# Streams that a test writes

DEFINITION: dict[str, Any] = {
    "status": "OPEN",
    "eventId": "1",
    "eventTypeId": "7",
    "bettingType": "ODDS",
    "marketTime": "2024-01-01T12:00:00.000Z",
    "runners": [{"id": 5, "status": "ACTIVE"}, {"id": 6, "status": "ACTIVE", "hc": 1.5}],
}


def message(pt: int, *changes: dict[str, Any]) -> str:
    return json.dumps({"op": "mcm", "pt": pt, "mc": [{"id": "1.2", **each} for each in changes]})


def load(tmp_path: Path, *lines: str) -> list[Any]:
    file = tmp_path / "stream.json"
    file.write_text("\n".join((message(1, {"marketDefinition": DEFINITION}), *lines)))
    return objects("betfair", file)


def of(kind: type, found: list[Any]) -> list[Any]:
    return [each for each in found if type(each) is kind]


def test_an_image_replaces_the_market(tmp_path: Path) -> None:
    found = load(
        tmp_path,
        message(2, {"rc": [{"id": 5, "atb": [[2, 10]], "trd": [[2, 4]]}]}),
        message(2, {"rc": [{"id": 6, "hc": 1.5, "atl": [[3, 1]]}]}),
        message(3, {"img": True, "rc": [{"id": 5, "atb": [[1.9, 7]], "trd": [[2, 9]]}]}),
        message(4, {"rc": [{"id": 5, "trd": [[2, 11], [1.9, 3]]}]}),
    )
    deltas = of(OrderBookDelta, found)
    books = {
        name: level_book(d for d in deltas if d.instrument_id.symbol == name)
        for name in ("1.2-5-0", "1.2-6-1.5")
    }
    assert {"1.2-5-0": {("BUY", Decimal("1.9")): Decimal(7)}, "1.2-6-1.5": {}} == books
    clears = [d for d in deltas if d.action is BookAction.CLEAR]
    assert [True, False] == [not d.flags & F_LAST for d in clears]
    assert all(d.flags & F_SNAPSHOT for d in deltas if d.ts_init == 3 * MS)
    assert ["4.00", "2.00", "3.00"] == [str(t.size) for t in of(TradeTick, found)]


def test_a_starting_price_is_a_cross_and_a_removed_runner_is_closed(tmp_path: Path) -> None:
    runners = [
        {"id": 5, "status": "ACTIVE", "bsp": 3.45},
        {"id": 6, "status": "REMOVED", "hc": 1.5, "bsp": "NaN"},
    ]
    changed = {**DEFINITION, "inPlay": True, "bspReconciled": True, "runners": runners}
    found = load(tmp_path, message(2, {"marketDefinition": changed}))
    statuses = [each for each in of(InstrumentStatusUpdate, found) if each.ts_init == 2 * MS]
    assert [("CROSS", "BSP 3.45"), ("TRADING", "in play, bet delay 0 s"), ("CLOSE", "REMOVED")] == [
        (each.action, each.reason) for each in statuses
    ]


def test_back_offers_are_bids_and_lay_offers_are_asks(tmp_path: Path) -> None:
    found = load(tmp_path, message(2, {"rc": [{"id": 5, "atb": [[2, 1]], "atl": [[2.02, 3]]}]}))
    assert [(OrderSide.BUY, "2.00"), (OrderSide.SELL, "2.02")] == [
        (d.order.side, str(d.order.price)) for d in of(OrderBookDelta, found)
    ]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ('{"op":"mcm","pt":2,"mc":[', "cut off or damaged"),
        ('{"op":"mcm","mc":[]}', "missing required field `pt`"),
        (message(2, {"rc": [{"id": 9}]}), "runner 9 is in no market definition"),
        (message(2, {"rc": [{"id": 5, "atb": [[2, -1]]}]}), "-1 is no price and no size"),
        (message(2, {"rc": [{"id": 5, "atb": [["NaN", 1]]}]}), "NaN is no price"),
        (message(2, {"rc": [{"id": 5, "atb": [[2.005, 1]]}]}), "2.005 has more than two decimals"),
        (message(2, {"rc": [{"id": 5, "atb": [[2, 1e30]]}]}), "more than 18 digits"),
        (message(2, {"rc": [{"id": 5, "atb": [[2]]}]}), "Expected `array` of length 2"),
        (message(10**15), "the time 1000000000000000 is not within"),
        (
            message(2, {"marketDefinition": {**DEFINITION, "status": "ASLEEP"}}),
            "there is no market status 'ASLEEP'",
        ),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, text: str) -> None:
    with pytest.raises(DataError) as caught:
        load(tmp_path, line)
    assert str(caught.value).startswith(f"{tmp_path}/stream.json:2: "), str(caught.value)
    assert text in str(caught.value)


def test_a_stream_that_goes_back_in_time_is_refused(
    catalog: ParquetDataCatalog, tmp_path: Path
) -> None:
    changes = [message(pt, {"rc": [{"id": 5, "atb": [[2, pt]]}]}) for pt in (5, 4)]
    file = tmp_path / "stream.json"
    file.write_text("\n".join((message(1, {"marketDefinition": DEFINITION}), *changes)))
    with pytest.raises(DataError, match=r"stream\.json:3: the rows are not sorted"):
        catalog.ingest([file])
    assert ([], []) == (catalog.holdings(), catalog.instruments())


@pytest.mark.parametrize("part", [0.1, 0.9])
def test_a_stream_that_is_cut_off_is_refused(path: Path, tmp_path: Path, part: float) -> None:
    cut = tmp_path / "cut.bz2"
    data = path.read_bytes()
    cut.write_bytes(data[: int(len(data) * part)])
    with pytest.raises(DataError, match=r"cut\.bz2: the file cannot be read"):
        items("betfair", cut)
