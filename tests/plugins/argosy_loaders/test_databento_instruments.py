"""Definitions of kinds that no real file at hand has."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pytest

from argosy.errors import DataError
from argosy.model.enums import AssetClass
from argosy.model.instruments import Equity, FuturesContract, OptionContract
from argosy_loaders.databento_instruments import instrument_of
from argosy_loaders.databento_settings import DatabentoSettings
from argosy_loaders.dbn_file import DbnFile

NAMES = (
    *("instrument_class", "security_update_action", "raw_symbol", "min_price_increment"),
    *("currency", "settl_currency", "ts_event", "ts_recv", "min_lot_size_round_lot"),
    *("contract_multiplier", "unit_of_measure_qty", "activation", "expiration", "exchange"),
    *("underlying", "asset", "strike_price", "cfi", "unit_of_measure"),
)


@pytest.fixture(scope="module")
def real(real_data: Path) -> dict[str, Any]:
    """What the definition of a real future says."""
    path = real_data / "databento_esm4_definition.dbn.zst"
    file = DbnFile(path, pa.input_stream(path, compression="zstd"))
    file.read_metadata()
    (records,) = file.records()
    (definition,) = file.decode(records.raw)
    return {name: getattr(definition, name) for name in NAMES}


def made(real: dict[str, Any], **changed: Any) -> Any:
    definition = SimpleNamespace(**{**real, **changed})
    return instrument_of(definition, "V", DatabentoSettings(), "record 0")


def test_a_share_has_its_round_lot(real: dict[str, Any]) -> None:
    share = made(
        real,
        instrument_class="K",
        raw_symbol="AAPL",
        min_lot_size_round_lot=100,
        min_price_increment=10_000_000,
    )
    assert isinstance(share, Equity)
    assert ("AAPL.V", "100", "0.01") == (share.id, str(share.lot_size), str(share.price_increment))


def test_a_contract_multiplier_goes_before_the_unit(real: dict[str, Any]) -> None:
    assert "100" == str(made(real, contract_multiplier=100).multiplier)
    assert "2.5" == str(made(real, unit_of_measure_qty=2_500_000_000).multiplier)
    assert "1" == str(made(real, unit_of_measure_qty=2**63 - 1).multiplier)


@pytest.mark.parametrize(
    ("changed", "asset"),
    [
        ({}, AssetClass.INDEX),
        ({"unit_of_measure": "EUR", "cfi": "FFCXSX"}, AssetClass.FX),
        ({"unit_of_measure": "BBL", "cfi": "FCEPSX"}, AssetClass.COMMODITY),
        ({"unit_of_measure": "", "cfi": "FFDXSX"}, AssetClass.DEBT),
        ({"unit_of_measure": "", "cfi": "OCAFPS"}, AssetClass.COMMODITY),
        ({"unit_of_measure": "", "cfi": "OCASPS"}, AssetClass.EQUITY),
        ({"unit_of_measure": "", "cfi": ""}, AssetClass.EQUITY),
    ],
)
def test_the_asset_class_follows_unit_and_cfi_code(
    real: dict[str, Any], changed: dict[str, Any], asset: AssetClass
) -> None:
    assert asset is made(real, **changed).asset_class


def test_a_call_and_a_future_that_never_ends(real: dict[str, Any]) -> None:
    call = made(real, instrument_class="C", strike_price=5_000 * 10**9, underlying="ESM4")
    assert isinstance(call, OptionContract)
    assert ("CALL", "5000", "ESM4") == (call.option_kind, str(call.strike_price), call.underlying)
    future = made(real, expiration=2**64 - 1)
    assert isinstance(future, FuturesContract)
    assert 2**63 - 1 == future.expiration_ns


@pytest.mark.parametrize("changed", [{"instrument_class": "S"}, {"security_update_action": "D"}])
def test_spreads_and_deletions_define_nothing(
    real: dict[str, Any], changed: dict[str, Any]
) -> None:
    assert made(real, **changed) is None


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"instrument_class": "P"}, "record 0: the strike price of an option is undefined"),
        ({"currency": "Q?"}, "record 0: "),
        ({"raw_symbol": ""}, "record 0: "),
        ({"expiration": 5}, "record 0: .* expiration_ns is before activation_ns"),
    ],
)
def test_a_wrong_definition_is_named(
    real: dict[str, Any], changed: dict[str, Any], message: str
) -> None:
    with pytest.raises(DataError, match=message):
        made(real, **changed)
