"""``argosy catalog ingest``, as the command line runs it."""

import gzip
import json
import sys
from pathlib import Path

import pytest

from tests.catalog.commands.conftest import Run
from tests.plugins.argosy_recorder.kit import recorded


def test_ingest_makes_a_catalog_that_ls_and_sql_read(
    run: Run, files: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, mapping = files
    folder = tmp_path / "new" / "catalog"
    code, out, err = run("catalog", "ingest", data, "--map", mapping, "--catalog", folder)
    expected = "GBP/USD.SIM: 2 quotes from 2024-01-01T00:00:00Z to 2024-01-02T00:00:00Z\n"
    assert (0, expected, "") == (code, out, err)
    monkeypatch.setenv("ARGOSY_CATALOG", str(folder))
    code, out, _ = run("catalog", "ls", "--format", "json")
    (row,) = json.loads(out)
    assert (0, "quotes", "GBP/USD.SIM", 2, 1, 0) == (
        code,
        *(row[k] for k in ("type", "name", "rows", "price_precision", "size_precision")),
    )
    code, out, _ = run("sql", "SELECT bid_price, ts_init FROM quotes ORDER BY 2", "--format", "csv")
    rows = ["bid_price,ts_init", "1.5,2024-01-01T00:00:00Z", "1.7,2024-01-02T00:00:00Z"]
    assert (0, rows) == (code, out.splitlines())


@pytest.mark.parametrize("word", ["", "null", "NaN", "nan", "NULL", "None", "N/A"])
def test_rows_without_values_are_skipped_and_told(
    run: Run, folder: Path, tmp_path: Path, word: str
) -> None:
    data = tmp_path / "days.csv"
    row = ",".join(["2024-01-03", *[word] * 5])
    header = "ts_event,open,high,low,close,volume"
    data.write_text(f"{header}\n2024-01-02,1,1,1,1,5\n{row}\n2024-01-04,1,1,1,1,5\n")
    line = f"""catalog ingest {data} --catalog {folder} --loader csv --type bar
        --bar-type ABC.SIM-1-DAY-LAST-EXTERNAL --price-precision 2 --size-precision 0"""
    code, _, err = run(*line.split())
    assert 2 == code
    assert 'missing = "skip" leaves out all such rows' in err
    code, out, err = run(*line.split(), "--set", "missing=skip")
    span = "from 2024-01-02T00:00:00Z to 2024-01-04T00:00:00Z"
    assert (0, f"ABC.SIM-1-DAY-LAST-EXTERNAL: 2 bars {span}\n") == (code, out)
    assert f"{data}: 1 row was left out, in which something is missing; {data}:3, column" in err


def test_what_a_policy_left_out_is_told(run: Run, files: tuple[Path, Path], folder: Path) -> None:
    data, mapping = files
    line = ("catalog", "ingest", data, "--map", mapping, "--catalog", folder)
    assert 0 == run(*line)[0]
    code, out, _ = run(*line, "--on-overlap", "keep")
    assert (0, True) == (code, out.startswith("GBP/USD.SIM: 0 of 2 quotes from 2024-01-01"))


def test_what_made_way_is_told(run: Run, files: tuple[Path, Path], folder: Path) -> None:
    data, mapping = files
    line = ("catalog", "ingest", data, "--map", mapping, "--catalog", folder)
    assert 0 == run(*line)[0]
    data.write_text("time,bid,ask\n2024-01-01,1,2\n2024-01-01T12:00,1,2\n2024-01-02,1,2\n")
    code, out, _ = run(*line, "--on-overlap", "replace")
    span = "from 2024-01-01T00:00:00Z to 2024-01-02T00:00:00Z"
    assert (0, f"GBP/USD.SIM: 3 quotes {span}, 2 made way\n") == (code, out)


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"ts_\xe9vent,bid\n", "byte 3 is 0xe9"), (b"ts_\0,bid\n", "byte 3 is NUL")],
)
def test_what_is_not_text_is_told(
    run: Run, files: tuple[Path, Path], folder: Path, content: bytes, why: str
) -> None:
    data, mapping = files
    data.write_bytes(content)
    code, _, err = run("catalog", "ingest", data, "--map", mapping, "--catalog", folder)
    message = f"no loader knows this file, which is not UTF-8 text ({why}). Save it as UTF-8 text"
    assert (2, True) == (code, message in err)


