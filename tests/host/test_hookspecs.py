"""Each hook's example is run as a plugin of its own."""

from types import ModuleType, SimpleNamespace

import pytest

from argosy.config.parts import LABELS
from argosy.plugins.find import Found
from argosy.plugins.host import PluginHost
from argosy.plugins.reference import HookDoc, hook_docs

DOCS = hook_docs()
REGISTERED = {
    "register_commands": "hello",
    "register_catalogs": "shelf",
    "register_loaders": "words",
    "register_stores": "memory",
    "register_sinks": "screen",
    "register_calendars": "always_open",
    "register_venues": "exchange",
    "register_simulators": "dark_pool",
    "register_fill_models": "lucky",
    "register_fee_models": "free",
    "register_latency_models": "wire",
    "register_margin_models": "full",
    "register_simulation_modules": "nothing",
    "register_order_types": "PATIENT_LIMIT",
    "register_bar_aggregations": "RENKO",
    "register_risk_rules": "only_buys",
    "register_strategies": "watcher",
    "register_statistics": "trades",
}
"""Hook -> the name of the part in its example."""
NOTICES = {
    "on_system_loaded": "demo backtest\n",
    "on_run_started": "begins r1\n",
    "on_run_finished": "r1\n",
}
"""Hook -> what its example prints."""


class Example(Found):
    """A plugin whose module is the example of a hook."""

    def load(self) -> ModuleType:
        (doc,) = [each for each in DOCS if each.name == self.module]
        module = ModuleType("example")
        exec(doc.example, vars(module))
        return module


def load(doc: HookDoc) -> PluginHost:
    return PluginHost([Example("example", doc.name, "example", "1")])


@pytest.mark.parametrize("doc", DOCS, ids=lambda doc: doc.name)
def test_the_example_answers_the_hook(doc: HookDoc) -> None:
    (plugin,) = load(doc).plugins
    assert (None, (doc.name,)) == (plugin.error, plugin.hooks)


@pytest.mark.parametrize("hook", REGISTERED)
def test_the_example_registers_its_part(hook: str) -> None:
    (doc,) = [each for each in DOCS if each.name == hook]
    kind = hook.removeprefix("register_")
    assert [REGISTERED[hook]] == list(load(doc).parts(kind))


@pytest.mark.parametrize("hook", NOTICES)
def test_the_example_hears_its_notice(hook: str, capsys: pytest.CaptureFixture[str]) -> None:
    (doc,) = [each for each in DOCS if each.name == hook]
    plan = SimpleNamespace(mode="backtest", system=SimpleNamespace(name="demo"))
    given = {"plan": plan, "run_id": "r1", "result": SimpleNamespace(run_id="r1")}
    load(doc).notify(hook, **{name: given[name] for name in doc.arguments})
    assert NOTICES[hook] == capsys.readouterr().out


def test_every_hook_is_tried_here() -> None:
    assert {each.name for each in DOCS} == REGISTERED.keys() | NOTICES.keys()


def test_every_kind_of_part_has_a_hook() -> None:
    assert {f"register_{kind}" for kind in LABELS} == REGISTERED.keys()


@pytest.mark.parametrize("hook", REGISTERED)
def test_the_reference_says_what_the_factory_gets(hook: str) -> None:
    (doc,) = [each for each in DOCS if each.name == hook]
    assert "factory" in doc.facts["Returns"]
