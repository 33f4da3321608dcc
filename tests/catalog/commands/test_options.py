"""Options that the commands of the catalog share."""

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from argosy_catalog.commands.options import FOLDER, FORMAT


@click.command()
@FOLDER
@FORMAT
def shown(folder: Path, form: str) -> None:
    """Print what the options say."""
    click.echo(f"{folder} {form}")


@pytest.mark.parametrize(
    ("line", "environment", "expected"),
    [
        ([], None, "data/catalog table\n"),
        ([], "mine", "mine table\n"),
        (["--catalog", "other", "--format", "csv"], "mine", "other csv\n"),
    ],
)
def test_an_option_goes_before_the_environment_and_that_before_the_default(
    line: list[str], environment: str | None, expected: str
) -> None:
    result = CliRunner().invoke(shown, line, env={"ARGOSY_CATALOG": environment})
    assert expected == result.output
