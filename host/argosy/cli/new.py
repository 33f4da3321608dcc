"""``argosy new``: begin a system, a strategy or a plugin."""

import keyword
import re
from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path
from string import Template

import click

from argosy.errors import InputError

_NAME = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")

PARTS = {
    "bar_aggregation": "A bar aggregation",
    "catalog": "A catalog",
    "command": "A command",
    "data_kind": "A kind of data",
    "fee_model": "A fee model",
    "fill_model": "A fill model",
    "latency_model": "A latency model",
    "loader": "A loader",
    "margin_model": "A margin model",
    "order_type": "An order type",
    "risk_rule": "A risk rule",
    "simulator": "A simulated venue",
    "sink": "A sink",
    "statistic": "A statistic",
    "strategy": "A strategy",
}
"""Kind of part that a new plugin can begin with -> what its texts call the part."""
CONTRACTS = {part: f"argosy.parts.{part}" for part in PARTS} | {
    "data_kind": "argosy.model.data_kind",
}
"""Kind of part -> the module that says what one has to be."""
COMMON = ("README.md", "pyproject.toml")
TEST = "test_plugin.py"


project_option = click.option(
    "--project",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="Folder to write into; the current one if left out.",
)


@click.group()
def new() -> None:
    """Begin a system, a strategy or a plugin with files that work."""


@new.command()
@click.argument("name")
@project_option
def system(name: str, project: Path) -> None:
    """Write config/NAME.toml over the data of data/catalog, and its strategy."""
    from argosy.cli.samples import sample

    words = {**_words(name), **sample(project / "data/catalog")}
    words["file"] = f"config/{name}.toml"
    script = Path(f"strategies/{words['module']}.py")
    texts = {Path(words["file"]): _fill("system.toml", words)}
    if not (project / script).exists():
        texts[script] = _fill("strategy.py", words)
    _write(project, texts)


@new.command()
@click.argument("name")
@project_option
def strategy(name: str, project: Path) -> None:
    """Write strategies/NAME.py, which a system file names with use = "NAME"."""
    words = _words(name)
    _write(project, {Path(f"strategies/{words['module']}.py"): _fill("strategy.py", words)})


@new.command()
@click.argument("name")
@click.option(
    "--part",
    type=click.Choice(sorted(PARTS)),
    default="fee_model",
    show_default=True,
    help="The kind of part that it begins with.",
)
@project_option
def plugin(name: str, part: str, project: Path) -> None:
    """Write the folder argosy-NAME: a distribution with one part and its test."""
    words = {**_words(name), "contract": CONTRACTS[part], "label": PARTS[part]}
    words["usage"] = _fill(f"plugin/{part}/usage.md", words)
    folder = Path(f"argosy-{words['name']}")
    package = folder / f"argosy_{words['module']}"
    texts = {folder / name: _fill(f"plugin/{name}", words) for name in COMMON}
    for template in _templates(part):
        inside = folder / "tests" / f"test_{words['module']}.py"
        file = inside if template == TEST else package / template
        texts[file] = _fill(f"plugin/{part}/{template}", words)
    texts[package / "py.typed"] = ""
    _write(project, texts)


def _templates(part: str) -> list[str]:
    """Return the modules that are written for a kind of part, and the test."""
    folder = files("argosy.cli").joinpath("templates", "plugin", part)
    names = sorted(each.name.removesuffix(".tmpl") for each in folder.iterdir())
    return [name for name in names if name.endswith(".py")]


def _words(name: str) -> dict[str, str]:
    """Return the forms of a name that templates use."""
    module = name.replace("-", "_")
    if not _NAME.fullmatch(name) or keyword.iskeyword(module):
        cure = "Use small letters, digits, hyphens and underscores, such as ema_cross"
        raise InputError(f"{name!r} is no name", place="NAME", cure=cure)
    words = module.split("_")
    class_name = "".join(word.capitalize() for word in words)
    return {
        "name": module.replace("_", "-"),
        "module": module,
        "class_name": class_name,
        "constant": module.upper(),
    }


def _fill(template: str, words: Mapping[str, str]) -> str:
    text = files("argosy.cli").joinpath("templates", f"{template}.tmpl").read_text("utf-8")
    return Template(text).substitute(words)


def _write(project: Path, texts: Mapping[Path, str]) -> None:
    """Write all files, or none where one exists."""
    _refuse_existing(project, texts)
    for file, text in texts.items():
        (project / file).parent.mkdir(parents=True, exist_ok=True)
        (project / file).write_text(text, encoding="utf-8")
        click.echo(f"wrote {file}")


def _refuse_existing(project: Path, names: Iterable[Path]) -> None:
    for file in names:
        if (project / file).exists():
            raise InputError("exists already", place=str(file), cure="Choose another name")
