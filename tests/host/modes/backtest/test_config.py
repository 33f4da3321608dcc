import msgspec
import pytest

from argosy import BacktestEngineConfig, TraderId


def test_settings_are_written_as_a_system_file_holds_them() -> None:
    config = BacktestEngineConfig(name="mine", seed=9, run={"equity_interval": "1h"})
    assert {
        "name": "mine",
        "trader_id": "BACKTESTER-001",
        "seed": 9,
        "run": {"equity_interval": "1h"},
    } == config.to_system()


def test_unknown_settings_are_refused() -> None:
    with pytest.raises(msgspec.ValidationError, match="sed"):
        msgspec.convert({"sed": 9}, BacktestEngineConfig)
    assert TraderId("BACKTESTER-001") == BacktestEngineConfig().trader_id
