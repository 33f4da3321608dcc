"""A stranger's distribution, installed beside the wheel, is used without a change in the host."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from tests.contract import reef
from tests.contract.scratch import Scratch
from tests.contract.sources import BUY_ONCE, CURRENCY_PAIR, ingest, reef_sources, system

pytestmark = pytest.mark.slow

QUOTES = 6_000
BAR_TYPE = f"EUR/USD.REEF-{reef.STEP}-RANGE-BID-INTERNAL"

SYSTEM = system(CURRENCY_PAIR, fees=f'fees = {{ use = "ticket", amount = "{reef.FEE} USD" }}')

DIVER = f"""
[[strategies]]
use = "diver"
instrument = "EUR/USD.REEF"
bar_type = "{BAR_TYPE}"
trade_size = "{reef.SIZE}"
depth = "{Decimal(reef.DEPTH).scaleb(-reef.DIGITS)}"
rebound = "{Decimal(reef.REBOUND).scaleb(-reef.DIGITS)}"
hold_bars = {reef.HOLD_BARS}
diary = "bars.json"
"""


KITS = f"""
from decimal import Decimal
from pathlib import Path
from argosy import BarType, Money
from argosy.testing.bar_aggregations import check_bar_aggregation
from argosy.testing.fee_models import check_fee_model
from argosy.testing.commands import check_command
from argosy.testing.fill_models import check_fill_model
from argosy.testing.latency_models import check_latency_model
from argosy.testing.loaders import check_loader
from argosy.testing.margin_models import check_margin_model
from argosy.testing.order_types import check_order_type, conditional_order
from argosy.testing.instruments import default_fx_ccy
from argosy.testing.plugins import check_plugin
from argosy.testing.risk_rules import check_risk_rule
from argosy.testing.sinks import check_sink
from argosy.testing.statistics import check_statistic
from argosy_reef.bars import RangeAggregator
from argosy_reef.command import reef
from argosy_reef.fees import Ticket
from argosy_reef.loader import TideLoader
from argosy_reef.models import Current, Patient, Whole
from argosy_reef.orders import Rebound
from argosy_reef.risk import Shoal
from argosy_reef.sink import Logbook
from argosy_reef.statistic import Dives

