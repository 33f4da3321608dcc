"""Time zones as settings and files name them."""

import pytest

from argosy.errors import ConfigError
from argosy_loaders.zones import known_zone


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("UTC", "UTC"),
        ("Z", "UTC"),
        ("gmt", "UTC"),
        ("+00", "UTC"),
        ("-00:00", "UTC"),
        ("+02", "+02:00"),
        ("-5", "-05:00"),
        ("+0530", "+05:30"),
        ("-03:30", "-03:30"),
        ("UTC+2", "+02:00"),
        ("GMT-11", "-11:00"),
        ("+14", "+14:00"),
        ("Etc/GMT-2", "Etc/GMT-2"),
        ("America/New_York", "America/New_York"),
    ],
)
def test_zones_are_known_in_the_spellings_of_people(name: str, expected: str) -> None:
    assert expected == known_zone(name)


@pytest.mark.parametrize(
    ("name", "cure"),
    [
        ("America/NewYork", "Did you mean 'America/New_York'?"),
        ("+15", 'or "+02:00"'),
        ("+05:75", 'or "+02:00"'),
        ("nowhere at all", "Give one such as"),
    ],
)
def test_an_unknown_zone_is_told_with_its_cure(name: str, cure: str) -> None:
    with pytest.raises(ConfigError, match="unknown time zone") as caught:
        known_zone(name)
    assert cure in str(caught.value)
