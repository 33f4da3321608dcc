"""Which loader reads a file: as the user says, else as the loaders themselves think."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from argosy.config.document import Document, read_document
from argosy.config.parts import Part, Parts
from argosy.config.problems import Problems
from argosy.config.reader import Reader
from argosy.errors import ConfigError, DataError, InputError
from argosy.serialization.loading import Loader, Sample

DECLARED = "columns"
"""Capability of loaders that read what columns were declared for; see `guess_loader`."""


@dataclass(frozen=True, slots=True)
class Guess:
    """Which loader reads a file, and why it was chosen."""

    path: Path
    part: Part
    why: str


def guess_loader(path: Path, parts: Mapping[str, Part], *, is_declared: bool) -> Guess:
    """Return the loader that knows a file.

    Parameters
    ----------
    parts : the loaders by name
    is_declared : whether it was said what columns mean: loaders with the capability "columns" are
        asked then, else all others

    Raises
    ------
    InputError : no loader knows the file, or more than one does; says what to type
    """
    sample = Sample.of(path)
    if not sample.head:
        raise DataError("the file is empty", place=str(path), cure="Give one with rows")
    asked = [part for part in parts.values() if (DECLARED in part.capabilities) is is_declared]
    found = [Guess(path, part, why) for part in asked if (why := _reason(part, sample)) is not None]
    if len(found) == 1:
        return found[0]
    if not found:
        raise _unknown(path, parts, sample, is_declared=is_declared)
    said = "; ".join(f"{each.part.name}: {each.why}" for each in found)
    options = " or ".join(f"--loader {each.part.name}" for each in found)
    raise InputError(
        f"more than one loader knows this file ({said})", place=str(path), cure=f"Give {options}"
    )


def _unknown(
    path: Path, parts: Mapping[str, Part], sample: Sample, *, is_declared: bool
) -> InputError:
    names = ", ".join(sorted(parts))
    readable = [
        f"{part.name}: {why}"
        for part in parts.values()
        if DECLARED in part.capabilities and (why := _reason(part, sample)) is not None
    ]
    if readable and not is_declared:
        return InputError(
            f"no loader knows what its columns mean ({'; '.join(readable)})",
            place=str(path),
            cure=f"Say it with --map, or with --type and --column; or give --loader ({names})",
        )
    no_text = f", which is not UTF-8 text ({sample.no_text})" if sample.no_text else ""
    saved = "Save it as UTF-8 text, or name its loader" if no_text and is_declared else "Name one"
    return InputError(
        f"no loader knows this file{no_text}",
        place=str(path),
        cure=f"{saved} with --loader ({names})",
    )


def _reason(part: Part, sample: Sample) -> str | None:
    """Ask a loader with its default settings; one that has none is never guessed."""
    try:
        model = part.settings_model()
        loader = part.factory(None if model is None else model())
    except (TypeError, ValueError, InputError):
        return None
    why: str | None = loader.guess(sample)
    return why


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
    for key, value in options.items():
        old = data.get(key)
        both = isinstance(value, Mapping) and isinstance(old, Mapping)
        data[key] = {**old, **value} if both else value  # type: ignore[dict-item]
    model = part.settings_model()
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
    """
    document = read_document(settings) if settings else Document("options", {})
    given = {name: value for name, value in (options or {}).items() if value not in (None, {})}
    named = use if use is not None else document.data.get("use")
    document = Document(
        document.name,
        {key: value for key, value in document.data.items() if key != "use"},
        document.lines,
    )
    parts = host.parts("loaders")
    if named is not None:
        part = host.part("loaders", str(named))
        return [(list(files), build_loader(part, document, given))]
    is_declared = "type" in given or "type" in document.data
    guesses = [guess_loader(path, parts, is_declared=is_declared) for path in files]
    if told is not None and not is_declared:
        for guess in guesses:
            told(guess)
    return [
        ([each.path for each in same], build_loader(parts[name], document, given))
        for name, same in groupby(guesses, lambda guess: guess.part.name)
    ]