bar_type = BarType.from_str("{BAR_TYPE.replace("REEF", "SIM")}")
check_plugin("reef")
check_bar_aggregation(lambda: RangeAggregator(bar_type, 5, 0))
check_fee_model(lambda: Ticket(Money(1, "USD")), [])
check_fill_model(Patient)
check_latency_model(Current)
check_margin_model(Whole)
order = conditional_order("REBOUND", "1.0999", options={{"rebound": "0.0001"}})
check_order_type(lambda: Rebound(order, default_fx_ccy("EUR/USD")), around=110_000)
check_risk_rule(lambda context: Shoal(context, Decimal(1_000)))
check_sink(lambda: Logbook(Path("counts.json")))
check_statistic(Dives)
check_command(lambda: reef)
Path("table.tide").write_text("TIDE EUR/USD.SIM\\n1 1.10000 1.10010\\n2 1.10001 1.10011\\n")
check_loader(TideLoader, [Path("table.tide")])
"""


@dataclass(frozen=True)
class Reef:
    """A venv with the wheel and argosy-reef, and a project folder with quotes in its catalog."""

    scratch: Scratch
    project: Path
    is_compiled: bool

    def write(self, name: str, *texts: str) -> str:
        """Write a system file and return its path inside the project."""
        (self.project / "config" / name).write_text("".join(texts))
        return f"config/{name}"


@pytest.fixture(scope="module")
def rows() -> list[reef.Quote]:
    return reef.quotes(QUOTES)


@pytest.fixture(scope="module", params=["interpreted", "compiled"])
def installed(
    request: pytest.FixtureRequest,
    make_scratch: Callable[[], Scratch],
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[reef.Quote],
) -> Reef:
    is_compiled = request.param == "compiled"
    folder = tmp_path_factory.mktemp(request.param)
    scratch = make_scratch()
    scratch.install(reef_sources(folder / "sources", is_compiled=is_compiled))
    project = folder / "project"
    (project / "config").mkdir(parents=True)
    ingest(scratch, rows, project)
    return Reef(scratch, project, is_compiled)


def test_argosy_comes_from_the_wheel_and_the_aggregator_from_the_plugin(installed: Reef) -> None:
    code = "import argosy, argosy_reef.bars as b; print(argosy.__file__, b.__file__, b.IS_COMPILED)"
    done = installed.scratch.run("python", "-c", code, cwd=installed.project)
    host, aggregator, is_compiled = done.out.split()
    assert Path(host).is_relative_to(installed.scratch.folder)
    assert Path(aggregator).is_relative_to(installed.scratch.folder)
    assert str(installed.is_compiled) == is_compiled
    assert installed.is_compiled == aggregator.endswith(".so")


def test_argosy_plugins_lists_the_stranger_with_its_parts(installed: Reef) -> None:
    listed = installed.scratch.argosy("plugins", "--json", cwd=installed.project).json
    (row,) = [each for each in listed["plugins"] if each["name"] == "reef"]
    assert ("argosy-reef", "1.2.0", True, None) == (
        row["distribution"],
        row["version"],
        row["enabled"],
        row["error"],
    )
    assert {
        "commands": ["reef"],
        "catalogs": ["atoll"],
        "loaders": ["tide"],
        "sinks": ["logbook"],
        "fill_models": ["patient"],
        "fee_models": ["ticket"],
        "latency_models": ["current"],
        "margin_models": ["whole"],
        "order_types": ["REBOUND"],
        "bar_aggregations": ["RANGE"],
        "risk_rules": ["shoal"],
        "strategies": ["diver"],
        "statistics": ["dives"],
    } == row["parts"]


def test_the_stranger_passes_the_kits_for_plugin_authors(installed: Reef) -> None:
    done = installed.scratch.run("python", "-c", KITS, cwd=installed.project)
    assert 0 == done.code, done.err


def test_every_part_of_the_stranger_does_what_it_says(
    installed: Reef, rows: list[reef.Quote]
) -> None:
    wanted = reef.expected(rows)
    assert len(wanted.bars) > 100
    assert len(wanted.fills) > 10
    system = installed.write("reef.toml", SYSTEM, DIVER)
    installed.scratch.argosy("check", system, cwd=installed.project)
    result = installed.scratch.argosy("run", system, "--json", cwd=installed.project).json

    assert list(reef.fields(wanted)) == json.loads((installed.project / "bars.json").read_text())

    assert len(wanted.fills) == result["fills"]
    fills = query(
        installed,
        "SELECT side, order_type, last_px, commission, epoch_ns(ts_event) AS ts FROM fills"
        f" WHERE run_id = '{result['run_id']}' ORDER BY event_id",
    )
    types = {"BUY": "REBOUND", "SELL": "MARKET"}
    assert [
        (side, types[side], Decimal(reef.price(px)), reef.FEE, ts) for side, px, ts in wanted.fills
    ] == [
        (f["side"], f["order_type"], Decimal(f["last_px"]), Decimal(f["commission"]), int(f["ts"]))
        for f in fills
    ]
    fees = reef.FEE * len(wanted.fills)
    balance = Decimal(result["balances"]["REEF"]["USD"])
    assert reef.DEPOSIT + wanted.profit - fees == balance


WHOLE = f"""\
name = "whole"

[catalog]
use = "atoll"
path = "atoll"

[venues.REEF.simulate]
use = "sim"
fill = "patient"
latency = "current"
fees = {{ use = "ticket", amount = "{reef.FEE} USD" }}

[venues.REEF.simulate.account]
type = "margin"
base_currency = "USD"
balances = ["1_000_000 USD"]
margin_model = "whole"

