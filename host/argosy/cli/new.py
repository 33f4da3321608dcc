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

PLUGIN_FILES = {
    "pyproject.toml": "pyproject.toml",
    "README.md": "README.md",
    "argosy_$module/__init__.py": "__init__.py",
    "argosy_$module/fees.py": "fees.py",
    "argosy_$module/settings.py": "settings.py",
    "tests/test_$module.py": "test_plugin.py",
}
"""File of a new plugin -> its template."""


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
@project_option
def plugin(name: str, project: Path) -> None:
    """Write the folder argosy-NAME: a distribution with a fee model and its test."""
    words = _words(name)
    folder = Path(f"argosy-{words['name']}")
    texts = {
        folder / Template(file).substitute(words): _fill(f"plugin/{template}", words)
        for file, template in PLUGIN_FILES.items()
    }
    texts[folder / f"argosy_{words['module']}" / "py.typed"] = ""
    _write(project, texts)


def _words(name: str) -> dict[str, str]:
    """Return the forms of a name that templates use."""
    module = name.replace("-", "_")
    if not _NAME.fullmatch(name) or keyword.iskeyword(module):
        cure = "Use small letters, digits, hyphens and underscores, such as ema_cross"
        raise InputError(f"{name!r} is no name", place="NAME", cure=cure)
    words = module.split("_")
    class_name = "".join(word.capitalize() for word in words)
    return {"name": module.replace("_", "-"), "module": module, "class_name": class_name}


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