def test_options_alone_can_say_what_columns_mean(run: Run, folder: Path, tmp_path: Path) -> None:
    data = tmp_path / "b.csv"
    data.write_text("t,open,high,low,close\n1704067200,1,2,1,2\n")
    line = f"""catalog ingest {data} --catalog {folder} --type bar --instrument A.B
        --bar-type 1-DAY-LAST --price-precision 0 --size-precision 0 --time-format s
        --stamp open --column ts_event=t --constant volume=5"""
    code, out, _ = run(*line.split())
    assert 0 == code
    assert out.startswith("A.B-1-DAY-LAST-EXTERNAL: 1 bars from 2024-01-02T00:00:00Z")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("catalog ls --catalog {tmp}/none", "there is no catalog here"),
        ("sql SELECT\\ 1 --catalog {tmp}/none", "there is no catalog here"),
        (
            "catalog ingest {tmp}/q.csv --catalog {tmp}/c",
            "q.csv: no loader knows what its columns mean (csv: it is text",
        ),
        ("catalog ingest {tmp}/no.csv --map {tmp}/q.toml --catalog {tmp}/c", "no.csv: the file"),
        ("catalog ingest {tmp}/q.csv --map {tmp}/no.toml --catalog {tmp}/c", "no such file"),
        ("catalog ingest {tmp}/q.csv --catalog {tmp}/c --column bid", "'bid' has no '='"),
        (
            "catalog ingest {tmp}/q.csv --map {tmp}/q.toml --catalog {tmp}/c --rounding up",
            "rounding: expected one of error, half_even, half_away, was 'up'",
        ),
    ],
)
def test_bad_input_ends_with_exit_code_2_and_makes_nothing(
    run: Run, files: tuple[Path, Path], tmp_path: Path, line: str, message: str
) -> None:
    words = [word.replace("\0", " ") for word in line.replace("\\ ", "\0").split()]
    code, out, err = run(*(word.format(tmp=tmp_path) for word in words))
    assert (2, "") == (code, out)
    assert message in err
    assert "Traceback" not in err
    assert not (tmp_path / "none").exists()


def test_the_record_of_a_run_is_shown_its_own_command(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    _, record = recorded(tmp_path / "records")
    code, out, err = run("catalog", "ingest", record.path, "--catalog", folder)
    message = "this is the record of a run, not a file. Load it with `argosy record convert"
    assert (2, "", f"error: {record.path}: {message} {record.path}`\n") == (code, out, err)
    assert 0 == run("record", "convert", record.path, "--catalog", folder)[0]


def test_loading_twice_is_refused_with_the_time_that_is_there(
    run: Run, files: tuple[Path, Path], folder: Path
) -> None:
    data, mapping = files
    line = ("catalog", "ingest", data, "--map", mapping, "--catalog", folder)
    assert 0 == run(*line)[0]
    code, _, err = run(*line)
    assert 2 == code
    assert "rows from 2024-01-01T00:00:00Z to 2024-01-02T00:00:00Z are already there" in err


HOURS = "ts_event,open,high,low,close,volume\n2024-01-02 10:00,1,1,1,1,5\n"
HOUR_BARS = ("--type", "bar", "--bar-type", "A.B-1-HOUR-LAST-EXTERNAL")
DIGITS = ("--price-precision", 2, "--size-precision", 0)


@pytest.mark.parametrize(
    ("setting", "option", "value"),
    [
        ("stamp", "--stamp", "open"),
        ("zone", "--zone", "America/New_York"),
        ("zone", "--zone", "-11"),
        ("time_format", "--time-format", "%Y-%m-%d %H:%M"),
        ("rounding", "--rounding", "half_even"),
        ("venue", "--venue", "B"),
    ],
)
def test_a_setting_and_its_own_option_do_the_same(
    run: Run, folder: Path, tmp_path: Path, setting: str, option: str, value: str
) -> None:
    data = tmp_path / "bars.csv"
    data.write_text(HOURS)
    line = ("catalog", "ingest", data, *HOUR_BARS, *DIGITS, "--instrument", "A.B", "--catalog")
    expected = run(*line, tmp_path / "own", option, value)
    assert 0 == expected[0]
    assert expected == run(*line, folder, "--set", f"{setting}={value}")
    code, _, err = run(*line, folder, "--set", f"{setting}={value}", option, value)
    assert (2, True) == (code, f"{setting} is given twice" in err)


def test_settings_that_are_typed_are_numbers_only_where_numbers_are_meant(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    data = tmp_path / "bars.csv"
    data.write_text(HOURS)
    line = ("catalog", "ingest", data, *HOUR_BARS, "--catalog", folder)
    given = ("price_precision=2", "size_precision=0", "columns={ volume = 'volume' }")
    code, _, err = run(*line, *(word for each in given for word in ("--set", each)))
    assert (0, "") == (code, err)
    code, _, err = run(*line, *DIGITS, "--set", "zone=+24")
    assert (2, True) == (code, "unknown time zone '+24'" in err)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--set", "on_overlap=keep"), "on_overlap has an option of its own, --on-overlap"),
        (("--set", "on-duplicate=drop"), "has an option of its own, --on-duplicate"),
        (("--set", "loader=csv"), "loader has an option of its own, --loader"),
        (("--set", "use=csv"), "use has an option of its own, --loader"),
        (("--set", "sort=true"), "sort has an option of its own, --sort"),
        (("--set", "shift=1s", "--set", "shift=2s"), "shift is given 2 times"),
        (("--constant", "volume=1", "--constant", "volume=2"), "volume is given 2 times"),
        (("--column", "open=a", "--column", "open=b"), "columns: open has 2 columns"),
        (("--column", "open=a", "--set", "columns={close='b'}"), "columns is given twice"),
        (("--set", "times=ms"), "times: unknown key"),
    ],
)
def test_nothing_that_was_given_is_dropped(
    run: Run, folder: Path, tmp_path: Path, words: tuple[str, ...], message: str
) -> None:
    data = tmp_path / "bars.csv"
    data.write_text(HOURS)
    line = ("catalog", "ingest", data, *HOUR_BARS, *DIGITS, "--catalog", folder)
    code, out, err = run(*line, *words)
    assert (2, "") == (code, out)
    assert message in " ".join(err.split())


