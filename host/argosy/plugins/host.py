"""Load plugins in isolation: a broken one is listed and blocks only who names its parts."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pluggy

from argosy import hookspecs
from argosy.errors import ArgosyError, DuplicateNameError, InputError, PluginError, suggest
from argosy.parts.registration import LABELS, Part
from argosy.plugins.abi import check_files, check_module
from argosy.plugins.find import Found, find_plugins
from argosy.plugins.registry import Registration, Registry
from argosy.plugins.trace import is_wanted, trace


@dataclass(slots=True)
class Plugin:
    """A plugin and what became of it.

    Parameters
    ----------
    found : what was installed
    is_enabled : False where the system file disables it
    error : why it is not used, None where it is
    hooks : names of the hooks that it answers
    """

    found: Found
    is_enabled: bool = True
    error: ArgosyError | None = None
    hooks: tuple[str, ...] = ()

    @property
    def is_usable(self) -> bool:
        """Whether its parts can be named."""
        return self.is_enabled and self.error is None


class PluginHost:
    """The plugins of one system.

    Parameters
    ----------
    found : the installed plugins, in the order in which they are loaded
    disable : names of plugins to leave out
    allow : names of the plugins to use beside those that come with the host; None for all
    reserved : names of commands that plugins cannot take
    """

    def __init__(
        self,
        found: Iterable[Found],
        *,
        disable: Collection[str] = (),
        allow: Collection[str] | None = None,
        reserved: Collection[str] = (),
    ) -> None:
        self.plugins: tuple[Plugin, ...] = tuple(map(Plugin, found))
        self._registry = Registry()
        self._reserved = reserved
        self._manager = pluggy.PluginManager(hookspecs.GROUP)
        self._manager.add_hookspecs(hookspecs)
        if is_wanted():
            trace(self._manager)
        for plugin in self.plugins:
            own = plugin.found.is_own
            is_allowed = allow is None or own or plugin.found.name in allow
            plugin.is_enabled = is_allowed and plugin.found.name not in disable
        self._load_all()

    @classmethod
    def installed(
        cls,
        *,
        disable: Collection[str] = (),
        allow: Collection[str] | None = None,
        reserved: Collection[str] = (),
    ) -> "PluginHost":
        """Load the plugins that are installed beside the host."""
        return cls(find_plugins(), disable=disable, allow=allow, reserved=reserved)

    def part(self, kind: str, name: str, *, also: Iterable[str] = ()) -> Part:
        """Return a part.

        Raises
        ------
        UnknownNameError : no usable plugin registered the name; says which plugins are not usable
        DuplicateNameError : more than one plugin did
        """
        try:
            return self._registry.get(kind, name, also)
        except DuplicateNameError:
            raise
        except InputError as error:
            error.cure = " ".join(filter(None, [error.cure, self._missing()])) or None
            raise

    def parts(self, kind: str) -> Mapping[str, Part]:
        """Return the usable parts of a kind by name."""
        return self._registry.usable(kind)

    def parts_of(self, plugin: str) -> tuple[Part, ...]:
        """Return what one plugin registered."""
        return self._registry.of_plugin(plugin)

    def plugin_names(self) -> Collection[str]:
        """Return the names of all plugins that were found, the disabled ones too."""
        return [plugin.found.name for plugin in self.plugins]

    @property
    def duplicates(self) -> tuple[DuplicateNameError, ...]:
        """Names that more than one plugin gave; an error only for who names them."""
        return self._registry.duplicates()

    def notify(self, hook: str, **arguments: Any) -> None:
        """Tell all plugins something: an ``on_*`` hook.

        Raises
        ------
        PluginError : a plugin raised, with its name; an error made for the user passes as it is
        """
        for impl in reversed(getattr(self._manager.hook, hook).get_hookimpls()):
            others = [each for each in self._manager.get_plugins() if each is not impl.plugin]
            try:
                self._manager.subset_hook_caller(hook, others)(**arguments)
            except ArgosyError:
                raise
            except Exception as error:
                message = f"plugin {impl.plugin_name!r} failed in {hook}: {_line(error)}"
                raise PluginError(message) from error

    def _missing(self) -> str:
        """Name the plugins that might have brought a name that nobody has."""
        broken = [f"{each.found.name} ({each.error})" for each in self.plugins if each.error]
        disabled = [each.found.name for each in self.plugins if not each.is_enabled]
        broken_text = f"Broken plugins: {'; '.join(broken)}." if broken else ""
        disabled_text = f"Disabled plugins: {', '.join(disabled)}." if disabled else ""
        return " ".join(filter(None, [broken_text, disabled_text]))

    def _load_all(self) -> None:
        seen: dict[str, Found] = {}
        for plugin in self.plugins:
            first = seen.setdefault(plugin.found.name, plugin.found)
            if first is not plugin.found:
                plugin.error = DuplicateNameError(
                    f"plugin {first.name!r} is brought by {first.distribution} "
                    f"and by {plugin.found.distribution}",
                    cure=f"Uninstall {plugin.found.distribution}",
                )
        for plugin in reversed(self.plugins):  # pluggy calls the last registered first
            if plugin.is_usable:
                self._guard(plugin, self._import)
        for plugin in self.plugins:
            if plugin.is_usable:
                self._guard(plugin, self._collect)
        self._manager.check_pending()

    def _guard(self, plugin: Plugin, step: Any) -> None:
        """Take a step of loading; whatever it raises is kept with the plugin."""
        try:
            step(plugin)
        except ArgosyError as error:
            plugin.error = error
        except (Exception, SystemExit) as error:
            plugin.error = PluginError(_line(error), place=_place(error, plugin.found))
            plugin.error.__cause__ = error
        if plugin.error is not None:
            registered = self._manager.get_plugin(plugin.found.name)
            if registered is not None:
                self._manager.unregister(registered)

    def _import(self, plugin: Plugin) -> None:
        check_files(plugin.found)
        module = plugin.found.load()
        check_module(plugin.found, module)
        self._manager.register(module, plugin.found.name)
        callers = self._manager.get_hookcallers(module) or []
        plugin.hooks = tuple(sorted(caller.name for caller in callers))
        known = [name for name in vars(hookspecs) if name.startswith(("register_", "on_"))]
        for caller in callers:
            if not caller.has_spec():
                cure = suggest(caller.name, known)
                message = f"there is no hook {caller.name!r}"
                raise PluginError(message, cure=cure[:1].upper() + cure[1:])
        if not callers:
            raise PluginError("answers no hook", cure="Mark its functions with hookimpl")

    def _collect(self, plugin: Plugin) -> None:
        registration = Registration(plugin.found.name, self._reserved)
        module = self._manager.get_plugin(plugin.found.name)
        others = [each for each in self._manager.get_plugins() if each is not module]
        for kind in LABELS:
            if f"register_{kind}" in plugin.hooks:
                call = self._manager.subset_hook_caller(f"register_{kind}", others)
                call(register=registration.register(kind))
        self._registry.add(registration.parts.values())


def _line(error: BaseException) -> str:
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def _place(error: BaseException, found: Found) -> str:
    """Return the innermost line of the plugin's own package in a traceback, else its module."""
    place = found.module
    trace_back = error.__traceback__
    while trace_back is not None:
        module = str(trace_back.tb_frame.f_globals.get("__name__", ""))
        if module == found.package or module.startswith(f"{found.package}."):
            place = f"{module}:{trace_back.tb_lineno}"
        trace_back = trace_back.tb_next
    return place
