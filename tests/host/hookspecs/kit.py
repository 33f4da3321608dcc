"""The examples of the hooks, each loaded as a plugin of its own."""

from types import ModuleType, SimpleNamespace

from argosy.plugins.find import Found
from argosy.plugins.host import PluginHost
from argosy.plugins.reference import hook_docs

DOCS = {each.name: each for each in hook_docs()}


class Example(Found):
    """A plugin whose module is the example of a hook."""

    def load(self) -> ModuleType:
        module = ModuleType("example")
        exec(DOCS[self.module].example, vars(module))
        return module


def load(hook: str) -> PluginHost:
    return PluginHost([Example("example", hook, "example", "1")])


def registered(hook: str) -> list[str]:
    """Return the names of the parts that the example of a hook registers."""
    return list(load(hook).parts(hook.removeprefix("register_")))


def notify(hook: str) -> None:
    """Let the example of a hook hear its notice."""
    plan = SimpleNamespace(mode="backtest", system=SimpleNamespace(name="demo"))
    given = {"plan": plan, "run_id": "r1", "result": SimpleNamespace(run_id="r1")}
    load(hook).notify(hook, **{name: given[name] for name in DOCS[hook].arguments})
