"""Options that the commands of the catalog share."""

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from argosy_catalog.commands.options import FOLDER, FORMAT, open_catalog
from argosy_catalog.lake.lake import METADATA
from argosy_catalog.lake.objects import ObjectPath


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


def test_a_place_without_a_name_is_refused() -> None:
    result = CliRunner().invoke(shown, ["--catalog", ""])
    assert (2, True) == (result.exit_code, "the place is empty" in result.output)


@click.command()
@FOLDER
def opened(folder: Path | ObjectPath) -> None:
    """Print the newest snapshot."""
    with open_catalog(folder, read_only=True) as catalog:
        click.echo(f"snapshot {catalog.snapshot()}")


@pytest.mark.parametrize("by_option", [True, False])
def test_metadata_may_lie_elsewhere(
    folder: Path,
    tmp_path: Path,
    by_option: bool,  # noqa: FBT001
) -> None:
    metadata = (folder / METADATA).rename(tmp_path / "fx.sqlite")
    line = ["--metadata", f"sqlite:{metadata}"] if by_option else []
    environment = {} if by_option else {"ARGOSY_CATALOG_METADATA": str(metadata)}
    missing = CliRunner().invoke(opened, ["--catalog", str(folder)])
    assert "there is no catalog here" in str(missing.exception)
    result = CliRunner().invoke(opened, ["--catalog", str(folder), *line], env=environment)
    assert result.output.startswith("snapshot ")


def test_a_catalog_may_lie_in_an_object_store() -> None:
    result = CliRunner().invoke(shown, ["--catalog", "s3://lake/fx"])
    assert "s3://lake/fx table\n" == result.output
