"""Replay out of the catalog takes the same memory however much it reads."""

import pytest

from tests.bench import measure

LIMIT_MB = 300
"""Resident at the peak, of the whole process."""

GROWTH_MB = 60
"""The 7,000 more orders are kept, and no two runs take the same."""


@pytest.mark.soak
def test_ten_times_the_quotes_take_no_more_memory() -> None:
    peaks = []
    for rows in (10_000_000, 100_000_000):
        expected = measure.prepare("ticks_to_bars", "catalog", rows)
        peaks.append(measure.run("ticks_to_bars", "catalog", rows, expected).peak_rss_mb)
    short, long = peaks
    assert long < LIMIT_MB, f"{short:.0f} MB at 10 M quotes, {long:.0f} MB at 100 M"
    assert long - short < GROWTH_MB, f"{short:.0f} MB at 10 M quotes, {long:.0f} MB at 100 M"
