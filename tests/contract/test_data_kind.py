"""A stranger's kind of data is loaded, stored, shown, replayed, heard and recorded."""

import csv
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.contract import reef
from tests.contract.scratch import Scratch
from tests.contract.sources import CURRENCY_PAIR, DISTRIBUTIONS, ingest, system

pytestmark = pytest.mark.slow

QUOTES = 500
EACH = 7  # quotes to a tide

TIDES = """
[[data]]
type = "tide"
instruments = ["EUR/USD.REEF"]

[[actors]]
use = "gauge"
instrument = "EUR/USD.REEF"
diary = "tides.json"

[[sinks]]
use = "recorder"
path = "records"
"""

KIT = """
from argosy import InstrumentId, OrderSide, Price
from argosy.testing.kinds import check_kind
from argosy.testing.plugins import check_plugin
from argosy_tides.tide import TIDE, Tide

def tide(n):
    return Tide(
        instrument_id=InstrumentId("EUR/USD.REEF"), height=Price.from_raw(n, 2),
        side=OrderSide.BUY, station=None if n % 2 else "pier", is_rising=n > 1, ts_event=n,
        ts_init=n,
    )

check_plugin("tides")
check_kind(TIDE, [tide(n) for n in range(4)])
"""


@dataclass(frozen=True)
class Port:
    """A venv with the wheel and argosy-tides, and a project whose catalog has quotes and tides."""

    scratch: Scratch
    project: Path


def tides(rows: list[reef.Quote]) -> list[list[object]]:
    """Return a tide at the time of every seventh quote: height, side, station, rising, time."""
    return [
        [f"{n - 20}.25", "BUY" if n % 2 else "SELL", "pier", n % 3 == 0, row.ts]
        for n, row in enumerate(rows[::EACH])
    ]


@pytest.fixture(scope="module")
def rows() -> list[reef.Quote]:
    return reef.quotes(QUOTES)


@pytest.fixture(scope="module")
def port(
    make_scratch: Callable[[], Scratch],
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[reef.Quote],
) -> Port:
    scratch = make_scratch()
    scratch.install(DISTRIBUTIONS / "argosy-tides")
    project = tmp_path_factory.mktemp("port")
    (project / "config").mkdir()
    (project / "config/tides.toml").write_text(system(CURRENCY_PAIR, TIDES, fees=""))
    ingest(scratch, rows, project)
    with (project / "tides.csv").open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["height", "side", "station", "is_rising", "ts_event"])
        writer.writerows(tides(rows))
    line = [
        *("--type", "tide", "--instrument", "EUR/USD.REEF", "--time-format", "ns"),
        *("--price-precision", "2", "--size-precision", "0"),
    ]
    done = scratch.argosy("catalog", "ingest", "tides.csv", *line, cwd=project)
    assert f"EUR/USD.REEF: {len(tides(rows))} tides from 2024-01-01" in done.out
    return Port(scratch, project)


def test_the_kind_passes_its_kit(port: Port) -> None:
    done = port.scratch.run("python", "-c", KIT, cwd=port.project)
    assert 0 == done.code, done.err


def test_it_is_listed_and_kept_like_any_other(port: Port, rows: list[reef.Quote]) -> None:
    count = len(tides(rows))
    listed = port.scratch.argosy("catalog", "ls", "--format", "json", cwd=port.project).json
    assert [("quotes", QUOTES), ("tides", count)] == [(e["type"], int(e["rows"])) for e in listed]
    port.scratch.argosy("catalog", "verify", cwd=port.project)
    query = "SELECT height, side, station, is_rising FROM tides ORDER BY ts_init LIMIT 2"
    found = port.scratch.argosy("sql", query, "--format", "json", cwd=port.project).json
    assert [("-20.25", "SELL", "pier"), ("-19.25", "BUY", "pier")] == [
        (e["height"], e["side"], e["station"]) for e in found
    ]


def test_a_handler_hears_it_between_the_quotes(port: Port, rows: list[reef.Quote]) -> None:
    port.scratch.argosy("check", "config/tides.toml", cwd=port.project)
    port.scratch.argosy("run", "config/tides.toml", "--json", cwd=port.project)
    heard = json.loads((port.project / "tides.json").read_text())
    # Of two rows of one time, that of the table that stands first comes first.
    assert [[1 + n * EACH, *each] for n, each in enumerate(tides(rows))] == heard


def test_a_record_of_it_goes_into_a_catalog(port: Port, rows: list[reef.Quote]) -> None:
    port.scratch.argosy("run", "config/tides.toml", "--json", cwd=port.project)
    *_, record = sorted((port.project / "records").iterdir())
    line = ("record", "convert", str(record), "--catalog", "again", "--json")
    done = port.scratch.argosy(*line, cwd=port.project).json
    assert {} == done["left_out"]
    query = "SELECT count(*) AS n, min(height) AS low FROM tides"
    line = ("sql", query, "--catalog", "again", "--format", "json")
    assert [{"n": str(len(tides(rows))), "low": "-20.25"}] == [
        {name: str(value) for name, value in each.items()}
        for each in port.scratch.argosy(*line, cwd=port.project).json
    ]


def test_without_its_plugin_the_kind_is_not_known(port: Port) -> None:
    text = (port.project / "config/tides.toml").read_text()
    off = f'{text}\n[plugins]\ndisable = ["tides"]\n'
    (port.project / "config/off.toml").write_text(off)
    done = port.scratch.run("argosy", "run", "config/off.toml", cwd=port.project)
    assert 2 == done.code
    assert "data[1].type: expected 'quote', 'trade', 'bar' or 'delta', was 'tide'" in done.err
    assert "Traceback" not in done.err
