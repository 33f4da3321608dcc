import json
from pathlib import Path

from tests.host.cli.conftest import Line
from tests.host.config.test_folder import STRATEGY


def test_the_schema_has_parts_and_strategy_files(line: Line) -> None:
    Path("strategies").mkdir()
    Path("strategies/mine.py").write_text(STRATEGY)
    Path("strategies/broken.py").write_text("1 / 0")
    result = line("schema")
    found = json.loads(result.stdout)["$defs"]
    assert {"strategies.mine", "strategies.cross", "fee_models.fixed"} <= found.keys()
    expected = (
        "left out: strategy 'broken': strategies/broken.py:1: cannot be imported: "
        "ZeroDivisionError: division by zero\n"
    )
    assert (0, expected) == (result.exit_code, result.stderr)


def test_the_schema_can_be_written_to_a_file(line: Line) -> None:
    result = line("schema", "--output", "argosy.schema.json")
    assert (0, "") == (result.exit_code, result.output)
    assert "$schema" in json.loads(Path("argosy.schema.json").read_text())


def test_another_project_may_be_named(line: Line) -> None:
    Path("else/strategies").mkdir(parents=True)
    Path("else/strategies/mine.py").write_text(STRATEGY)
    assert "strategies.mine" in line("schema", "--project", "else").stdout
