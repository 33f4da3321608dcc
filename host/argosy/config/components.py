"""What makes a class a component that a system file can name, and where its config is declared."""

import inspect
from typing import Any, get_args, get_type_hints

import msgspec

from argosy.errors import PluginError

SECTIONS = {"actor": "actors", "strategy": "strategies", "exec_algorithm": "exec_algorithms"}
"""Kind of component -> the section of a system file that lists such."""


def component_kind(class_: object) -> str | None:
    """Return what kind of component a class is, None for any other object."""
    kind = getattr(class_, "component_kind", None) if isinstance(class_, type) else None
    return kind if kind in SECTIONS else None


def config_class(class_: Any) -> type[msgspec.Struct] | None:
    """Return the Struct that the first argument of a component's ``__init__`` is annotated with.

    Without such an annotation it is the ``config_class`` of its base; None where ``__init__`` takes
    nothing.

    Raises
    ------
    PluginError : the annotation names something that cannot be found
    """
    parameters = list(inspect.signature(class_.__init__).parameters)[1:]
    if not parameters:
        return None
    try:
        hint = get_type_hints(class_.__init__).get(parameters[0])
    except (NameError, AttributeError, TypeError) as error:
        message = f"the annotation of {class_.__name__}.__init__ cannot be read: {error}"
        cure = "Import the config class where the module can see it at run time"
        raise PluginError(message, cure=cure) from None
    for each in get_args(hint) or (hint,):
        if isinstance(each, type) and issubclass(each, msgspec.Struct):
            return each
    usual: type[msgspec.Struct] | None = getattr(class_, "config_class", None)
    return usual
