"""From a system file to a plan: every name looked up, every setting checked, all at once."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from argosy.config.choice import Choice
from argosy.config.component_tables import read_components
from argosy.config.data_kinds import kinds_of
from argosy.config.document import show
from argosy.config.folder import StrategyFolders
from argosy.config.instruments import read_instruments
from argosy.config.models import capitalise
from argosy.config.plan import Mode, Plan, Plugins, RiskPlan, VenuePlan
from argosy.config.plan_checks import check_plan
from argosy.config.positions import KeyPath
from argosy.config.problems import Problems
from argosy.config.reader import Reader
from argosy.config.row_types import check_types, read_row_types
from argosy.config.system import RiskSettings
from argosy.config.system_file import SystemFile
from argosy.config.usual_catalog import CATALOG
from argosy.errors import InputError, suggest
from argosy.model.identifiers import Venue
from argosy.parts.registration import Part

DEFAULT = "default"
"""Capability of a risk rule that applies unless it is disabled."""
SETS = ("order_types", "bar_aggregations", "statistics")
"""Kinds of which a system has every part; their settings stand in [plugins.PLUGIN.PART]."""


def resolve(
    file: SystemFile, parts: Plugins, *, mode: Mode = "backtest", is_whole: bool = True
) -> Plan:
    """Look up every part that a system file names and check every setting.

    Parameters
    ----------
    file : the system
    parts : the plugin host
    mode : which tables of the venues the run needs
    is_whole : False where venues and data are going to be added in Python

    Raises
    ------
    SystemFileError : with all problems of the file, each with line, key and cure
    """
    problems = Problems(file.document, file.problems)
    reader = Reader(file.document, problems, file.project, parts)
    folders = StrategyFolders(file.project, file.plugins.folders)
    _check_plugin_names(reader)
    catalog = reader.part("catalogs", _catalog_table(reader), ("catalog",))
    venues = tuple(_venues(reader))
    instruments = read_instruments(reader)
    components = tuple(read_components(reader, folders))
    kinds = kinds_of(parts)
    check_types(reader, kinds)
    row_types = dict(read_row_types(reader, folders))
    rules = _risk_rules(reader)
    sinks = tuple(_sinks(reader))
    sets = {kind: dict(_set_parts(reader, kind)) for kind in SETS}
    system = file.system
    if system is not None and catalog is not None:
        plan = Plan(
            system=system,
            mode=mode,
            project=file.project,
            parts=parts,
            catalog=catalog,
            venues=venues,
            instruments=instruments,
            components=components,
            risk=RiskPlan(system.risk.trading_state, rules),
            bars=system.bars.rules(),
            sinks=sinks,
            kinds=kinds,
            row_types=row_types,
            document=file.document,
            **sets,
        )
        plan = check_plan(plan, problems, is_whole=is_whole)
        problems.raise_if_any()
        return plan
    problems.raise_if_any()
    raise AssertionError("a section cannot be read and nothing says why")


def _catalog_table(reader: Reader) -> Any:
    table = reader.section("catalog")
    if table is None:
        return CATALOG
    return {"use": CATALOG, **table} if isinstance(table, Mapping) else table


def _venues(reader: Reader) -> Iterator[VenuePlan]:
    """Read the tables of all venues."""
    tables = reader.section("venues")
    for name, table in tables.items() if isinstance(tables, Mapping) else ():
        if not isinstance(table, Mapping):
            continue  # reported with the shape of the document
        choices = {
            key: reader.part(kind, table[key], ("venues", name, key))
            for key, kind in (("simulate", "simulators"), ("adapter", "venues"))
            if table.get(key) is not None
        }
        with suppress(InputError):  # reported with the shape of the document
            yield VenuePlan(Venue(name), **choices)


def _sinks(reader: Reader) -> Iterator[Choice]:
    """Read the tables of all sinks."""
    tables = reader.section("sinks")
    for index, table in enumerate(tables if isinstance(tables, list) else ()):
        choice = reader.part("sinks", table, ("sinks", index))
        if choice is not None:
            yield choice


def _risk_rules(reader: Reader) -> dict[str, Choice]:
    """Read the rules that apply: the default ones, and those that have a table."""
    section = reader.section("risk")
    section = section if isinstance(section, Mapping) else {}
    known = reader.parts.parts("risk_rules")
    tables = {key: each for key, each in section.items() if key not in RiskSettings.model_fields}
    listed = section.get("disable")
    listed = listed if isinstance(listed, list) else []
    disabled = {each for each in listed if isinstance(each, str)}
    for index, name in enumerate(listed):
        if isinstance(name, str) and name not in known:
            cure = capitalise(suggest(name, known))
            reader.problems.add(("risk", "disable", index), f"unknown risk rule {name!r}", cure)
    rules = {}
    names = [name for name, part in known.items() if DEFAULT in part.capabilities]
    for name in dict.fromkeys([*names, *tables]):
        choice = None if name in disabled else _rule(reader, name, tables.get(name, {}))
        if choice is not None:
            rules[name] = choice
    return rules


def _rule(reader: Reader, name: str, table: object) -> Choice | None:
    """Choose the rule of a name, or the part that its table uses in its place."""
    path = ("risk", name)
    if not isinstance(table, Mapping):
        known = reader.parts.parts("risk_rules")
        near = capitalise(suggest(name, [*RiskSettings.model_fields, *known]))
        is_rule = name in known
        message = f"expected a table, was {show(table)}" if is_rule else "unknown key"
        reader.problems.add(path, message, None if is_rule else near)
        return None
    if "use" in table:
        return reader.part("risk_rules", table, path)
    part = reader.look_up("risk_rules", name, path)
    return None if part is None else reader.chosen(part, table, path)


def _set_parts(reader: Reader, kind: str) -> Iterator[tuple[str, Choice]]:
    """Choose every usable part of a kind, with the settings that its plugin's table gives it."""
    for name, part in reader.parts.parts(kind).items():
        path: KeyPath = ("plugins", part.plugin, name)
        table = reader.section(*path)
        if isinstance(table, Mapping):
            choice = reader.chosen(part, table, path)
        else:
            choice = _with_defaults(reader, part, path)
        if choice is not None:
            yield name, choice


