"""The C surface for compiled plugins, and its ABI number.

The `.pxd` files here re-export classes of the model, the kernel and the parts; a compiled plugin
cimports from nowhere else. The surface only grows. `ABI` changes whenever the layout or the place
of one of these classes does: a plugin compiled against another layout would compute wrong numbers
silently, so `require_abi` refuses it by name, before anything of it is called.
"""

from argosy.errors import PluginError

ABI = 2


def require_abi(plugin: str, built_for: int) -> None:
    """Refuse a compiled plugin that was built for another ABI.

    Raises
    ------
    PluginError : names the plugin, both numbers and the cure
    """
    if built_for != ABI:
        raise PluginError(
            f"plugin {plugin!r} was compiled for ABI {built_for}; this host has ABI {ABI}",
            cure=f"Rebuild {plugin!r} against the installed argosy, or install its release for it",
        )
