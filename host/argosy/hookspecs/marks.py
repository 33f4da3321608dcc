"""What marks a hook, and a function that answers one."""

import pluggy

GROUP = "argosy"
"""The entry-point group, and the name under which pluggy knows the project."""

hookspec = pluggy.HookspecMarker(GROUP)
hookimpl = pluggy.HookimplMarker(GROUP)
