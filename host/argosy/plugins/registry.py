"""The parts that plugins registered, by kind and name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from argosy.errors import DuplicateNameError, PluginError, UnknownNameError
from argosy.model.reasons import Reason
from argosy.parts.registration import LABELS, Part

if TYPE_CHECKING:
    from argosy.model.orders import Order

_NAMES = {
    "order_types": re.compile(r"[A-Z][A-Z0-9_]*"),
    "bar_aggregations": re.compile(r"[A-Z][A-Z0-9_]*"),
}
_NAME = re.compile(r"[a-z][a-z0-9_]*(?:[.-][a-z0-9_]+)*")


class Registry:
    """Keep parts, refuse what is no part, and remember names that two plugins gave."""

    def __init__(self) -> None:
        self._parts: dict[str, dict[str, list[Part]]] = {kind: {} for kind in LABELS}

    def of_plugin(self, plugin: str) -> tuple[Part, ...]:
        """Return the parts that one plugin registered."""
        return tuple(
            part
            for names in self._parts.values()
            for parts in names.values()
            for part in parts
            if part.plugin == plugin
        )

    def usable(self, kind: str) -> Mapping[str, Part]:
        """Return the parts of a kind whose names only one plugin gave."""
        return {name: parts[0] for name, parts in self._parts[kind].items() if len(parts) == 1}

    def get(self, kind: str, name: str, also: Iterable[str] = ()) -> Part:
        """Return a part.

        Raises
        ------
        UnknownNameError : nobody registered the name
        DuplicateNameError : more than one plugin did
        """
        parts = self._parts[kind].get(name)
        if parts is None:
            raise UnknownNameError(LABELS[kind], name, {*self._parts[kind], *also})
        if len(parts) > 1:
            raise duplicate(parts)
        return parts[0]

    def duplicates(self) -> tuple[DuplicateNameError, ...]:
        """Return an error for each name that more than one plugin gave."""
        names = (parts for kind in self._parts.values() for parts in kind.values())
        return tuple(duplicate(parts) for parts in names if len(parts) > 1)

    def add(self, parts: Iterable[Part]) -> None:
        """Keep the parts of one plugin."""
        for part in parts:
            self._parts[part.kind].setdefault(part.name, []).append(part)


class Registration:
    """What one plugin hands over, kept aside until all of its hooks were called.

    Parameters
    ----------
    plugin : its name
    reserved : names of commands that belong to the host
    """

    def __init__(self, plugin: str, reserved: Iterable[str] = ()) -> None:
        self.plugin = plugin
        self.parts: dict[tuple[str, str], Part] = {}
        self._reserved = frozenset(reserved)

    def register(self, kind: str) -> Callable[..., None]:
        """Return the ``register`` argument of the hook of a kind."""

        def register(
            name: str,
            factory: Callable[..., Any],
            *,
            settings: Callable[[], type] | type | None = None,
            capabilities: Iterable[str] = (),
            doc: str = "",
            reasons: Iterable[Reason] = (),
            order_class: Callable[[], type[Order]] | type[Order] | None = None,
        ) -> None:
            self._check(kind, name, factory, settings)
            _check_order_class(kind, name, order_class)
            words = (capabilities,) if isinstance(capabilities, str) else capabilities
            given = tuple(reasons)
            part = Part(
                kind,
                name,
                factory,
                settings,
                frozenset(words),
                self.plugin,
                doc,
                given,
                order_class,
            )
            self._check_reasons(part)
            self.parts[kind, name] = part

        return register

    def _check(self, kind: str, name: object, factory: object, settings: object) -> None:
        label = LABELS[kind]
        pattern = _NAMES.get(kind, _NAME)
        if not isinstance(name, str) or not pattern.fullmatch(name):
            style = "UPPER_SNAKE" if kind in _NAMES else "lower_snake"
            message = f"{name!r} is no name for a {label}"
            raise PluginError(message, cure=f"Names of this kind are {style}")
        if not callable(factory):
            raise PluginError(f"the factory of {label} {name!r} is not callable")
        if settings is not None and not callable(settings):
            cure = "Give the class, or a callable that returns it"
            raise PluginError(f"the settings of {label} {name!r} are no model", cure=cure)
        if (kind, name) in self.parts:
            raise DuplicateNameError(f"{label} {name!r} is registered twice")
        if kind == "commands" and name in self._reserved:
            raise DuplicateNameError(f"command {name!r} belongs to the host", cure="Rename it")

    def _check_reasons(self, part: Part) -> None:
        """Refuse reasons that say nothing, and codes that a plugin gives two meanings."""
        known = {each.name: each for other in self.parts.values() for each in other.reasons}
        own: set[str] = set()
        for reason in part.reasons:
            if not isinstance(reason, Reason):
                message = f"{part.label} declares the reason {reason!r}, which is no Reason"
                raise PluginError(message, cure="Give argosy.Reason(name, meaning, cure)")
            fault = reason.fault()
            if fault is not None:
                raise PluginError(f"a reason of {part.label}: {fault}")
            if reason.name in own or known.get(reason.name, reason) != reason:
                message = f"the reason {reason.name} of {part.label} is declared twice"
                cure = "Declare it once; parts that share it name the same Reason"
                raise DuplicateNameError(message, cure=cure)
            own.add(reason.name)


def _check_order_class(kind: str, name: str, order_class: object) -> None:
    if order_class is None:
        return
    label = LABELS[kind]
    if kind != "order_types":
        message = f"{label} {name!r} is given an order class"
        raise PluginError(message, cure="Only order types have orders of their own")
    if not callable(order_class):
        cure = "Give the class, or a callable that returns it"
        raise PluginError(f"the order class of {label} {name!r} is no class", cure=cure)


def duplicate(parts: list[Part]) -> DuplicateNameError:
    """Say which plugins gave one name."""
    plugins = sorted(part.plugin for part in parts)
    both = " and ".join(repr(each) for each in plugins)
    message = f"{parts[0].label} is registered by plugins {both}"
    cure = f'Keep one: [plugins] disable = ["{plugins[-1]}"]'
    return DuplicateNameError(message, cure=cure)
