"""The hook reference, from the docstrings of the hooks."""

import inspect
import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from types import FunctionType

from argosy import hookspecs
from argosy.parts.registration import LABELS

FACTS = ("When", "Returns", "Order", "Modes", "Since")
"""What each hook's docstring says, in this order."""

_FACT = re.compile(rf"^({'|'.join(FACTS)}): ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class HookDoc:
    """What is to know of one hook.

    Parameters
    ----------
    name : of the function
    arguments : names, in order
    summary : one sentence
    facts : by the words of FACTS
    example : a module that answers the hook
    """

    name: str
    arguments: tuple[str, ...]
    summary: str
    facts: Mapping[str, str]
    example: str

    @property
    def signature(self) -> str:
        """The hook as it is called."""
        return f"{self.name}({', '.join(self.arguments)})"

    def to_markdown(self) -> str:
        """Return a section of the reference."""
        facts = "\n".join(f"- **{name}**: {text}" for name, text in self.facts.items())
        return (
            f"## `{self.signature}`\n\n{self.summary}\n\n{facts}\n\n```python\n{self.example}```\n"
        )


def hook_docs() -> tuple[HookDoc, ...]:
    """Return all hooks in the order of a system's life."""
    functions = [each for each in vars(hookspecs).values() if isinstance(each, FunctionType)]
    hooks = [each for each in functions if hasattr(each, "argosy_spec")]
    return tuple(_describe(each) for each in sorted(hooks, key=_turn))


def markdown() -> str:
    """Return the whole reference."""
    introduction = inspect.getdoc(hookspecs) or ""
    sections = [each.to_markdown() for each in hook_docs()]
    return "\n".join([f"# Hooks\n\n{introduction}\n", *sections])


def _turn(hook: FunctionType) -> tuple[int, int]:
    """Return what sorts hooks: kinds of parts as they are listed, then notices as they stand."""
    kinds = [f"register_{kind}" for kind in LABELS]
    if hook.__name__ in kinds:
        return kinds.index(hook.__name__), 0
    return len(kinds), hook.__code__.co_firstlineno


def _describe(hook: FunctionType) -> HookDoc:
    text, _, example = (inspect.getdoc(hook) or "").partition("Example::\n\n")
    summary, _, rest = text.partition("\n")
    _, *pieces = _FACT.split(rest)
    facts = {
        name: " ".join(each.split()) for name, each in zip(pieces[::2], pieces[1::2], strict=True)
    }
    arguments = tuple(inspect.signature(hook).parameters)
    code = textwrap.dedent(example).rstrip() + "\n"
    return HookDoc(hook.__name__, arguments, summary, facts, code)
