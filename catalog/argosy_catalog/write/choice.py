"""Which loader reads a file: as the user says, else as the loaders themselves think."""

import tomllib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec

from argosy.config.data_kinds import kinds_of
from argosy.config.document import Document, read_document
from argosy.config.problems import Problems
from argosy.config.reader import Reader
from argosy.errors import ConfigError, DataError, InputError, UnknownNameError
from argosy.parts.loader import Loader, Sample
from argosy.parts.registration import Part, Parts

DECLARED = "columns"
"""Capability of loaders that read what columns were declared for; see `guess_loader`."""


class Typed(str):
    """What somebody typed for a setting: text, or TOML where the setting is no text."""

    __slots__ = ()

    def value(self, annotation: object) -> Any:
        """Return it as a setting of a type takes it; numbers are exact."""
        try:
            found = tomllib.loads(f"value = {self}", parse_float=Decimal)["value"]
        except tomllib.TOMLDecodeError:
            return str(self)
        return found if isinstance(found, str) or not _is_text(annotation) else str(self)


def _is_text(annotation: object) -> bool:
    """Tell whether a setting may be text, so that what looks like a number is one of its texts."""
    if isinstance(annotation, type):
        return issubclass(annotation, str)
    origin, options = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return any(isinstance(each, str) for each in options)
    return origin in (Annotated, Union, UnionType) and any(_is_text(each) for each in options)


@dataclass(frozen=True, slots=True)
class Guess:
    """Which loader reads a file, and why it was chosen."""

    path: Path
    part: Part
    why: str


def guess_loader(
    path: Path,
    parts: Mapping[str, Part],
    *,
    is_declared: bool,
    build: Callable[[Part], Loader] | None = None,
) -> Guess:
    """Return the loader that knows a file.

    Parameters
    ----------
    parts : the loaders by name
    is_declared : whether it was said what columns mean: loaders with the capability "columns" are
        asked then, else all others
    build : makes a loader with what was declared; one that does not take that is asked with its
        default settings, so that not the guess but its own error tells what is wrong

    Raises
    ------
    InputError : no loader knows the file, or more than one does; says what to type
    ConfigError : no loader knows the file, and none takes what was declared
    """
    sample = Sample.of(path)
    if not sample.head:
        raise DataError("the file is empty", place=str(path), cure="Give one with rows")
    asked = [part for part in parts.values() if (DECLARED in part.capabilities) is is_declared]
    reasons = [(part, _reason(part, sample, build)) for part in asked]
    found = [Guess(path, part, why) for part, why in reasons if why is not None]
    if len(found) == 1:
        return found[0]
    if not found:
        readable = [
            f"{part.name}: {why}"
            for part in parts.values()
            if DECLARED in part.capabilities and (why := _reason(part, sample, build)) is not None
        ]
        if is_declared and build is not None:
            _refuse_settings(asked, build)
        raise _unknown(sample, sorted(parts), readable, is_declared=is_declared)
    said = "; ".join(f"{each.part.name}: {each.why}" for each in found)
    options = " or ".join(f"--loader {each.part.name}" for each in found)
    raise InputError(
        f"more than one loader knows this file ({said})", place=str(path), cure=f"Give {options}"
    )


def _unknown(
    sample: Sample, names: Sequence[str], readable: Sequence[str], *, is_declared: bool
) -> InputError:
    place, options = str(sample.path), f"--loader ({', '.join(names)})"
    if readable:
        return InputError(
            f"no loader knows what its columns mean ({'; '.join(readable)})",
            place=place,
            cure=f"Say it with --map, or with --type and --column; or give {options}",
        )
    if sample.no_text:
        saved = "Save it as UTF-8 text, or name its loader" if is_declared else "Name one"
        return InputError(
            f"no loader knows this file, which is not UTF-8 text ({sample.no_text})",
            place=place,
            cure=f"{saved} with {options}",
        )
    if is_declared:
        return InputError(
            "no loader knows this file by what was declared",
            place=place,
            cure="Declare what stands above its header and between its columns, with "
            f"--set skip_lines=1 or --set delimiter=';'; or name one with {options}",
        )
    return InputError("no loader knows this file", place=place, cure=f"Name one with {options}")


def _reason(part: Part, sample: Sample, build: Callable[[Part], Loader] | None) -> str | None:
    """Ask a loader; one that cannot be built with what is known is never guessed."""
    for make in (build or _by_default, _by_default):
        try:
            loader = make(part)
        except (TypeError, ValueError, InputError):
            continue
        return loader.guess(sample)
    return None