GERMAN = """Datum;Zeit;Art;Kurs;Menge
3.1.2024;9:31;Handel;16.001,5;1.000
2.1.2024;;Summe;;
2.1.2024;17:30;Handel;15.999,5;200
2.1.2024;17:29;Handel;15.999;1
"""


def test_a_file_of_another_country_with_the_newest_row_first(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    data = tmp_path / "dax.csv"
    data.write_text(GERMAN)
    line = ["catalog", "ingest", data, "--catalog", folder, "--type", "trade", *DIGITS]
    line += ["--instrument", "DAX.XETR", "--zone", "Europe/Berlin", "--skip-rows", "Art=Summe"]
    line += ["--column", "ts_event=Datum", "--column", "ts_event=Zeit", "--column", "price=Kurs"]
    line += ["--column", "size=Menge", "--time-format", "%d.%m.%Y %H:%M", "--set", "decimal=,"]
    line += ["--set", "thousands=.", "--constant", "aggressor_side=NO_AGGRESSOR"]
    code, out, err = run(*line)
    span = "from 2024-01-02T16:29:00Z to 2024-01-03T08:31:00Z"
    assert (0, f"DAX.XETR: 3 trades {span}\n") == (code, out)
    assert [
        f"{data}: read backwards, as its newest row comes first",
        f"{data}: 1 row was left out, whose Art is 'Summe'",
    ] == err.splitlines()
    query = "SELECT trade_id, price, size FROM ordered_trades ORDER BY place"
    code, out, _ = run("sql", query, "--format", "csv", "--catalog", folder)
    rows = ["1,15999.00,1", "2,15999.50,200", "3,16001.50,1000"]
    assert (0, rows) == (code, out.splitlines()[1:])


TITLED = """Broker export v3
Date (UTC);Bid Px;"Ask; Px";Vol bid;Vol ask
04/03/2024 00:00:00;1.1000;1.1002;100;200
04/03/2024 00:01:00;1.1001;1.1003;101;201
"""
TITLED_MAP = """
type = "quote"
instrument = "EUR/USD.SIM"
price_precision = 4
size_precision = 0
time_format = "%d/%m/%Y %H:%M:%S"

[columns]
ts_event = "Date (UTC)"
bid_price = "Bid Px"
ask_price = "Ask; Px"
bid_size = "Vol bid"
ask_size = "Vol ask"
"""


def test_a_title_above_the_header_is_declared_and_the_loader_is_still_guessed(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    data, mapping = tmp_path / "odd.csv", tmp_path / "odd.toml"
    data.write_text(TITLED)
    mapping.write_text(TITLED_MAP)
    line = ("catalog", "ingest", data, "--map", mapping, "--catalog", folder)
    code, _, err = run(*line)
    assert (2, True) == (code, "Declare what stands above its header" in err)
    code, _, err = run(*line, "--set", "skip_lines=1", "--rounding", "up")
    assert (2, True) == (code, "rounding: expected one of error, half_even, half_away" in err)
    mapping.write_text(f'skip_lines = 1\ndelimiter = ";"\n{TITLED_MAP}')
    code, out, err = run(*line)
    span = "from 2024-03-04T00:00:00Z to 2024-03-04T00:01:00Z"
    assert (0, f"EUR/USD.SIM: 2 quotes {span}\n", "") == (code, out, err)


BITMEX = """exchange,symbol,timestamp,local_timestamp,id,side,price,amount
bitmex,XBTUSD,1000000,2000000,x,sell,8531.5,2152
"""


def test_a_guess_is_told_with_its_reason(run: Run, folder: Path, tmp_path: Path) -> None:
    data = tmp_path / "trades.csv"
    data.write_text(BITMEX)
    line = ("catalog", "ingest", data, "--catalog", folder)
    told = f"{data}: read as tardis, since its header is that of Tardis trades\n"
    code, out, err = run(*line)
    assert (2, "") == (code, out)
    assert f"{told}error: {data}: the price_precision of XBTUSD.BITMEX is not known" in err
    code, out, err = run(*line, "--price-precision", 1, "--size-precision", 0)
    span = "from 1970-01-01T00:00:02Z to 1970-01-01T00:00:02Z"
    assert (0, f"XBTUSD.BITMEX: 1 trades {span}\n", told) == (code, out, err)
    code, out, err = run(*line, "--loader", "tardis", "--venue", "MEX", "--rounding", "half_even")
    assert (2, "") == (code, out)
    assert "the price_precision of XBTUSD.MEX is not known" in err


def test_any_setting_may_be_given_and_overlaps_are_settled(
    run: Run, files: tuple[Path, Path], folder: Path
) -> None:
    data, mapping = files
    line = ("catalog", "ingest", data, "--map", mapping, "--catalog", folder)
    code, out, err = run(*line, "--set", "skip_lines=0", "--set", "shift=2s")
    assert (0, "") == (code, err)
    assert "from 2024-01-01T00:00:02Z" in out
    assert 2 == run(*line, "--set", "shift=2s")[0]
    assert 0 == run(*line, "--set", "shift=2s", "--on-overlap", "replace")[0]
    code, _, err = run(*line, "--set", "skip_lines=many")
    assert (2, True) == (code, "skip_lines" in err)


def test_a_terminal_shows_how_far_files_are_read(
    run: Run, files: tuple[Path, Path], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, mapping = files
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    code, out, err = run("catalog", "ingest", data, "--map", mapping, "--catalog", folder)
    assert (0, True) == (code, out.startswith("GBP/USD.SIM: 2 quotes from "))
    size = data.stat().st_size
    assert f"{size}/{size} bytes" in err


LOADER = """
from argosy.hookspecs import hookimpl
from argosy.model.data import QuoteTick
from argosy.model.identifiers import InstrumentId
from argosy.model.values import Price, Quantity

class Words:
    def guess(self, sample): return "its suffix" if ".words" in sample.name else None
    def load(self, load):
        for path in load.files:
            with load.open(path) as file:
                for number, line in enumerate(file):
                    price = Price.from_str(line.decode().split()[1])
                    size = Quantity.from_int(1)
                    yield QuoteTick(InstrumentId("A.B"), price, price, size, size, number, number)

@hookimpl
def register_loaders(register):
    register("words", lambda settings: Words(), doc="Read quotes in words.")
"""


def test_a_strangers_loader_is_guessed_like_the_others(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "argosy_words.py").write_text(LOADER)
    info = tmp_path / "argosy_words-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: argosy-words\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[argosy]\nwords = argosy_words\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    data = tmp_path / "some.words.gz"
    data.write_bytes(gzip.compress(b"price 1.5\nprice 2.5\n"))
    code, out, err = run("catalog", "ingest", data, "--catalog", folder)
    assert (0, f"{data}: read as words, since its suffix\n") == (code, err)
    assert out.startswith("A.B: 2 quotes from 1970-01-01T00:00:00Z")