{CURRENCY_PAIR}
[[data]]
type = "quote"
instruments = ["EUR/USD.REEF"]

[[sinks]]
use = "logbook"
path = "logbook.json"
"""


def test_one_run_uses_a_part_of_every_kind(installed: Reef, rows: list[reef.Quote]) -> None:
    atoll = installed.project / "atoll"
    atoll.mkdir(exist_ok=True)
    reef.write_csv(rows, atoll / "quotes.csv")
    system = installed.write("whole.toml", WHOLE, DIVER, "\n[risk.shoal]\nlimit = 1_000_000\n")
    result = installed.scratch.argosy("run", system, "--json", cwd=installed.project).json
    kept = json.loads((atoll / "run.json").read_text())
    counts = json.loads((installed.project / "logbook.json").read_text())
    assert result["fills"] > 10
    assert (result["run_id"], result["orders"]) == (kept["run_id"], kept["orders"])
    assert result["fills"] == len(kept["fills"]) == counts["OrderFilled"]
    assert {"REBOUND", "MARKET"} == {fill["order_type"] for fill in kept["fills"]}
    at_once = {row.ts + 5_000_000 for row in rows}
    sold = zip(kept["fills"], kept["times"], strict=True)
    assert {ts for fill, ts in sold if fill["order_type"] == "MARKET"} <= at_once
    assert result["positions"] == result["statistics"]["REEF"]["dives"]


def test_the_rule_of_the_stranger_denies(installed: Reef) -> None:
    system = installed.write("shallow.toml", WHOLE, DIVER, "\n[risk.shoal]\nlimit = 1\n")
    result = installed.scratch.argosy("run", system, "--json", cwd=installed.project).json
    assert (0, True) == (result["fills"], result["orders"] > 0)
    assert "REEF_TOO_LARGE" in installed.scratch.argosy("reasons", cwd=installed.project).out


def test_the_loader_and_the_command_of_the_stranger_are_found(installed: Reef) -> None:
    table = installed.project / "table.tide"
    table.write_text("TIDE EUR/USD.TIDE\n1 1.10000 1.10010\n2 1.10001 1.10011\n")
    line = ("catalog", "ingest", "table.tide", "--catalog", "data/tide")
    installed.scratch.argosy(*line, cwd=installed.project)
    counted = ("sql", "SELECT count(*) AS n FROM quotes", "--format", "json")
    (found,) = installed.scratch.argosy(
        *counted, "--catalog", "data/tide", cwd=installed.project
    ).json
    assert 2 == int(found["n"])
    listed = installed.scratch.argosy("reef", cwd=installed.project).out
    assert "catalogs: atoll\nloaders: tide\nsinks: logbook\nfee_models: ticket\n" == listed


def query(installed: Reef, text: str) -> list[dict[str, str]]:
    """Return the rows of a query over the project's catalog."""
    rows: list[dict[str, str]] = installed.scratch.argosy(
        "sql", text, "--format", "json", cwd=installed.project
    ).json
    return rows


def test_a_strategy_file_in_a_folder_that_the_system_names_runs(installed: Reef) -> None:
    folder = installed.project / "mine"
    folder.mkdir(exist_ok=True)
    (folder / "dropped.py").write_text(BUY_ONCE)
    folders = '[plugins]\nfolders = ["mine"]\n'
    system = installed.write("dropped.toml", SYSTEM, folders, '\n[[strategies]]\nuse = "dropped"\n')
    result = installed.scratch.argosy("run", system, "--json", cwd=installed.project).json
    assert 1 == result["fills"]


def test_a_plugin_that_a_system_disables_is_not_used(installed: Reef) -> None:
    system = installed.write("off.toml", SYSTEM, DIVER, '\n[plugins]\ndisable = ["reef"]\n')
    done = installed.scratch.run("argosy", "run", system, cwd=installed.project)
    assert 2 == done.code
    assert "unknown fee model 'ticket'" in done.err
    assert "Disabled plugins: reef" in done.err
    assert "Traceback" not in done.err
