import json
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from argosy import Bar, BarType, Price, Quantity
from argosy.cli import samples
from argosy.cli.new import CONTRACTS, PARTS
from argosy.cli.samples import EXAMPLE
from argosy.testing.instruments import equity
from argosy_catalog import ParquetDataCatalog
from tests.host.cli.conftest import Line

Project = Callable[..., Path]


@pytest.fixture(autouse=True)
def example(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have no catalog to look into."""
    monkeypatch.setattr(samples, "sample", lambda folder: EXAMPLE)


def tool(*words: str, folder: Path) -> str:
    """Run a Python tool and return what it says of errors, "" where there are none."""
    command = [sys.executable, "-m", *words]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_a_system_comes_with_its_strategy(line: Line) -> None:
    result = line("new", "system", "my-idea")
    assert (0, "wrote config/my-idea.toml\nwrote strategies/my_idea.py\n") == (
        result.exit_code,
        result.stdout,
    )
    system = tomllib.loads(Path("config/my-idea.toml").read_text())
    assert ("my-idea", "my_idea") == (system["name"], system["strategies"][0]["use"])
    assert "class MyIdea(Strategy):" in Path("strategies/my_idea.py").read_text()


def test_a_strategy_that_is_there_is_kept(line: Line) -> None:
    Path("strategies").mkdir()
    Path("strategies/mine.py").write_text("# mine\n")
    assert "wrote config/mine.toml\n" == line("new", "system", "mine").stdout
    assert "# mine\n" == Path("strategies/mine.py").read_text()


def test_a_plugin_is_a_distribution_of_its_own(line: Line) -> None:
    assert 0 == line("new", "plugin", "my_fees").exit_code
    folder = Path("argosy-my-fees")
    project = tomllib.loads((folder / "pyproject.toml").read_text())["project"]
    assert "argosy-my-fees" == project["name"]
    assert {"my_fees": "argosy_my_fees"} == project["entry-points"]["argosy"]
    written = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    package = {"__init__.py", "fee_model.py", "py.typed", "settings.py"}
    assert {
        "README.md",
        "pyproject.toml",
        "tests/test_my_fees.py",
        *(f"argosy_my_fees/{name}" for name in package),
    } == written


def test_a_plugin_begins_with_a_part_of_any_kind(line: Line) -> None:
    for part, label in PARTS.items():
        assert 0 == line("new", "plugin", f"my-{part}", "--part", part).exit_code
        folder = Path(f"argosy-my-{part}".replace("_", "-"))
        readme = (folder / "README.md").read_text()
        assert f"{label} for Argosy." in readme
        assert f"its contract is in `{CONTRACTS[part]}`" in readme
        assert (
            CONTRACTS[part]
            in (folder / f"argosy_my_{part}/{part}.py").read_text()
            + (folder / f"argosy_my_{part}/__init__.py").read_text()
        )


def test_no_plugin_begins_with_a_part_of_no_kind(line: Line) -> None:
    result = line("new", "plugin", "x", "--part", "oracle")
    assert (2, True) == (result.exit_code, "'oracle' is not one of" in result.stderr)


def test_another_folder_may_be_named(line: Line) -> None:
    Path("else").mkdir()
    line("new", "strategy", "mine", "--project", "else")
    assert Path("else/strategies/mine.py").exists()


@pytest.mark.parametrize(
    ("words", "file"),
    [
        (["system", "x"], "config/x.toml"),
        (["strategy", "x"], "strategies/x.py"),
        (["plugin", "x"], "argosy-x/README.md"),
    ],
)
def test_nothing_is_overwritten_and_nothing_half_written(
    line: Line, words: list[str], file: str
) -> None:
    Path(file).parent.mkdir()
    Path(file).write_text("mine")
    before = sorted(Path().rglob("*"))
    result = line("new", *words)
    assert (2, f"error: {file}: exists already. Choose another name\n") == (
        result.exit_code,
        result.stderr,
    )
    assert ("mine", before) == (Path(file).read_text(), sorted(Path().rglob("*")))


@pytest.mark.parametrize("name", ["Bad", "9x", "a b", "../x", "class", "", "a--b", "x_", "é"])
def test_a_name_is_a_module_name(line: Line, name: str) -> None:
    result = line("new", "strategy", name)
    assert 2 == result.exit_code
    assert f"error: NAME: {name!r} is no name. Use small letters" in result.stderr


@pytest.fixture
def made(line: Line, tmp_path: Path) -> Path:
    """A folder with one of each."""
    assert 0 == line("new", "system", "my-idea").exit_code
    for part in PARTS:
        assert 0 == line("new", "plugin", f"my-{part}", "--part", part).exit_code
    return tmp_path


def test_what_is_written_is_formatted_and_lints(made: Path, project: Path) -> None:
    house = ("--config", str(project / "pyproject.toml"), "--no-cache")
    assert "" == tool("ruff", "check", *house, "strategies", folder=made)
    assert "" == tool("ruff", "format", "--check", *house, ".", folder=made)
    for part in PARTS:
        plugin = made / f"argosy-my-{part}".replace("_", "-")
        assert "" == tool("ruff", "check", "--no-cache", ".", folder=plugin)


@pytest.mark.slow
@pytest.mark.parametrize("part", PARTS)
def test_a_plugin_passes_its_own_test(part: str, made: Path) -> None:
    plugin = made / f"argosy-my-{part}".replace("_", "-")
    assert "" == tool("pytest", "-q", "-W", "error", "-p", "no:cacheprovider", folder=plugin)


@pytest.mark.slow
def test_what_is_written_type_checks(made: Path) -> None:
    for part in PARTS:
        plugin = made / f"argosy-my-{part}".replace("_", "-")
        assert "" == tool("mypy", ".", "--cache-dir", str(made / "types"), folder=plugin)
    assert "" == tool("mypy", "--strict", "strategies/my_idea.py", folder=made)


def argosy(*words: str, folder: Path, also: bool = False) -> str:
    """Run a line in a process of its own; return what it prints, also of what it complains."""
    code = (
        f"import sys; sys.argv = ['argosy', *{list(words)!r}]; from argosy.cli import main; main()"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert (0, also) == (done.returncode, bool(done.stderr)), done.stderr
    return done.stdout + done.stderr


@pytest.mark.slow
def test_a_new_system_runs_on_the_data_of_the_catalog(tmp_path: Path) -> None:
    bar_type = BarType.from_str("AAPL.XNAS-1-DAY-LAST-EXTERNAL")
    with ParquetDataCatalog(tmp_path / "data/catalog") as catalog:
        catalog.write_data([equity("AAPL", "XNAS")])
        catalog.write_data([bar(bar_type, day) for day in range(60)])
    argosy("new", "system", "idea", folder=tmp_path)
    assert argosy("check", "config/idea.toml", folder=tmp_path).endswith("ok\n")
    result = json.loads(argosy("run", "config/idea.toml", "--json", folder=tmp_path))
    assert result["fills"] > 10
    (run,) = json.loads(argosy("runs", "--json", folder=tmp_path))["runs"]
    assert result["run_id"] == run["run_id"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("GBP/USD.SIM", "--type quote --column bid_size=size --column ask_size=size"),
        ("BTCUSDT.BIN", "--type quote --column bid_size=size --column ask_size=size"),
        ("AAPL.XNAS", "--type trade --column price=bid_price --constant aggressor_side=BUYER"),
    ],
)
def test_a_new_system_runs_on_a_csv_file_without_a_definition(
    tmp_path: Path, name: str, columns: str
) -> None:
    rows = [
        f"2024-01-01T00:{minute:02}:30,{price}.25,{price}.50,500000.5,{minute}"
        for minute, price in enumerate([100, 101, 102, 103] * 15)
    ]
    head = "ts_event,bid_price,ask_price,size,trade_id"
    (tmp_path / "q.csv").write_text("\n".join((head, *rows)))
    digits = ("--price-precision", "2", "--size-precision", "1", "--instrument", name)
    argosy("catalog", "ingest", "q.csv", *columns.split(), *digits, folder=tmp_path)
    told = argosy("new", "system", "idea", folder=tmp_path, also=True)
    assert f"{name} has no definition in the catalog" in told
    assert argosy("check", "config/idea.toml", folder=tmp_path).endswith("ok\n")
    result = json.loads(argosy("run", "config/idea.toml", "--json", folder=tmp_path))
    assert result["fills"] > 10


def bar(bar_type: BarType, day: int) -> Bar:
    """Return a bar of a day whose close goes up and down."""
    close = Price.from_str(f"{100 + day % 4}.00")
    low, high = Price.from_str("99.00"), Price.from_str("104.00")
    ts = day * 86_400_000_000_000
    return Bar(bar_type, low, high, low, close, Quantity.from_int(1_000_000), ts, ts)
