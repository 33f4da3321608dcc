"""What a process does to its files, recorded below the C library, and what a power cut leaves."""

import os
import shlex
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ON_LINUX = pytest.mark.skipif(
    sys.platform != "linux", reason="system calls are recorded through LD_PRELOAD, on Linux only"
)


def compiled(folder: Path) -> Path:
    """Compile the recorder with the compiler that builds the kernel."""
    library = folder / "calls.so"
    compiler = shlex.split(os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc")[0]
    source = Path(__file__).with_name("calls.c")
    command = [compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(source), "-ldl"]
    subprocess.run(command, check=True)
    return library


def recorded(log: Path) -> Iterator[tuple[str, Path]]:
    """Yield each call and the path that it was for."""
    for line in log.read_text().splitlines():
        verb, path = line.split("\t")
        yield verb, Path(path)


@dataclass
class Disk:
    """What a power cut would take: bytes that were not synced, names in folders that were not."""

    bytes_at_risk: set[Path] = field(default_factory=set)
    names_at_risk: set[Path] = field(default_factory=set)

    def see(self, verb: str, path: Path) -> None:
        """Take one call into account."""
        if verb == "sync":
            self.bytes_at_risk.discard(path)
            self.names_at_risk -= {each for each in self.names_at_risk if each.parent == path}
        elif verb == "write":
            self.bytes_at_risk.add(path)
        elif verb == "create":
            self.names_at_risk.add(path)
        else:  # a name that comes back after a power cut does no harm here
            self.bytes_at_risk.discard(path)
            self.names_at_risk.discard(path)

    def lost(self, path: Path, top: Path) -> list[Path]:
        """Return what of a file and the folders that lead to it from `top` would be lost."""
        line = [path, *(each for each in path.parents if top in (each, *each.parents))]
        return [path] * (path in self.bytes_at_risk) + [p for p in line if p in self.names_at_risk]
