"""Which loader reads a file, and with what settings."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import msgspec
import pytest

from argosy.errors import ArgosyError, ConfigError, DataError, InputError, UnknownNameError
from argosy.model.values import Price
from argosy.parts.loader import Load, Sample
from argosy.parts.registration import Part
from argosy_catalog.write.choice import Guess, Typed, guess_loader, plan_ingest


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Settings of a toy."""

    type: str = ""
    depth: int = 1
    names: dict[str, str] = {}


class Strict(msgspec.Struct, frozen=True):
    """Settings without which there is no loader."""

    needed: int


class Toy:
    """A loader that knows files by a word in them."""

    def __init__(self, word: str, settings: Any) -> None:
        self.word = word
        self.settings = settings

    def guess(self, sample: Sample) -> str | None:
        return f"it says {self.word}" if self.word.encode() in sample.head else None

    def load(self, load: Load) -> Iterator[Any]:
        return iter(())


def part(name: str, model: type | None = Settings, **given: Any) -> Part:
    return Part("loaders", name, lambda settings: Toy(name, settings), model, **given)


class Host:
    """Toys by name."""

    def __init__(self, *parts: Part) -> None:
        self._parts = {each.name: each for each in parts}

    def part(self, kind: str, name: str, *, also: Any = ()) -> Part:
        if name not in self._parts:
            raise UnknownNameError("loader", name, self._parts)
        return self._parts[name]

    def parts(self, kind: str) -> Mapping[str, Part]:
        return self._parts

    def plugin_names(self) -> list[str]:
        return []


