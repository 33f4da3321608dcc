"""Feed loaders with what atheris thinks up: ``python -m tests.plugins.argosy_loaders.fuzz``."""

import sys
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any


def main(real_data: Path, folder: Path, options: list[str]) -> None:
    """Fuzz every format in turn; an exception that is no ArgosyError ends the process."""
    import atheris  # it has no wheel for every Python, so that tests look for it first

    with atheris.instrument_imports(include=["argosy_loaders"]):  # so that it sees new ground
        import argosy_loaders

        for module in iter_modules(argosy_loaders.__path__, "argosy_loaders."):
            import_module(module.name)
        from tests.plugins.argosy_loaders.damage import formats, load

    made = formats(real_data)
    corpus = folder / "corpus"
    corpus.mkdir()
    for number, each in enumerate(made):
        (corpus / str(number)).write_bytes(bytes([number]) + each.data)

    def one(data: bytes) -> None:
        if data:
            load(made[data[0] % len(made)], data[1:], folder)

    setup: Any = atheris.Setup
    setup([sys.argv[0], str(corpus), *options], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
