"""The JSON Schema of a system file with everything that is installed, for editors to complete."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

import msgspec
from pydantic import BaseModel

from argosy.config.components import config_class
from argosy.config.data_kinds import kinds_of
from argosy.config.plain import plain
from argosy.config.resolve import SETS
from argosy.config.system import SystemSettings
from argosy.config.usual_catalog import CATALOG
from argosy.config.values import NUMBER, spelling
from argosy.model.instruments import INSTRUMENT_CLASSES
from argosy.model.kinds import KINDS
from argosy.parts.registration import LABELS, Part, Parts

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
MARK = "x-argosy-part"


def system_schema(parts: Parts, files: Iterable[Part] = ()) -> Schema:
    """Return the schema of a system file.

    Parameters
    ----------
    parts : the plugin host; a part whose settings cannot be loaded is left out
    files : components of strategy files
    """
    schema = SystemSettings.model_json_schema(by_alias=True)
    definitions: Schema = schema.setdefault("$defs", {})
    for kind in LABELS:
        known = list(parts.parts(kind).values())
        if kind == "strategies":
            known += [part for part in files if part.name not in parts.parts(kind)]
        described = {part.name: _part_table(part, definitions) for part in known}
        _define_kind(kind, described, definitions)
    _define_instruments(schema, definitions)
    _complete_sections(definitions, parts)
    return {"$schema": DIALECT, **_linked(schema), "title": "Argosy system file"}


def _define_kind(kind: str, described: Mapping[str, Schema | None], definitions: Schema) -> None:
    """Define what may stand where one part of a kind is chosen."""
    tables = {name: each for name, each in described.items() if each is not None}
    for name, table in tables.items():
        definitions[f"{kind}.{name}"] = table
    refs = [_ref(f"{kind}.{name}") for name in sorted(tables)]
    names: Schema = {"enum": sorted(described), "description": f"The name of a {LABELS[kind]}."}
    definitions[f"parts.{kind}"] = {"anyOf": [*refs, names]}


def _part_table(part: Part, definitions: Schema) -> Schema | None:
    """Describe the table that chooses a part; None where its settings cannot be loaded."""
    try:
        model = part.settings_model()
        if model is None and part.kind == "strategies":
            model = config_class(part.factory)
        table = _model(model, f"{part.kind}.{part.name}", definitions) if model else {}
    except Exception:  # `argosy plugins` shows what is wrong with it
        return None
    properties: Schema = {"use": {"const": part.name}}
    if part.kind == "strategies":
        properties["id"] = {"type": "string", "description": "The id of this component."}
    required = [] if (part.kind, part.name) == ("catalogs", CATALOG) else ["use"]
    return {
        "type": "object",
        **({"description": part.doc} if part.doc else {}),
        "properties": {**properties, **table.get("properties", {})},
        "required": [*required, *table.get("required", [])],
        "additionalProperties": table.get("additionalProperties", False),
    }


def _model(model: type, prefix: str, definitions: Schema) -> Schema:
    """Describe a settings model, with what it refers to under names of its own."""
    if issubclass(model, msgspec.Struct):
        return _struct(model, prefix, definitions)
    table: Schema = cast(type[BaseModel], model).model_json_schema(
        ref_template=f"#/$defs/{prefix}.{{model}}"
    )
    inner = table.pop("$defs", {})
    definitions.update({f"{prefix}.{name}": each for name, each in inner.items()})
    return table


def _struct(model: type[msgspec.Struct], prefix: str, definitions: Schema) -> Schema:
    """Describe a Struct field by field: msgspec spells no default of a type of ours."""
    properties: Schema = {}
    for each in msgspec.structs.fields(model):
        (properties[each.encode_name],), inner = msgspec.json.schema_components(
            [each.type], schema_hook=_spelled, ref_template=f"#/$defs/{prefix}.{{name}}"
        )
        if not each.required and each.default is not msgspec.NODEFAULT:
            properties[each.encode_name]["default"] = plain(each.default)
        for name, definition in inner.items():
            if names := definition.get("enum"):  # a file may write them small
                definition["enum"] = [*names, *(str(each).lower() for each in names)]
            definitions[f"{prefix}.{name}"] = definition
    required = [each.encode_name for each in msgspec.structs.fields(model) if each.required]
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _spelled(type_: type) -> Schema:
    """Describe a type that msgspec does not know."""
    known = spelling(type_)
    return dict(known.schema) if known else {}


def _define_instruments(schema: Schema, definitions: Schema) -> None:
    refs = []
    for name, model in INSTRUMENT_CLASSES.items():
        table = _model(model, f"instruments.{name}", definitions)
        table["properties"] = {**table["properties"], "type": {"const": name}}
        definitions[f"instruments.{name}"] = table
        refs.append(_ref(f"instruments.{name}"))
    schema["properties"]["instruments"]["items"] = {"oneOf": refs}


def _complete_sections(definitions: Schema, parts: Parts) -> None:
    """Add what [[data]], [risk] and [plugins] may say of what is installed."""
    words = definitions["DataSettings"]["properties"]["type"]["anyOf"][0]["enum"]
    words += [kind.name for kind in kinds_of(parts) if kind not in KINDS]
    rules = definitions["RiskSettings"]
    for name in parts.parts("risk_rules"):
        if table := definitions.get(f"risk_rules.{name}"):
            rules["properties"][name] = {**table, "required": _without_use(table)}
    rules["additionalProperties"] = False
    plugins = definitions["PluginSettings"]
    for kind in SETS:
        for part in parts.parts(kind).values():
            table = definitions.get(f"{kind}.{part.name}")
            if part.settings is not None and table:
                empty = {"type": "object", "properties": {}, "additionalProperties": False}
                section = plugins["properties"].setdefault(part.plugin, empty)
                properties = {k: v for k, v in table["properties"].items() if k != "use"}
                section["properties"][part.name] = {
                    **table,
                    "properties": properties,
                    "required": _without_use(table),
                }
    plugins["additionalProperties"] = False


def _without_use(table: Schema) -> list[str]:
    return [key for key in table["required"] if key != "use"]


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _linked(value: Any, *, is_names: bool = False) -> Any:
    """Put a reference to the parts of a kind in place of each mark; leave out what says nothing.

    Parameters
    ----------
    is_names : the keys are names of settings or definitions, not words of JSON Schema
    """
    if isinstance(value, list):
        return [_linked(each) for each in value]
    if not isinstance(value, Mapping):
        return value
    if MARK in value and not is_names:
        return _ref(f"parts.{value[MARK]}")
    if value.get("format") == "decimal" and not is_names:
        return dict(NUMBER)
    kept = value if is_names else {k: v for k, v in value.items() if not _is_noise(k, v, value)}
    inner = ("properties", "$defs")
    return {k: _linked(v, is_names=not is_names and k in inner) for k, v in kept.items()}


def _is_noise(key: str, value: Any, schema: Mapping[str, Any]) -> bool:
    """Tell whether a word of a schema only repeats a name, or shows a default as no file has it."""
    if key == "default":
        is_spelled = schema.get("type") == "string" and not isinstance(value, str)
        return value is None or isinstance(value, Mapping) or is_spelled
    return key == "title" or (key == "examples" and not value)
