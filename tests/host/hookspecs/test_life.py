"""The hooks of the command line, and notices."""

import pytest

from tests.host.hookspecs.kit import notify, registered


@pytest.mark.parametrize(
    ("hook", "name"),
    [
        ("register_commands", "hello"),
    ],
)
def test_the_example_registers_its_part(hook: str, name: str) -> None:
    assert [name] == registered(hook)


@pytest.mark.parametrize(
    ("hook", "printed"),
    [
        ("on_system_loaded", "demo backtest\n"),
        ("on_run_started", "begins r1\n"),
        ("on_run_finished", "r1\n"),
    ],
)
def test_the_example_hears_its_notice(
    hook: str, printed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    notify(hook)
    assert printed == capsys.readouterr().out
