import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from argosy.config.schema import system_schema
from argosy.errors import ConfigError
from argosy.parts.registration import Part
from tests.host.config import kit


class Mine:
    component_kind = "strategy"

    def __init__(self, config: kit.CrossConfig) -> None:
        pass


def broken() -> type:
    raise ConfigError("no settings today")


FILES = [Part("strategies", "mine", Mine), Part("strategies", "broken", Mine, broken)]


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return system_schema(kit.host(), FILES)


def walk(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for each in inner:
        yield from walk(each)


def test_it_is_json(schema: dict[str, Any]) -> None:
    assert schema == json.loads(json.dumps(schema))


def test_every_reference_leads_somewhere(schema: dict[str, Any]) -> None:
    refs = [each["$ref"] for each in walk(schema) if isinstance(each.get("$ref"), str)]
    names = {ref.removeprefix("#/$defs/") for ref in refs}
    assert set() == names - schema["$defs"].keys()


def test_no_mark_is_left(schema: dict[str, Any]) -> None:
    assert None is re.search("x-argosy", json.dumps(schema))


def test_the_settings_of_a_part_stand_under_its_name(schema: dict[str, Any]) -> None:
    fixed = schema["$defs"]["fee_models.fixed"]
    assert {"const": "fixed"} == fixed["properties"]["use"]
    assert ["use", "amount"] == fixed["required"]
    assert False is fixed["additionalProperties"]


def test_parts_inside_parts_refer_to_each_other(schema: dict[str, Any]) -> None:
    sim = schema["$defs"]["simulators.sim"]["properties"]
    assert {"$ref": "#/$defs/parts.fee_models"} == sim["fees"]
    account = schema["$defs"]["simulators.sim.Account"]["properties"]
    assert {"$ref": "#/$defs/parts.margin_models"} == account["margin_model"]


def test_each_kind_lists_what_is_installed(schema: dict[str, Any]) -> None:
    *tables, names = schema["$defs"]["parts.fee_models"]["anyOf"]
    expected = [{"$ref": f"#/$defs/fee_models.{name}"} for name in ("fixed", "maker")]
    assert expected == tables
    assert ["fixed", "maker"] == names["enum"]


def test_strategies_have_their_configs_and_an_id(schema: dict[str, Any]) -> None:
    cross = schema["$defs"]["strategies.cross"]["properties"]
    assert {"use", "id", "fast", "instrument"} <= cross.keys()
    assert {"type": "integer", "default": 10} == cross["fast"]
    assert cross.keys() == schema["$defs"]["strategies.mine"]["properties"].keys()
    assert "buy" in schema["$defs"]["strategies.cross.OrderSide"]["enum"]


def test_a_part_whose_settings_fail_is_only_named(schema: dict[str, Any]) -> None:
    assert "strategies.broken" not in schema["$defs"]
    assert "broken" in schema["$defs"]["parts.strategies"]["anyOf"][-1]["enum"]


def test_rules_and_set_parts_complete_their_sections(schema: dict[str, Any]) -> None:
    rules = schema["$defs"]["RiskSettings"]["properties"]
    assert [] == rules["size"]["required"]
    plugins = schema["$defs"]["PluginSettings"]["properties"]
    assert "most" in plugins["kit"]["properties"]["STOP_MARKET"]["properties"]


def test_instruments_are_told_apart_by_type(schema: dict[str, Any]) -> None:
    refs = schema["properties"]["instruments"]["items"]["oneOf"]
    assert {"$ref": "#/$defs/instruments.Equity"} in refs
    equity = schema["$defs"]["instruments.Equity"]
    assert {"const": "Equity"} == equity["properties"]["type"]
    assert "id" in equity["required"]


def test_values_are_described_as_a_file_writes_them(schema: dict[str, Any]) -> None:
    run = schema["$defs"]["RunSettings"]["properties"]
    assert "string" == run["equity_interval"]["type"]
    assert "default" not in run["equity_interval"]
    cross = schema["$defs"]["strategies.cross"]["properties"]
    assert {"number", "string"} == {each["type"] for each in cross["rate"]["anyOf"]}


def test_a_table_of_data_may_hold_a_query(schema: dict[str, Any]) -> None:
    data = schema["$defs"]["DataSettings"]["properties"]
    assert {"name", "sql", "params", "decimals", "type"} <= data.keys()
    words, spelled = data["type"]["anyOf"][:2]
    assert ["quote", "trade", "bar", "delta"] == words["enum"]
    assert re.fullmatch(spelled["pattern"], "signals:Signal")
    params, decimals = (data[key]["additionalProperties"] for key in ("params", "decimals"))
    assert ["string", "number", "boolean", "array"] == params["type"]
    assert (0, 18) == (decimals["minimum"], decimals["maximum"])
