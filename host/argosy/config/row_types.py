"""What the rows of a [[data]] table are: a kind of data, or a class of one's own."""

import importlib
import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

import msgspec
from pydantic import PlainValidator, WithJsonSchema

from argosy.config.data_kinds import NAMES, WORDS, made
from argosy.config.document import show
from argosy.config.folder import StrategyFolders
from argosy.config.models import capitalise
from argosy.config.positions import KeyPath
from argosy.config.problems import Problems
from argosy.config.reader import Reader
from argosy.config.settings import TextField
from argosy.config.values import no_word, parse_decimal
from argosy.errors import InputError, PluginError, suggest
from argosy.model.data_kind import DataKind
from argosy.model.kinds import Kinds

_CLASS = re.compile(r"[A-Za-z_][\w.]*:[A-Za-z_]\w*")
_SCALARS = (bool, int, Decimal, str, date)  # a datetime is a date


def is_class(name: str | None) -> bool:
    """Tell whether a type is spelled as ``module:Class``."""
    return name is not None and _CLASS.fullmatch(name) is not None


def check_names(
    table: Mapping[str, Any], kind: DataKind, path: KeyPath, problems: Problems
) -> None:
    """Note missing or wrong names of what the rows of a table of data are about."""
    wanted = NAMES[kind.key]
    (other,) = {*NAMES.values()} - {wanted}
    if not table.get(wanted):
        message = f'type = "{kind.name}" needs {wanted}'
        problems.add((*path, wanted), message, f"Add {wanted} = [...]")
    if table.get(other):
        message = f'type = "{kind.name}" takes {wanted}, not {other}'
        problems.add((*path, other), message, f"Use {wanted} = [...]")


def check_types(reader: Reader, kinds: Kinds) -> None:
    """Note each type of a table of data that nobody knows, and what a plugin's kind lacks."""
    tables = reader.section("data")
    for index, table in enumerate(tables if isinstance(tables, list) else ()):
        name = table.get("type") if isinstance(table, Mapping) else None
        if not isinstance(name, str) or is_class(name):
            continue
        path: KeyPath = ("data", index)
        kind = kinds.get(name)
        if kind is None or kind in WORDS.without:
            reader.problems.add((*path, "type"), *_unknown(name, kinds, reader))
        elif kind not in WORDS and "sql" in table:
            message = f"{kind.plural} cannot come from a query by this name"
            class_ = f"{kind.data_type.__module__}:{kind.data_type.__qualname__}"
            reader.problems.add((*path, "type"), message, f'Name the class: type = "{class_}"')
        elif kind not in WORDS:
            check_names(table, kind, path, reader.problems)


def _unknown(name: str, kinds: Kinds, reader: Reader) -> tuple[str, str | None]:
    """Return what is wrong with the name of a type, and its cure."""
    broken = reader.parts.parts("data_kinds").get(name)
    if broken is not None:
        try:
            kinds.plus(made(broken))
        except InputError as error:
            return error.message, error.cure
    words = [kind.name for kind in kinds if kind not in WORDS.without]
    return no_word(name, words)


def _bindable(value: object) -> object:
    if isinstance(value, list | tuple):
        return tuple(_bindable(each) for each in value)
    if isinstance(value, float):  # a file has none; Python may
        return parse_decimal(repr(value))
    if isinstance(value, _SCALARS):
        return value
    raise ValueError(f"expected text, a number, a time or a list of them, was {show(value)}")


DataTypeField = Annotated[
    TextField,
    WithJsonSchema(
        {
            "anyOf": [
                {"enum": [kind.name for kind in WORDS]},
                {"type": "string", "pattern": f"^{_CLASS.pattern}$"},
            ]
        }
    ),
]
ParameterField = Annotated[
    Any,
    PlainValidator(_bindable),
    WithJsonSchema({"type": ["string", "number", "boolean", "array"]}),
]


def read_row_types(reader: Reader, folders: StrategyFolders) -> Iterator[tuple[int, type]]:
    """Load the classes that tables of data name, each with the index of its table."""
    tables = reader.section("data")
    for index, table in enumerate(tables if isinstance(tables, list) else ()):
        name = table.get("type") if isinstance(table, Mapping) else None
        if isinstance(name, str) and is_class(name):
            try:
                yield index, _load(name, folders)
            except InputError as error:
                reader.problems.add_error(("data", index, "type"), error)


def _load(spelled: str, folders: StrategyFolders) -> type:
    """Return the class of a strategy file, else of a module that can be imported."""
    module_name, _, name = spelled.partition(":")
    if module_name in folders.files:
        module: Any = folders.module(module_name)
    else:
        module = _import(module_name, folders)
    found = getattr(module, name, None)
    if not (isinstance(found, type) and issubclass(found, msgspec.Struct)):
        structs = [
            key
            for key, each in vars(module).items()
            if isinstance(each, type) and issubclass(each, msgspec.Struct)
        ]
        raise PluginError(
            f"{module_name} has no msgspec Struct {name!r}",
            cure=capitalise(suggest(name, structs)) or "Define one with a field ts_init: int",
        )
    if "ts_init" not in found.__struct_fields__:
        cure = "Add ts_init: int, the time (ns) at which a row becomes known"
        raise PluginError(f"{spelled} has no field ts_init", cure=cure)
    return found


def _import(name: str, folders: StrategyFolders) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        near = suggest(name, folders.files)
        cure = f"Name a strategy file or an installed module; {near}"
        raise PluginError(f"cannot import {name!r}: {error}", cure=cure) from error
