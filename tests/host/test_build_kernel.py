"""The build hook: what is compiled, when, and what happens to what fails."""

import os
from pathlib import Path

import pytest

import build_kernel
from build_kernel import SUFFIX, BuildFailedError

SOURCES = {
    "host/hull/__init__.py": "",
    "host/hull/__init__.pxd": "",
    "host/hull/light.py": "X = 1\n",
    "host/hull/plank.py": "class Plank:\n    def __init__(self) -> None:\n        self.width = 3\n",
    "host/hull/plank.pxd": "cdef class Plank:\n    cdef readonly int width\n",
    "host/hull/deck.py": "class Deck:\n    pass\n",
    "host/hull/deck.pxd": "from hull.plank cimport Plank\ncdef class Deck:\n    cdef Plank plank\n",
    "plugins/sail/__init__.py": "",
    "plugins/sail/area.pyx": "from hull.deck cimport Deck\ndef area(Deck deck):\n    return 1\n",
}


@pytest.fixture
def yard(tmp_path: Path) -> Path:
    for name, text in SOURCES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


@pytest.fixture
def built(yard: Path) -> Path:
    assert 3 == build_kernel.build(yard)
    return yard


def test_pyx_modules_and_sources_with_a_pxd_are_found(yard: Path) -> None:
    names = [module.name for module in build_kernel.find(yard)]
    assert ["hull.deck", "hull.plank", "sail.area"] == names


def test_an_extension_module_without_its_source_is_removed(tmp_path: Path) -> None:
    orphan = tmp_path / "host" / f"gone{SUFFIX}"
    orphan.parent.mkdir()
    orphan.touch()
    assert 0 == build_kernel.build(tmp_path)
    assert not orphan.exists()


@pytest.mark.slow
def test_a_second_build_compiles_nothing_even_after_a_touch(built: Path) -> None:
    os.utime(built / "host/hull/plank.py")
    assert 0 == build_kernel.build(built)


@pytest.mark.slow
def test_only_the_extension_modules_appear_beside_the_sources(built: Path) -> None:
    found = {
        path.relative_to(built).as_posix()
        for root in ("host", "plugins")
        for path in (built / root).rglob("*")
        if path.is_file()
    }
    modules = {f"host/hull/deck{SUFFIX}", f"host/hull/plank{SUFFIX}", f"plugins/sail/area{SUFFIX}"}
    assert modules == found - SOURCES.keys()


@pytest.mark.slow
def test_a_changed_pxd_rebuilds_every_module_that_reaches_it(built: Path) -> None:
    with (built / "host/hull/plank.pxd").open("a") as pxd:
        pxd.write("    cdef readonly int length\n")
    assert 3 == build_kernel.build(built)


def test_a_pxd_is_an_input_however_it_is_cimported(
    yard: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [
        "cimport hull.mark",
        "from hull.mark cimport C",
        "from hull cimport mark",
        "from hull cimport mark as sign  # what it was built for",
        "from hull cimport plank, mark",
        "from hull cimport (\n    plank,\n    mark,\n)",
        "if True:\n    from hull cimport mark",
        "cimport cpython.datetime\nfrom hull cimport mark",  # its own lines are relative
    ]
    (yard / "host/hull/mark.pxd").write_text("cdef int C\n")
    for number, line in enumerate(lines):  # Cython remembers what it read by the name of the file
        (yard / f"plugins/sail/jib_{number}.pyx").write_text(f"{line}\n")
        (yard / f"plugins/sail/rope_{number}.pxd").write_text(f"{line}\n")
        boom = yard / f"plugins/sail/boom_{number}.pyx"
        boom.write_text(f"from sail.rope_{number} cimport R\n")
    monkeypatch.chdir(yard)
    modules = [each for each in build_kernel.find(yard) if "_" in each.name]
    inputs = {each.name: build_kernel._inputs(each) for each in modules}
    assert 2 * len(lines) == len(inputs)
    assert [] == [name for name, read in inputs.items() if "host/hull/mark.pxd" not in read]


@pytest.mark.slow
def test_a_changed_source_rebuilds_itself_only(built: Path) -> None:
    with (built / "host/hull/plank.py").open("a") as source:
        source.write("Y = 2\n")
    assert 1 == build_kernel.build(built)


@pytest.mark.slow
def test_a_broken_module_is_named_and_the_others_are_built(yard: Path) -> None:
    (yard / "plugins/sail/area.pyx").write_text("def area(:\n")
    with pytest.raises(BuildFailedError, match=r"did not compile: sail\.area"):
        build_kernel.build(yard)
    assert (yard / f"host/hull/plank{SUFFIX}").exists()
    assert not (yard / f"plugins/sail/area{SUFFIX}").exists()


@pytest.mark.slow
def test_a_debug_build_checks_bounds_that_a_decorator_left_unchecked(
    yard: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = yard / "plugins/sail/area.pyx"
    source.write_text(
        "cimport cython\n@cython.boundscheck(False)\ndef area(int[::1] a):\n    return a[0]\n"
    )
    monkeypatch.setenv("ARGOSY_KERNEL_DEBUG", "1")
    build_kernel._settings.cache_clear()
    build_kernel.build(yard)
    build_kernel._settings.cache_clear()
    assert any("Out of bounds" in path.read_text() for path in (yard / "build/c").rglob("area.c"))
    assert any((yard / "build/c").rglob("area.html"))