def _with_defaults(reader: Reader, part: Part, path: KeyPath) -> Choice | None:
    """Choose a part that no table mentions; one that cannot do without settings is left out."""
    silent = Reader(reader.document, Problems(reader.document), reader.project, reader.parts)
    return silent.chosen(part, {}, path)


def _check_plugin_names(reader: Reader) -> None:
    """Note plugins and parts that [plugins] names and nobody has."""
    section = reader.section("plugins")
    if not isinstance(section, Mapping):
        return
    plugins = reader.parts.plugin_names()
    for key in ("disable", "allow"):
        names = section.get(key)
        for index, name in enumerate(names if isinstance(names, list) else ()):
            if isinstance(name, str) and name not in plugins:
                near = capitalise(suggest(name, plugins))
                reader.problems.add(
                    ("plugins", key, index), f"no plugin {name!r} is installed", near
                )
    for name, table in section.items():
        if name in ("disable", "allow", "folders"):
            continue
        if name not in plugins:
            near = capitalise(suggest(name, ["allow", "disable", "folders", *plugins]))
            reader.problems.add(("plugins", name), "unknown key", near)
        elif not isinstance(table, Mapping):
            reader.problems.add(("plugins", name), "expected a table for each part of the plugin")
        else:
            _check_part_names(reader, name, table)


def _check_part_names(reader: Reader, plugin: str, table: Mapping[str, Any]) -> None:
    known = [
        part.name
        for kind in SETS
        for part in reader.parts.parts(kind).values()
        if part.plugin == plugin and part.settings is not None
    ]
    for name in table:
        if name not in known:
            message = f"plugin {plugin!r} has no part {name!r} that takes settings here"
            reader.problems.add(
                ("plugins", plugin, name), message, capitalise(suggest(name, known))
            )
