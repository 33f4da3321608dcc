"""From the path of a system file to its plan, with the plugins that the file asks for."""

from pathlib import Path
from typing import TYPE_CHECKING

from argosy.plugins.host import PluginHost

if TYPE_CHECKING:
    from argosy.config.plan import Mode, Plan
    from argosy.config.system_file import SystemFile


def load_plan(system: "Path | str | SystemFile", *, mode: "Mode" = "backtest") -> "Plan":
    """Read a system file, load the plugins that it allows, and resolve it.

    Parameters
    ----------
    system : the path of a TOML or JSON file, or a file that was read
    mode : how the system is going to run

    Raises
    ------
    ConfigError : the file cannot be read
    SystemFileError : with all problems of the file
    """
    from argosy.config.resolve import resolve
    from argosy.config.system_file import SystemFile

    file = system if isinstance(system, SystemFile) else SystemFile.read(system)
    host = PluginHost.installed(disable=file.plugins.disable, allow=file.plugins.allow)
    plan = resolve(file, host, mode=mode)
    host.notify("on_system_loaded", plan=plan)
    return plan