HOST = Host(
    part("red"),
    part("blue"),
    part("bare", None),
    part("strict", Strict),
    part("table", capabilities=frozenset({"columns"})),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "file.x"


def test_the_loader_that_knows_a_file_reads_it(path: Path) -> None:
    path.write_text("all is red")
    guess = guess_loader(path, HOST.parts("loaders"), is_declared=False)
    assert (path, "red", "it says red") == (guess.path, guess.part.name, guess.why)


def test_more_than_one_candidate_is_an_error_that_says_what_to_type(path: Path) -> None:
    path.write_text("red and blue")
    with pytest.raises(InputError) as caught:
        guess_loader(path, HOST.parts("loaders"), is_declared=False)
    assert (
        f"{path}: more than one loader knows this file (red: it says red; blue: it says blue). "
        "Give --loader red or --loader blue" == str(caught.value)
    )


def test_a_table_asks_for_what_its_columns_mean(path: Path) -> None:
    path.write_text("a table")
    with pytest.raises(
        InputError, match=r"what its columns mean \(table: it says table\)\. Say it"
    ):
        guess_loader(path, HOST.parts("loaders"), is_declared=False)


@pytest.mark.parametrize("text", ["green", "strict"])
def test_a_file_that_nobody_knows_names_all_loaders(path: Path, text: str) -> None:
    path.write_text(text)
    with pytest.raises(InputError, match=r"no loader knows this file\. .*bare, blue, red, strict"):
        guess_loader(path, HOST.parts("loaders"), is_declared=False)


def test_declared_columns_ask_only_loaders_that_read_them(path: Path) -> None:
    path.write_text("red table")
    guess = guess_loader(path, HOST.parts("loaders"), is_declared=True)
    assert "table" == guess.part.name


class Second:
    """A loader that knows files by a line which its settings choose."""

    def __init__(self, settings: Any) -> None:
        self.settings = settings

    def guess(self, sample: Sample) -> str | None:
        line = sample.lines[self.settings.depth]
        return f"line {self.settings.depth} is a table" if line == "table" else None

    def load(self, load: Load) -> Iterator[Any]:
        return iter(())


SECOND = Host(
    Part("loaders", "second", Second, Settings, frozenset({"columns"})),
    part("strict", Strict, capabilities=frozenset({"columns"})),
)


def test_a_loader_is_asked_with_what_was_declared(path: Path) -> None:
    path.write_text("title\nnote\ntable\n")
    parts = {"second": SECOND.part("loaders", "second")}
    guess = guess_loader(path, parts, is_declared=True, build=lambda _: Second(Settings(depth=2)))
    assert "line 2 is a table" == guess.why
    declared = path.with_suffix(".toml")
    declared.write_text("depth = 0\n")
    ((_, loader),) = plan_ingest(
        [path],
        Host(Part("loaders", "second", Second, Settings)),
        settings=declared,
        options={"depth": 2},
    )
    assert Settings(depth=2) == loader.settings  # type: ignore[attr-defined]


def test_settings_that_no_loader_takes_are_told_before_the_file(path: Path) -> None:
    path.write_text("title\nnote\ntable\n")
    with pytest.raises(ConfigError, match="typo: unknown key"):
        plan_ingest([path], SECOND, options={"type": "x", "depth": 2, "typo": 1})


def test_what_was_declared_and_fits_no_file_is_the_first_to_be_doubted(path: Path) -> None:
    path.write_text("title\nnote\ntable\n")
    with pytest.raises(InputError, match=r"by what was declared\. Declare .* skip_lines=1 .* or "):
        guess_loader(path, SECOND.parts("loaders"), is_declared=True)


def test_an_empty_or_missing_file_is_named(path: Path) -> None:
    with pytest.raises(DataError, match=r"file\.x: the file cannot be read"):
        guess_loader(path, HOST.parts("loaders"), is_declared=False)
    path.touch()
    with pytest.raises(DataError, match=r"file\.x: the file is empty"):
        guess_loader(path, HOST.parts("loaders"), is_declared=False)


@pytest.mark.parametrize("use", ["red", None])
@pytest.mark.parametrize(
    ("names", "example"), [(["b.dbn.zst", "a.dbn.zst", "c.txt", "d/e.csv"], ".zst"), ([], ".csv")]
)
def test_a_folder_is_refused_with_files_to_give(
    tmp_path: Path, names: list[str], example: str, use: str | None
) -> None:
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    with pytest.raises(InputError) as caught:
        plan_ingest([tmp_path], HOST, use=use)
    wanted = f"files are wanted. Give those in it, such as {tmp_path}/*{example}"
    assert f"{tmp_path}: this is a folder; {wanted}" == str(caught.value)


def test_files_that_stand_together_are_loaded_together(tmp_path: Path) -> None:
    paths = []
    for number, word in enumerate(["red", "red", "blue", "bare", "red"]):
        paths.append(tmp_path / str(number))
        paths[-1].write_text(word)
    told: list[Guess] = []
    plan = plan_ingest(paths, HOST, told=told.append)
    assert paths == [guess.path for guess in told]
    assert [("red", paths[:2]), ("blue", paths[2:3]), ("bare", paths[3:4]), ("red", paths[4:])] == [
        (loader.word, files)  # type: ignore[attr-defined]
        for files, loader in plan
    ]


@pytest.mark.parametrize("use", ["strict", None])
def test_a_file_may_name_the_loader_and_its_settings(path: Path, use: str | None) -> None:
    settings = path.with_suffix(".toml")
    settings.write_text('use = "red"\ndepth = 2\nnames = { a = "b" }\n')
    options = {"depth": 3, "names": {"c": "d"}, "nothing": None, "empty": {}}
    if use is None:
        ((files, loader),) = plan_ingest([path], HOST, settings=settings, options=options)
        assert [path] == files
        assert Settings("", 3, {"a": "b", "c": "d"}) == loader.settings  # type: ignore[attr-defined]
    else:
        with pytest.raises(ConfigError, match="needed"):
            plan_ingest([path], HOST, use=use, settings=settings)


@pytest.mark.parametrize(
    ("use", "options", "message"),
    [
        ("rde", {}, "unknown loader 'rde'.* Did you mean 'red'"),
        ("red", {"deep": 1}, "deep: unknown key"),
        ("red", {"depth": "much"}, "depth: "),
        ("bare", {"depth": 1}, "loader 'bare' has no settings. Leave out depth"),
        ("strict", {}, "needed: missing key"),
    ],
)
def test_wrong_settings_are_named(
    path: Path, use: str, options: dict[str, Any], message: str
) -> None:
    with pytest.raises(ArgosyError, match=message):
        plan_ingest([path], HOST, use=use, options=options)


def test_an_error_in_a_file_of_settings_names_its_line(path: Path) -> None:
    settings = path.with_suffix(".toml")
    settings.write_text("\ndeep = 2\n")
    with pytest.raises(ConfigError, match=r"file\.toml:2: deep: unknown key"):
        plan_ingest([path], HOST, use="red", settings=settings)
    with pytest.raises(ConfigError, match=r"none\.toml: no such file"):
        plan_ingest([path], HOST, use="red", settings=path.with_name("none.toml"))


@pytest.mark.parametrize(
    ("text", "annotation", "expected"),
    [
        ("-11", str, "-11"),
        ("-11", int, -11),
        ("-11", str | None, "-11"),
        ("0.01", Price, Decimal("0.01")),
        ("true", bool, True),
        ("1979-05-27", str, "1979-05-27"),
        ('"-11"', str, "-11"),
        ("half_even", Literal["error", "half_even"], "half_even"),
        ("{ a = 'b' }", dict[str, str], {"a": "b"}),
        (",", str, ","),
        ("1", None, 1),
    ],
)
def test_what_is_typed_becomes_what_the_setting_takes(
    text: str, annotation: object, expected: object
) -> None:
    assert expected == Typed(text).value(annotation)
