import pytest

from argosy.errors import ConfigError, DuplicateNameError, InputError, PluginError
from argosy.plugins.host import PluginHost
from tests.host.plugins.kit import Make, fees

HOOKIMPL = "from argosy.hookspecs import hookimpl\n"
HEARS = f"""
{HOOKIMPL}
heard = []

@hookimpl
def on_run_started(run_id):
    heard.append(run_id)
"""


def error_of(host: PluginHost, name: str) -> str:
    (plugin,) = [each for each in host.plugins if each.found.name == name]
    return str(plugin.error)


def test_parts_of_plugins_are_there_by_name(make: Make) -> None:
    host = PluginHost([make("a", fees("free", "No fees."))])
    part = host.part("fee_models", "free")
    assert ("a", "No fees.", "free") == (part.plugin, part.doc, part.factory(None))
    assert {"free": part} == host.parts("fee_models")
    assert (part,) == host.parts_of("a")
    assert ("register_fee_models",) == host.plugins[0].hooks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\nimport nowhere_at_all\n", "made_bad:2: ModuleNotFoundError: No module named"),
        ("\n\n1 / 0\n", "made_bad:3: ZeroDivisionError: division by zero"),
        ("def f(:", "SyntaxError"),
        ("raise SystemExit(3)", "made_bad:1: SystemExit: 3"),
        ("x = 1\n", "answers no hook. Mark its functions with hookimpl"),
        (
            f"{HOOKIMPL}@hookimpl\ndef register_fee_model(register): ...\n",
            "there is no hook 'register_fee_model'. Did you mean 'register_fee_models'?",
        ),
        (
            f"{HOOKIMPL}@hookimpl\ndef register_fee_models(register, more): ...\n",
            "PluginValidationError",
        ),
        (
            f"{HOOKIMPL}@hookimpl\ndef register_fee_models(register):\n    1 / 0\n",
            "made_bad:4: ZeroDivisionError: division by zero",
        ),
        (
            f"{HOOKIMPL}@hookimpl\ndef register_fee_models(register):\n    register('X', print)\n",
            "'X' is no name for a fee model. Names of this kind are lower_snake",
        ),
        (
            f"{HOOKIMPL}@hookimpl\ndef register_fee_models(register):\n    register('a')\n",
            "TypeError",
        ),
    ],
)
def test_a_broken_plugin_is_listed_and_the_rest_goes_on(
    make: Make, text: str, expected: str
) -> None:
    host = PluginHost([make("bad", text), make("good", fees("free"))])
    assert expected in error_of(host, "bad")
    assert "free" == host.part("fee_models", "free").name
    assert () == host.parts_of("bad")


def test_a_module_that_is_not_there_is_listed(make: Make) -> None:
    found = make("gone", "")
    missing = type(found)("gone", "made_not_there:thing", "argosy-gone", "1")
    assert "No module named 'made_not_there'" in error_of(PluginHost([missing]), "gone")


def test_a_plugin_that_fails_halfway_registers_nothing(make: Make) -> None:
    text = fees("free") + "\n@hookimpl\ndef register_sinks(register):\n    1 / 0\n"
    host = PluginHost([make("half", text)])
    assert {} == host.parts("fee_models")


def test_a_name_nobody_has_points_to_broken_and_disabled_plugins(make: Make) -> None:
    found = [make("bad", "1 / 0"), make("off", fees("off")), make("good", fees("free"))]
    with pytest.raises(InputError) as caught:
        PluginHost(found, disable=["off"]).part("fee_models", "off")
    expected = (
        "unknown fee model 'off'. Available: free "
        "Broken plugins: bad (made_bad:1: ZeroDivisionError: division by zero). "
        "Disabled plugins: off."
    )
    assert expected == str(caught.value)


