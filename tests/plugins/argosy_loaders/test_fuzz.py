"""Damaged files: loaders raise what users can read, and nothing else."""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from argosy.errors import ArgosyError
from argosy_catalog import ParquetDataCatalog
from tests.catalog.samples import files_under
from tests.plugins.argosy_loaders.damage import Format, damaged, formats, load
from tests.pure import PROJECT

CHANGES = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=4
)
COUNT = 23
FUZZ = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
LONG = settings(FUZZ, max_examples=150)


@pytest.fixture(scope="module")
def made(real_data: Path) -> list[Format]:
    return formats(real_data)


def test_there_is_a_file_of_every_format(made: list[Format], tmp_path: Path) -> None:
    assert COUNT == len(made)
    for each in made:
        rows = load(each, each.data, tmp_path)
        assert isinstance(rows, int), (each.name, rows)
        assert rows or each.name == "databento", each  # a definition has none


@pytest.mark.parametrize("name", ["databento", "betfair", "tardis", "binance", "bybit", "parquet"])
def test_a_file_of_another_format_is_refused(made: list[Format], tmp_path: Path, name: str) -> None:
    declared = {"type": "quote", "instrument": "A.B", "price_precision": 1, "size_precision": 1}
    settings = declared if name == "parquet" else {}
    for each in made:
        if each.name != name:
            found = load(Format(name, each.suffix, each.data, settings), each.data, tmp_path)
            assert isinstance(found, str), each
            assert found.startswith(str(tmp_path)), found


@FUZZ
@given(changes=CHANGES)
@pytest.mark.parametrize("number", range(COUNT))
def test_damage_is_an_error_that_users_can_read(
    made: list[Format], tmp_path: Path, number: int, changes: list[tuple[int, int, int]]
) -> None:
    each = made[number]
    load(each, damaged(each.data, changes), tmp_path)


@pytest.mark.slow
@LONG
@given(changes=CHANGES)
@pytest.mark.parametrize("number", range(COUNT))
def test_much_damage_is_an_error_that_users_can_read(
    made: list[Format], tmp_path: Path, number: int, changes: list[tuple[int, int, int]]
) -> None:
    each = made[number]
    load(each, damaged(each.data, changes), tmp_path)


@pytest.mark.slow
@settings(FUZZ, max_examples=20)
@example(changes=[])
@example(changes=[(2, 7, 0)])
@given(changes=CHANGES)
@pytest.mark.parametrize("number", range(COUNT))
def test_a_damaged_file_is_loaded_whole_or_not_at_all(
    made: list[Format],
    empty_catalog: Path,
    tmp_path_factory: pytest.TempPathFactory,
    number: int,
    changes: list[tuple[int, int, int]],
) -> None:
    each, folder = made[number], tmp_path_factory.mktemp("whole")
    data = damaged(each.data, changes)
    expected = load(each, data, folder)
    paths = each.write(data, folder)
    with ParquetDataCatalog(folder / "catalog") as catalog:
        try:
            catalog.ingest(paths, each.name, each.settings)
        except ArgosyError:
            assert ([], [], []) == (
                catalog.holdings(),
                catalog.instruments(),
                files_under(folder / "catalog"),
            )
        else:
            assert expected == sum(holding.rows for holding in catalog.holdings())


@pytest.mark.soak
def test_atheris_finds_nothing_else(real_data: Path, tmp_path: Path) -> None:
    if find_spec("atheris") is None:
        pytest.skip(
            "atheris is not installed: `.venv/bin/python -m pip install --group fuzz`, on Linux"
        )
    seconds = os.environ.get("ARGOSY_FUZZ_SECONDS", "600")
    run = subprocess.run(
        [
            *(sys.executable, "-m", "tests.plugins.argosy_loaders.fuzz", real_data, tmp_path),
            *(f"-max_total_time={seconds}", f"-artifact_prefix={tmp_path}/"),
            # pyarrow never gives back the 64 kB of a read that failed; a bomb is one big piece.
            *("-rss_limit_mb=16384", "-malloc_limit_mb=1024"),
        ],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert 0 == run.returncode, run.stderr[-4_000:]
