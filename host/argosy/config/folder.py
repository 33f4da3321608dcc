"""Strategy files: dropped into a folder, found by their names, imported only when named."""

import importlib.util
import itertools
import sys
import traceback
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from argosy.config.components import component_kind, config_class
from argosy.errors import ConfigError, PluginError
from argosy.parts.registration import Part

PACKAGE = "argosy_strategy_files"
"""Prefix of the names under which strategy files are imported."""

_numbers = itertools.count(1)


class StrategyFolders:
    """The folders of a project in which strategy files lie.

    Parameters
    ----------
    project : where relative folders start
    folders : as the system file names them
    """

    def __init__(self, project: Path, folders: tuple[str, ...] = ("strategies",)) -> None:
        self._project = project
        self._files: dict[str, list[Path]] = {}
        self._modules: dict[str, ModuleType] = {}
        for folder in folders:
            for file in sorted((project / folder).glob("*.py")):
                if not file.stem.startswith("_"):
                    self._files.setdefault(file.stem, []).append(file)

    @property
    def files(self) -> Mapping[str, Path]:
        """Name -> file, the first where two folders have the same name."""
        return {name: files[0] for name, files in self._files.items()}

    def show(self, file: Path) -> str:
        """Name a file as seen from the project folder."""
        inside = file.is_relative_to(self._project)
        return (file.relative_to(self._project) if inside else file).as_posix()

    def part(self, name: str) -> Part:
        """Import the file of a name and describe the component in it.

        Raises
        ------
        ConfigError : two folders have a file of this name
        PluginError : the file cannot be imported, or it is not clear which class is meant
        """
        module = self.module(name)
        place = self.show(self.files[name])
        class_ = self._component(module, place)
        try:
            settings = config_class(class_)
        except PluginError as error:
            raise PluginError(error.message, place=place, cure=error.cure) from None
        doc = (class_.__doc__ or "").strip().partition("\n")[0]
        return Part("strategies", name, class_, settings, plugin=place, doc=doc)

    def module(self, name: str) -> ModuleType:
        """Import the file of a name, once: all who name it share its classes.

        Raises
        ------
        ConfigError : two folders have a file of this name
        PluginError : the file cannot be imported
        """
        if name not in self._modules:
            files = self._files[name]
            if len(files) > 1:
                both = " and ".join(map(self.show, files))
                raise ConfigError(f"strategy {name!r} is in {both}", cure="Rename one of the files")
            self._modules[name] = _import(name, files[0], self.show(files[0]))
        return self._modules[name]

    def _component(self, module: ModuleType, place: str) -> Any:
        """Find the one public component class of a module."""
        listed = getattr(module, "__all__", None)
        names = vars(module) if listed is None else listed
        found = {
            name: each
            for name in names
            if component_kind(each := getattr(module, name, None))
            and (listed is not None or each.__module__ == module.__name__)
            and not name.startswith("_")
        }
        match list(found.values()):
            case [class_]:
                return class_
            case []:
                message = "no public Strategy, Actor or ExecAlgorithm class"
                raise PluginError(message, place=place, cure="Define one, or list it in __all__")
            case _:
                message = f"several components: {', '.join(sorted(found))}"
                cure = "Keep one public, or name one in __all__"
                raise PluginError(message, place=place, cure=cure)


def _import(name: str, file: Path, place: str) -> ModuleType:
    """Import a file anew under a name that no other module has.

    Whoever reads annotations looks a module up by its name, at any later time: systems of one
    process, which may have files of the same name, must not find each other's.
    """
    full_name = f"{PACKAGE}.{name}-{next(_numbers)}"
    spec = importlib.util.spec_from_file_location(full_name, file)
    if spec is None or spec.loader is None:
        raise PluginError("this is no Python file", place=place)
    module = importlib.util.module_from_spec(spec)
    sys.modules[full_name] = module  # annotations are looked up here
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        del sys.modules[full_name]
        raise _import_error(error, file, place) from error
    return module


def _import_error(error: BaseException, file: Path, place: str) -> PluginError:
    """Say at which line of the file an import failed."""
    if isinstance(error, SyntaxError) and error.filename == str(file):
        return PluginError(f"not valid Python: {error.msg}", place=f"{place}:{error.lineno}")
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == str(file)]
    where = f"{place}:{lines[-1]}" if lines else place
    cure = None
    if isinstance(error, ModuleNotFoundError) and error.name:
        cure = f"Install the package that has {error.name!r}"
    return PluginError(
        f"cannot be imported: {type(error).__name__}: {error}", place=where, cure=cure
    )
