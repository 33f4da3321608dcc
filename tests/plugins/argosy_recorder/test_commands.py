"""``argosy record``: what it prints, and how it ends."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from argosy.cli.group import CommandLine
from argosy.plugins.host import PluginHost
from argosy.testing.commands import check_command
from argosy_recorder import Record
from tests.plugins.argosy_recorder.kit import recorded, tear


def line(*words: object) -> Result:
    return CliRunner().invoke(CommandLine(name="argosy"), ["record", *map(str, words)])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Record:
    return recorded(tmp_path_factory.mktemp("records"), flush_rows=64)[1]


@pytest.fixture
def record(made: Record, tmp_path: Path) -> Record:
    return Record(shutil.copytree(made.path, tmp_path / "record"))


def test_ls_lists_records_and_what_is_broken(record: Record) -> None:
    (record.path.parent / "wreck").mkdir()
    (record.path.parent / "stray").touch()
    first, second = line("ls", record.path.parent).stdout.splitlines()
    assert f"{record.manifest.run_id}: complete, 600 rows" == first
    assert second.startswith("wreck: broken, ")
    assert "there is no record here" in second
    found = json.loads(line("ls", record.path.parent, "--json").stdout)["records"]
    assert ["complete", "broken"] == [each["state"] for each in found]


def test_ls_of_no_folder_is_wrong_input(tmp_path: Path) -> None:
    result = line("ls", tmp_path / "nowhere")
    assert (2, "") == (result.exit_code, result.stdout)
    assert "there is no folder here. Name that of [[sinks]]" in result.stderr


def test_show_says_what_there_is(record: Record) -> None:
    result = line("show", record.path)
    first, second, third = result.stdout.splitlines()
    assert first.startswith(
        f"{record.manifest.run_id}: backtest (backtest), complete, whole before"
    )
    assert ("quote EUR/USD.SIM: 600 rows", "nothing was lost") == (second, third)


def test_show_says_what_was_lost(record: Record) -> None:
    found = json.loads(line("show", tear(record, 3).path, "--json").stdout)
    assert ("torn", 191) == (found["state"], found["channels"][0]["rows"])
    assert found["lost_rows"] > 400
    text = line("show", record.path).stdout.splitlines()[-1]
    assert text.startswith(f"its writer died: {found['lost_rows']} rows (")


def test_show_knows_a_record_of_which_nothing_was_flushed(record: Record) -> None:
    assert "torn, nothing was flushed" in line("show", tear(record, 0).path).stdout


@pytest.mark.slow
def test_convert_says_what_it_did_and_the_second_time_that_it_did_nothing(
    record: Record, tmp_path: Path
) -> None:
    words = ("convert", tear(record, 3).path, "--catalog", tmp_path / "catalog")
    first, second = line(*words), line(*words)
    assert (0, 0) == (first.exit_code, second.exit_code), first.output + second.output
    told, lost = first.stdout.splitlines()
    assert "quote EUR/USD.SIM: 191 rows" == told
    assert "are left out" in lost
    assert f"{tmp_path / 'catalog'} has it already, nothing was done" in second.stdout


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("show", "nowhere"), "nowhere: there is no record here. Name the folder of one run"),
        (("convert", "nowhere"), "nowhere: there is no record here"),
    ],
)
def test_a_folder_that_is_no_record_is_wrong_input(words: tuple[str, ...], expected: str) -> None:
    result = line(*words)
    assert (2, "") == (result.exit_code, result.stdout)
    assert f"error: {expected}" in result.stderr


def test_the_command_keeps_to_the_contract() -> None:
    check_command(PluginHost.installed().part("commands", "record").factory)
