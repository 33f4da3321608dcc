"""Instructions are read off callgrind's files, and counting twice gives the same."""

import shutil
from pathlib import Path

import pytest

from tests.bench import instructions
from tests.bench.__main__ import main
from tests.bench.instructions import MissingToolError, count
from tests.bench.measure import OutcomeError
from tests.bench.workload import counted_rows, names

DUMP = """\
# callgrind format
version: 1
cmd:  python -m tests.bench.child run orders memory 5000
part: 1
thread: 1

desc: Trigger: Client Request

positions: line
events: Ir
{sums}

ob=(3) /usr/lib/libstdc++.so.6
fn=(3268) operator delete(void*)
0 6
calls=3 3350
0 347
{totals}
"""


def test_the_sum_is_the_one_that_callgrind_states() -> None:
    assert 273_097_666 == instructions.instructions(
        DUMP.format(sums="summary: 273097666", totals="\ntotals: 273097666")
    )


def test_the_sum_stands_at_the_head_or_at_the_end() -> None:
    heads = DUMP.format(sums="summary: 12", totals=""), DUMP.format(sums="", totals="totals: 12")
    assert [12, 12] == [instructions.instructions(each) for each in heads]


def test_a_file_without_a_sum_is_refused() -> None:
    with pytest.raises(OutcomeError, match="no sum"):
        instructions.instructions(DUMP.format(sums="", totals=""))


def test_a_count_of_something_else_is_refused() -> None:
    with pytest.raises(OutcomeError, match=r"'Bc'.* not instructions"):
        instructions.instructions("events: Bc Ir\nsummary: 5 7\n")


def test_without_valgrind_the_error_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(MissingToolError, match=r"valgrind is missing.*apt-get install valgrind"):
        count("orders", "memory", 10)


def test_without_its_headers_the_error_says_how_to_get_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    unknown = tmp_path / "unknown.c"
    unknown.write_text("#include <valgrind/no_such_header.h>\n")
    monkeypatch.setattr(instructions, "SOURCE", unknown)
    monkeypatch.setattr("tests.bench.files.FOLDER", tmp_path)
    with pytest.raises(MissingToolError, match=r"valgrind-devel gcc(.|\n)*no_such_header"):
        instructions.requests()


def test_five_workloads_are_counted() -> None:
    counted = [name for name in names() if counted_rows(name)]
    assert ["bars_handler", "orders", "quotes_handler", "ticks_to_bars", "wide"] == counted


def test_a_workload_that_cannot_be_counted_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["bench", "catalog", "--instructions"])
    with pytest.raises(SystemExit):
        main()
    assert "no countable workload catalog: there are bars_handler" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("valgrind") is None, reason="valgrind is not installed")
def test_counting_twice_gives_the_same_within_a_thousandth(tmp_path: Path) -> None:
    first, second = (
        count("orders", "memory", 300, keep=tmp_path / "dump")["instructions_each"]
        for _ in range(2)
    )
    assert first == pytest.approx(second, rel=1e-3)
    assert first > 1_000
    assert "settle" in (tmp_path / "dump").read_text()
