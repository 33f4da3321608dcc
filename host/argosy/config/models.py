"""Tables into pydantic models, with problems in place of a ValidationError."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

from pydantic import AliasChoices, BaseModel, ValidationError

from argosy.config.choice import PartOf, TableOf
from argosy.config.document import show
from argosy.config.secret import PREFIX, Secret
from argosy.errors import InputError, suggest

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from argosy.config.positions import KeyPath
    from argosy.config.reading import Reading

NO_SECRET = "this setting does not take a secret"
NO_SECRET_CURE = "Write the value itself; a plugin declares a secret as SecretField"

_EXPECTED = {
    "bool": "true or false",
    "decimal": "a number",
    "dict": "a table",
    "float": "a number",
    "int": "a whole number",
    "list": "a list",
    "mapping": "a table",
    "model": "a table",
    "set": "a list",
    "string": "text in quotes",
    "tuple": "a list",
}


def read_model(
    reader: Reading, model: type[BaseModel], table: Mapping[str, Any], path: KeyPath
) -> BaseModel | None:
    """Make an instance of a model from a table; None after a problem."""
    before = len(reader.problems)
    prepared = _prepare_model(reader, model, table, path)
    try:
        made = model.model_validate(prepared, context={"project": reader.project})
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            _note(reader, detail, prepared, path)
        return None
    return made if len(reader.problems) == before else None


def keys(model: type[BaseModel]) -> dict[str, str]:
    """Return each key that a table of the model may have, with the name of its field."""
    found = {}
    for name, info in model.model_fields.items():
        alias = info.validation_alias
        choices = alias.choices if isinstance(alias, AliasChoices) else [alias or name]
        found.update({each: name for each in choices if isinstance(each, str)})
        if model.model_config.get("populate_by_name"):
            found[name] = name
    return found


def _prepare_model(
    reader: Reading, model: type[BaseModel], table: Mapping[str, Any], path: KeyPath
) -> dict[str, Any]:
    """Return a copy of a table without unknown keys and with choices in place of parts."""
    known = keys(model)
    prepared = {}
    for key, raw in table.items():
        if key in known:
            info = model.model_fields[known[key]]
            prepared[key] = _prepare(reader, info.annotation, info.metadata, raw, (*path, key))
        elif model.model_config.get("extra") == "allow":
            prepared[key] = raw
        else:
            reader.problems.add((*path, key), "unknown key", capitalise(suggest(key, known)))
    return prepared


def _prepare(reader: Reading, annotation: Any, metadata: Any, raw: Any, path: KeyPath) -> Any:
    """Return a value with choices in place of the parts inside it."""
    if raw is None or any(isinstance(each, TableOf) for each in metadata):
        return raw  # the table of a part is read once the plugins are loaded
    if (part := next((each for each in metadata if isinstance(each, PartOf)), None)) is not None:
        return reader.part(part.kind, raw, path)
    options = list(_options(annotation))
    if isinstance(raw, Mapping):
        return _prepare_table(reader, options, raw, path)
    if isinstance(raw, list):
        return _prepare_list(reader, options, raw, path)
    for option, marks in options:
        if any(isinstance(each, PartOf) for each in marks):
            return _prepare(reader, option, marks, raw, path)
    if isinstance(raw, str) and raw.startswith(PREFIX) and Secret not in [o for o, _ in options]:
        reader.problems.add(path, NO_SECRET, NO_SECRET_CURE)
    return raw


def _options(annotation: Any) -> Any:
    """Yield the types that an annotation allows, each with what it is annotated with."""
    if get_origin(annotation) is Annotated:
        inner, *marks = get_args(annotation)
        for option, more in _options(inner):
            yield option, [*marks, *more]
    elif get_origin(annotation) in (Union, UnionType):
        for each in get_args(annotation):
            yield from _options(each)
    else:
        yield annotation, []


def _prepare_table(reader: Reading, options: Any, raw: Mapping[str, Any], path: KeyPath) -> Any:
    for option, marks in options:
        if any(isinstance(each, PartOf | TableOf) for each in marks):
            return _prepare(reader, option, marks, raw, path)
        if isinstance(option, type) and issubclass(option, BaseModel):
            return _prepare_model(reader, option, raw, path)
    values = [get_args(each)[1] for each, _ in options if len(get_args(each)) == 2]
    value = values[0] if values else Any
    return {key: _prepare(reader, value, (), each, (*path, key)) for key, each in raw.items()}


def _prepare_list(reader: Reading, options: Any, raw: list[Any], path: KeyPath) -> list[Any]:
    members = next((get_args(each) for each, _ in options if get_args(each)), (Any,))
    return [
        _prepare(reader, members[min(i, len(members) - 1)], (), each, (*path, i))
        if members[-1] is not Ellipsis
        else _prepare(reader, members[0], (), each, (*path, i))
        for i, each in enumerate(raw)
    ]


def _note(reader: Reading, detail: ErrorDetails, table: Any, path: KeyPath) -> None:
    """Turn one of pydantic's errors into a problem."""
    kind = detail["type"]
    at: Any = table
    for key in detail["loc"]:
        if _has(at, key):
            at = at[key]
        elif kind != "missing" or key != detail["loc"][-1]:
            continue  # a step inside pydantic, such as the arm of a union
        path = (*path, key)
    message, cure = _explain(detail)
    reader.problems.add(path, message, cure)


def _has(value: Any, key: str | int) -> bool:
    if isinstance(value, list):
        return isinstance(key, int) and key < len(value)
    return isinstance(value, Mapping) and key in value


def _explain(detail: ErrorDetails) -> tuple[str, str | None]:
    """Say in the words of the file what is wrong, and what to do."""
    kind, given = detail["type"], detail["input"]
    context = detail.get("ctx", {})
    if kind in {"missing", "extra_forbidden"}:
        is_missing = kind == "missing"
        add = f"Add {detail['loc'][-1]} = ..."
        return ("missing key", add) if is_missing else ("unknown key", None)
    if kind in {"literal_error", "enum"}:
        expected = str(context["expected"])
        names = re.findall(r"'([^']*)'", expected)
        near = suggest(str(given), names)
        cure = capitalise(near) if near.startswith("did") else None
        return f"expected {expected}, was {show(given)}", cure
    if kind in {"value_error", "assertion_error"}:
        return from_error(context["error"])
    stem, _, how = kind.rpartition("_")
    if how in {"type", "parsing"} and stem in _EXPECTED:
        if _EXPECTED[stem] == "a list" and isinstance(given, Mapping):
            return "expected a list of tables, was one table", "Write its name in [[two brackets]]"
        return f"expected {_EXPECTED[stem]}, was {_kind_of(given)}", None
    message = re.sub(r"^\w+ (?=should )", "", detail["msg"])
    message = message.replace("should be a valid integer, got a number with", "must not have")
    is_number = isinstance(given, (int, float)) or type(given).__name__ == "Decimal"
    return f"{message}, was {show(given)}" if is_number else message, None


def from_error(error: Exception) -> tuple[str, str | None]:
    """Return message and cure of what a parser raised."""
    cause = error.__cause__
    if isinstance(cause, InputError):
        return cause.message, cause.cure
    return str(error), None


def _kind_of(value: object) -> str:
    """Say what a value is without giving it away: it may be a secret in the wrong place."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return "text"
        case Mapping():
            return "a table"
        case list() | tuple():
            return "a list"
        case None:
            return "null"
        case _:
            return "a number" if hasattr(value, "__float__") else type(value).__name__


def capitalise(sentence: str) -> str | None:
    """Return a sentence with a capital first letter, None where it is empty."""
    return sentence[:1].upper() + sentence[1:] or None
