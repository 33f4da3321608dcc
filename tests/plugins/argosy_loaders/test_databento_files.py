"""Every field of real definitions and sampled tops, read back from a catalog."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import databento_dbn as dbn
import pytest

from argosy.model.data import QuoteTick
from argosy.model.enums import AssetClass
from argosy.model.instruments import FuturesContract, OptionContract
from argosy_catalog import ParquetDataCatalog
from tests.plugins.argosy_loaders.kit import objects
from tests.plugins.argosy_loaders.test_databento import (
    MINUTE,
    T0,
    UNDEFINED,
    assert_trades,
    header,
    price,
    records,
)

FUTURES = {
    "databento_esm4_definition": ("ESM4",),
    "databento_esu4_definition": ("ESU4", "NQU4"),
    "databento_opt_futures_definition": ("ESM4", "NQM4"),
}


@pytest.mark.parametrize(("name", "symbols"), FUTURES.items())
def test_futures_are_what_their_definitions_say(
    catalog: ParquetDataCatalog, real_data: Path, name: str, symbols: Sequence[str]
) -> None:
    path = real_data / f"{name}.dbn.zst"
    assert sorted(symbols) == [each.key.removesuffix(".GLBX") for each in _sorted(catalog, path)]
    raws = sorted(records(path), key=lambda raw: str(raw.raw_symbol))
    for raw, future in zip(raws, catalog.instruments(), strict=True):
        assert type(future) is FuturesContract
        assert f"{raw.raw_symbol}.GLBX" == future.id
        _assert_contract(raw, future)
        assert price(raw.min_price_increment) == future.price_increment.as_decimal()
        assert (raw.asset, raw.instrument_class) == (future.underlying, "F")
    multipliers = {"ES": "50", "NQ": "20"}  # dollars a point
    assert [multipliers[symbol[:2]] for symbol in sorted(symbols)] == [
        str(each.multiplier) for each in catalog.instruments()
    ]


def test_options_are_what_their_definitions_say(
    catalog: ParquetDataCatalog, real_data: Path
) -> None:
    path = real_data / "databento_opt_options_definition.dbn.zst"
    assert 2 == len(_sorted(catalog, path))
    raws = sorted(records(path), key=lambda raw: str(raw.raw_symbol))
    for raw, option in zip(raws, catalog.instruments(), strict=True):
        assert type(option) is OptionContract
        assert f"{raw.raw_symbol}.GLBX" == option.id
        _assert_contract(raw, option)
        assert UNDEFINED == raw.min_price_increment  # so it is that of the settings
        assert Decimal("0.01") == option.price_increment.as_decimal()
        assert price(raw.strike_price) == option.strike_price.as_decimal()
        assert (raw.underlying, raw.instrument_class) == (option.underlying, "P")
        assert "PUT" == option.option_kind


def _sorted(catalog: ParquetDataCatalog, path: Path) -> list[Any]:
    """Load definitions; return what is told of them."""
    loaded = sorted(catalog.ingest([path]), key=lambda each: each.key)
    assert {("instruments", 1)} == {(each.kind, each.rows) for each in loaded}
    return loaded


def _assert_contract(raw: Any, found: Any) -> None:
    assert (
        *(raw.raw_symbol, raw.currency, raw.exchange),
        *(raw.activation, raw.expiration, raw.ts_event, raw.ts_recv),
        *(price(raw.unit_of_measure_qty), AssetClass.INDEX, 1),
    ) == (
        *(found.raw_symbol, found.quote_currency.code, found.exchange),
        *(found.activation_ns, found.expiration_ns, found.ts_event, found.ts_init),
        *(found.multiplier.as_decimal(), found.asset_class, found.size_increment.as_decimal()),
    )
    assert found.settlement_currency == found.quote_currency
    assert "IPNT" == raw.unit_of_measure


@pytest.mark.parametrize(
    ("kind", "numbers", "trades"),
    [
        ("futures", {"ESM4": 5_602, "NQM4": 13_743}, 10),
        ("options", {"ESM4 P5250": 4_163_986, "ESM4 P5230": 42_449_452}, 0),
    ],
)
def test_sampled_tops_of_each_instrument(
    catalog: ParquetDataCatalog, real_data: Path, kind: str, numbers: dict[str, int], trades: int
) -> None:
    path = real_data / f"databento_opt_{kind}_bbo1m_20240509T0955_20240509T1005.dbn.zst"
    catalog.ingest([real_data / f"databento_opt_{kind}_definition.dbn.zst", path])
    raw = records(path)
    assert 20 == len(raw)
    for symbol, number in numbers.items():
        mine = [r for r in raw if r.instrument_id == number]
        tops = [
            (
                *(r.ts_recv, r.ts_recv),  # ts_event is that of the last trade
                *(price(r.levels[0].bid_px), price(r.levels[0].ask_px)),
                *(r.levels[0].bid_sz, r.levels[0].ask_sz),
            )
            for r in mine
        ]
        assert 10 == len(tops)
        assert tops == [
            (
                *(q.ts_event, q.ts_init),
                *(q.bid_price.as_decimal(), q.ask_price.as_decimal()),
                *(q.bid_size.as_decimal(), q.ask_size.as_decimal()),
            )
            for q in catalog.quote_ticks(f"{symbol}.GLBX")
        ]
        fresh = [r for r in mine if r.ts_recv - MINUTE < r.ts_event <= r.ts_recv]
        assert trades == len(fresh)
        assert_trades(fresh, catalog.trade_ticks(f"{symbol}.GLBX"))
    sums = "sum(bid_price) AS bid, sum(ask_price) AS ask, sum(bid_size) AS b, sum(ask_size) AS a"
    levels = [r.levels[0] for r in raw]
    assert [
        {
            "bid": sum(price(each.bid_px) for each in levels),
            "ask": sum(price(each.ask_px) for each in levels),
            "b": sum(each.bid_sz for each in levels),
            "a": sum(each.ask_sz for each in levels),
        }
    ] == catalog.sql(f"SELECT {sums} FROM quotes").to_pylist()


def top(schema: str, bid: int, ask: int, sequence: int) -> bytes:
    """Write a record of the top of a book."""
    pair = {"bid_px": bid, "ask_px": ask, "bid_sz": 3, "ask_sz": 4, "bid_ct": 1, "ask_ct": 1}
    values: dict[str, Any] = {
        "publisher_id": 2,
        "instrument_id": 7,
        "ts_event": T0 + sequence,
        "price": UNDEFINED,
        "size": 0,
        "side": dbn.Side("N"),
        "flags": 128,
        "ts_recv": T0 + sequence,
        "sequence": sequence,
        "levels": dbn.BidAskPair(**pair),
    }
    if schema == "mbp-1":
        more = {"action": dbn.Action("A"), "depth": 0, "ts_in_delta": 0}
        return bytes(dbn.MBP1Msg(**values, **more))
    del values["ts_event"]
    return bytes(dbn.BBOMsg(rtype=dbn.RType.BBO_1M, ts_event=UNDEFINED, **values))


@pytest.mark.parametrize("schema", ["mbp-1", "bbo-1m"])
def test_a_side_without_a_price_is_nobody(tmp_path: Path, schema: str) -> None:
    bid, ask = 10 * 10**9, 11 * 10**9
    prices = [(bid, ask), (bid, UNDEFINED), (UNDEFINED, ask), (UNDEFINED, UNDEFINED), (bid, ask)]
    tops = [top(schema, *each, number) for number, each in enumerate(prices)]
    path = tmp_path / "file.dbn"
    path.write_bytes(header(schema, {"AAPL": 7}) + b"".join(tops))
    found = objects("databento", path, price_precision=2, size_precision=0)
    assert [
        (T0, "10.00", "11.00", "3", "4"),
        (T0 + 1, "10.00", "0.00", "3", "0"),
        (T0 + 2, "0.00", "11.00", "0", "4"),
        (T0 + 4, "10.00", "11.00", "3", "4"),
    ] == [
        (q.ts_init, *map(str, (q.bid_price, q.ask_price, q.bid_size, q.ask_size)))
        for q in found
        if type(q) is QuoteTick
    ]
    assert 4 == len(found)