def _refuse_settings(asked: Sequence[Part], build: Callable[[Part], Loader]) -> None:
    """Raise what is wrong with settings that no loader takes, as the one that takes most says."""
    errors = []
    for part in asked:
        try:
            build(part)
        except InputError as error:
            errors.append(error)
        else:
            return
    if errors:
        raise min(errors, key=lambda error: len(str(error)))


def _refuse_folder(path: Path) -> None:
    """Raise what to give in place of a folder."""
    if not path.is_dir():
        return
    if (path / "record.json").is_file():
        raise InputError(
            "this is the record of a run, not a file",
            place=str(path),
            cure=f"Load it with `argosy record convert {path}`",
        )
    endings = Counter(each.suffix for each in path.iterdir() if each.is_file() and each.suffix)
    ending = endings.most_common(1)[0][0] if endings else ".csv"
    raise InputError(
        "this is a folder; files are wanted",
        place=str(path),
        cure=f"Give those in it, such as {path}/*{ending}",
    )


def _by_default(part: Part) -> Loader:
    model = part.settings_model()
    loader: Loader = part.factory(None if model is None else model())
    return loader


def build_loader(part: Part, document: Document, options: Mapping[str, Any]) -> Loader:
    """Build a loader with the settings of a document, options laid over them.

    Parameters
    ----------
    options : tables among them are merged key by key

    Raises
    ------
    ConfigError : every problem, with file, line and key
    """
    data = dict(document.data)
    model = part.settings_model()
    types = {} if model is None else _types(model)
    for key, typed in options.items():
        value = typed.value(types.get(key)) if isinstance(typed, Typed) else typed
        old = data.get(key)
        if isinstance(value, Mapping) and isinstance(old, Mapping):
            data[key] = {**old, **value}
        else:
            data[key] = value
    if model is None:
        if data:
            raise ConfigError(f"{part.label} has no settings", cure=f"Leave out {', '.join(data)}")
        loader: Loader = part.factory(None)
        return loader
    problems = Problems(document)
    try:
        settings = Reader(document, problems, Path()).table(model, data, ())
    except InputError as error:
        raise ConfigError(error.message, place=document.name, cure=error.cure) from error
    problems.raise_if_any()
    loader = part.factory(settings)
    return loader


def _types(model: type) -> Mapping[str, object]:
    """Return the type of each setting of a pydantic model or a Struct."""
    if issubclass(model, msgspec.Struct):
        return {each.name: each.type for each in msgspec.structs.fields(model)}
    fields = getattr(model, "model_fields", {})
    return {name: each.annotation for name, each in fields.items()}


def _check_type(declared: object, document: Document, host: Parts) -> None:
    """Refuse a type of declared columns that is no kind of data.

    Raises
    ------
    ConfigError : says which there are
    """
    known = kinds_of(host)
    if isinstance(declared, str) and known.get(declared) is None:
        error = UnknownNameError("kind of data", declared, [kind.name for kind in known])
        raise ConfigError(error.message, place=f"{document.name}: type", cure=error.cure)


def plan_ingest(
    files: Sequence[Path],
    host: Parts,
    *,
    use: str | None = None,
    settings: Path | None = None,
    options: Mapping[str, Any] | None = None,
    told: Callable[[Guess], None] | None = None,
) -> list[tuple[list[Path], Loader]]:
    """Return files that stand together and have one loader, with it, in the order given.

    Parameters
    ----------
    use : the loader of all files; None guesses for each
    settings : a file of settings of the loader
    options : settings, laid over those of the file; None among them is left out
    told : hears what was guessed; nothing where columns are declared

    Raises
    ------
    InputError : no loader knows a file, or it is a folder
    ConfigError : the settings do not fit the loader
    """
    for path in files:
        _refuse_folder(path)
    document = read_document(settings) if settings else Document("options", {})
    given = {name: value for name, value in (options or {}).items() if value not in (None, {})}
    named = use if use is not None else document.data.get("use")
    document = Document(
        document.name,
        {key: value for key, value in document.data.items() if key != "use"},
        document.lines,
    )
    parts = host.parts("loaders")
    declared = given.get("type", document.data.get("type"))
    if named is not None:
        part = host.part("loaders", str(named))
        loader = build_loader(part, document, given)
        if DECLARED in part.capabilities:
            _check_type(declared, document, host)
        return [(list(files), loader)]
    is_declared = declared is not None
    guesses = [
        guess_loader(
            path,
            parts,
            is_declared=is_declared,
            build=lambda part: build_loader(part, document, given),
        )
        for path in files
    ]
    if is_declared:
        _check_type(declared, document, host)
    if told is not None and not is_declared:
        for guess in guesses:
            told(guess)
    return [
        ([each.path for each in same], build_loader(parts[name], document, given))
        for name, same in groupby(guesses, lambda guess: guess.part.name)
    ]