def test_plugins_can_be_disabled(make: Make) -> None:
    host = PluginHost([make("a", "1 / 0"), make("b", fees("free"))], disable=["a"])
    a, b = host.plugins
    assert [(False, None), (True, None)] == [(each.is_enabled, each.error) for each in (a, b)]
    assert {"a", "b"} == set(host.plugin_names())


def test_only_allowed_plugins_are_used_beside_the_hosts_own(make: Make) -> None:
    found = [
        make("own", fees("own"), distribution="argosy"),
        make("yes", fees("yes")),
        make("no", fees("no")),
    ]
    assert ["own", "yes"] == list(PluginHost(found, allow=["yes"]).parts("fee_models"))
    assert ["own"] == list(PluginHost(found, allow=[]).parts("fee_models"))


def test_a_default_plugin_is_replaced_by_disabling_it(make: Make) -> None:
    found = [make("own", fees("fixed"), distribution="argosy"), make("mine", fees("fixed"))]
    with pytest.raises(DuplicateNameError, match=r"'mine' and 'own'.*disable = \[\"own\"\]"):
        PluginHost(found).part("fee_models", "fixed")
    assert "mine" == PluginHost(found, disable=["own"]).part("fee_models", "fixed").plugin


def test_a_conflict_blocks_only_who_names_it(make: Make) -> None:
    host = PluginHost([make("a", fees("fixed")), make("b", fees("fixed")), make("c", fees("free"))])
    assert ["free"] == list(host.parts("fee_models"))
    assert 1 == len(host.duplicates)
    assert [None, None, None] == [each.error for each in host.plugins]


def test_two_distributions_cannot_bring_one_plugin_name(make: Make) -> None:
    found = make("a", fees("free"))
    other = type(found)("a", "made_other", "argosy-other", "1")
    host = PluginHost([found, other])
    assert [None, "plugin 'a' is brought by argosy-a and by argosy-other"] == [
        each.error and each.error.args[0] for each in host.plugins
    ]


def test_commands_of_the_host_stay_its_own(make: Make) -> None:
    text = f"{HOOKIMPL}@hookimpl\ndef register_commands(register):\n    register('run', print)\n"
    host = PluginHost([make("a", text)], reserved=["run"])
    assert "command 'run' belongs to the host" in error_of(host, "a")


def test_plugins_hear_notices_in_the_order_of_their_names(
    make: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"{HOOKIMPL}@hookimpl\ndef on_run_started(run_id):\n    print(__name__, run_id)\n"
    found = [make(name, text) for name in ("a", "b", "c")]
    PluginHost(found).notify("on_run_started", plan=None, run_id="r1")
    assert "made_a r1\nmade_b r1\nmade_c r1\n" == capsys.readouterr().out


def test_a_notice_that_fails_names_its_plugin(make: Make) -> None:
    text = f"{HOOKIMPL}@hookimpl\ndef on_run_finished(result):\n    1 / 0\n"
    host = PluginHost([make("a", text)])
    with pytest.raises(PluginError) as caught:
        host.notify("on_run_finished", plan=None, result=None)
    expected = "plugin 'a' failed in on_run_finished: ZeroDivisionError: division by zero"
    assert expected == str(caught.value)


def test_a_plugin_may_refuse_a_system_in_its_own_words(make: Make) -> None:
    text = f"""{HOOKIMPL}
from argosy.errors import ConfigError

@hookimpl
def on_system_loaded(plan):
    raise ConfigError("not on Fridays")
"""
    with pytest.raises(ConfigError, match=r"^not on Fridays$"):
        PluginHost([make("a", text)]).notify("on_system_loaded", plan=None)


def test_two_hosts_share_nothing(make: Make) -> None:
    one, two = PluginHost([make("a", fees("free"))]), PluginHost([])
    assert (1, 0) == (len(one.parts("fee_models")), len(two.parts("fee_models")))


def test_the_installed_plugins_are_loaded() -> None:
    host = PluginHost.installed()
    assert "ducklake" in host.parts("catalogs")
    assert "catalog" == host.part("commands", "sql").plugin
