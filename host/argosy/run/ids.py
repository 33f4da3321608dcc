"""The ids that a run gives: its own, and those of its events."""

from __future__ import annotations

import hashlib
import time


def new_run_id(name: str) -> str:
    """Return an id for a run: its name, and when it was made; results do not depend on it."""
    now_ns = time.time_ns()
    stamp = time.strftime("%Y%m%d-%H%M%S", time.gmtime(now_ns // 1_000_000_000))
    return f"{name}-{stamp}-{now_ns % 1_000_000_000 // 1_000:06d}"


def event_id_base(seed: int) -> int:
    """Return the number above which a run counts its events: ids tell seeds apart."""
    digest = hashlib.sha256(f"events/{seed}".encode()).digest()
    return (int.from_bytes(digest[:4], "big") & 0x3FFFFFFF) << 32
