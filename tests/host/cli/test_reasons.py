import json
from pathlib import Path

from argosy.plugins.find import Found
from tests.host.cli.conftest import Line
from tests.host.plugins.kit import Make

SHOP = """
from argosy import Reason
from argosy.hookspecs import hookimpl

CLOSED = Reason("SHOP_CLOSED", "The shop was closed.", "Come tomorrow.")
KNOWN = Reason("ORDER_CLOSED", "The shop has closed the order.", "Ask at the counter.")

@hookimpl
def register_risk_rules(register):
    register("hours", print, reasons=(CLOSED, KNOWN))
    register("days", print, reasons=(CLOSED,))
"""


def test_a_reason_says_who_gives_it_what_it_means_and_what_helps(line: Line) -> None:
    expected = (
        "ORDER_CLOSED  (the host)\n"
        "    The order has ended, and cannot be changed or canceled any more.\n"
        "    Ask is_closed before you change or cancel an order.\n"
    )
    assert expected == line("reasons", "ORDER_CLOSED").stdout


def test_all_that_are_installed_are_listed(line: Line, make: Make, installed: list[Found]) -> None:
    installed.append(make("shop", SHOP))
    found = json.loads(line("reasons", "--json").stdout)["reasons"]
    assert {
        "name": "SHOP_CLOSED",
        "given_by": ["risk rule 'hours'", "risk rule 'days'"],
        "meaning": "The shop was closed.",
        "cure": "Come tomorrow.",
    } in found
    assert sorted(each["name"] for each in found) == [each["name"] for each in found]


def test_what_two_plugins_mean_by_one_code_is_shown_of_both(
    line: Line, make: Make, installed: list[Found]
) -> None:
    installed.append(make("shop", SHOP))
    given = line("reasons", "ORDER_CLOSED", "--json").stdout
    assert [["risk rule 'hours'"], ["the host"]] == [
        each["given_by"] for each in json.loads(given)["reasons"]
    ]


def test_a_broken_plugin_gives_no_reasons(line: Line, make: Make, installed: list[Found]) -> None:
    installed.append(make("shop", f"{SHOP}\n1 / 0"))
    assert "SHOP_CLOSED" not in line("reasons").stdout


def test_an_unknown_code_gets_a_suggestion(line: Line) -> None:
    result = line("reasons", "ORDER_CLOSD")
    assert 2 == result.exit_code
    assert "unknown reason 'ORDER_CLOSD'. Did you mean 'ORDER_CLOSED'?" in result.stderr


def test_the_reference_in_the_project_is_of_today(project: Path) -> None:
    """Write it anew with ``argosy reasons --markdown > plugins/REASONS.md``."""
    from click.testing import CliRunner

    from argosy.cli.group import CommandLine

    printed = CliRunner().invoke(CommandLine(name="argosy"), ["reasons", "--markdown"]).stdout
    assert (project / "plugins/REASONS.md").read_text() == printed
