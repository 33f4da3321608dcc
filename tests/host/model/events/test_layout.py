"""The layout that compiled code reads events by, held against real events and false ones."""

import subprocess
import sys
from typing import Any

import pytest

from argosy.model import messages
from argosy.model.events import layout
from tests.host.model.layouts import check_declared, check_kinds, check_places
from tests.pure import PROJECT

RUN = """
import sys, warnings
warnings.simplefilter("error")
told = []
if sys.argv[1] == "shifted":
    # A slot that is no field comes before all fields, so that none is where it was.
    import msgspec
    class Slot: __slots__ = ("slot",)
    class Shifted(Slot, msgspec.Struct): ...
    honest, msgspec.Struct = msgspec.Struct, Shifted
    import argosy.model.events.account, argosy.model.events.order
    import argosy.model.commands, argosy.model.reports
    msgspec.Struct = honest
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        import argosy.model.events.layout, argosy.model.messages
for each in told:
    print(each.category.__name__, str(each.message).split()[0], file=sys.stderr)
from argosy import *
from tests.bench import market
engine = market.engine()
bar_type = BarType.from_str("EUR/USD.SIM-1-MINUTE-LAST-EXTERNAL")
def price(points): return Price.from_raw(points, 5)
engine.add_data([
    Bar(bar_type, *map(price, (100_000 + i, 100_005 + i, 99_995 + i, 99_996 + i + i * i % 8)),
        Quantity.from_int(100), 60_000_000_000 * i, 60_000_000_000 * i)
    for i in range(1, 60)
])
engine.add_strategy(market.Alternating(str(bar_type)))
result = engine.run()
print(result.event_log_hash, result.fills, result.balances)
"""


def run(how: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", RUN, how], cwd=PROJECT, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("kind", layout.PLACES)
def test_each_field_is_where_compiled_code_reads_it(kind: Any) -> None:
    check_places(layout, kind)


@pytest.mark.parametrize("kind", layout.PLACES)
def test_each_field_is_declared_with_its_place(kind: Any) -> None:
    check_declared(layout, kind)


def test_each_class_asks_for_its_own_verdict() -> None:
    check_kinds(layout)


def test_events_that_lie_elsewhere_are_read_by_name_with_a_warning() -> None:
    kinds = [*layout.PLACES, *messages.PLACES]
    honest, shifted = run("honest"), run("shifted")
    assert (0, "") == (honest.returncode, honest.stderr)
    assert [f"RuntimeWarning {kind.__name__}" for kind in kinds] == shifted.stderr.splitlines()
    assert " 118 " in honest.stdout
    assert honest.stdout == shifted.stdout
