import pickle

import pytest

from argosy.config.document import Document
from argosy.config.problems import Problems, SystemFileError
from argosy.errors import ConfigError, InputError

DOCUMENT = Document("s.toml", {}, {("a",): 3, ("b",): 1})


def test_problems_come_in_the_order_of_the_file() -> None:
    problems = Problems(DOCUMENT)
    problems.add(("a",), "is wrong", "Change it")
    problems.add(("b",), "is wrong, too")
    with pytest.raises(SystemFileError) as caught:
        problems.raise_if_any()
    expected = ["s.toml:1: b: is wrong, too", "s.toml:3: a: is wrong. Change it"]
    assert expected == str(caught.value).splitlines()
    assert 2 == caught.value.exit_code


def test_one_problem_counts_once() -> None:
    problems = Problems(DOCUMENT)
    problems.add(("a",), "is wrong")
    problems.add(("a",), "is wrong")
    assert 1 == len(problems)


def test_later_problems_do_not_touch_the_earlier_ones() -> None:
    earlier = Problems(DOCUMENT)
    earlier.add(("a",), "is wrong")
    later = Problems(DOCUMENT, earlier)
    later.add(("b",), "is wrong")
    assert (1, 2) == (len(earlier), len(later))


def test_without_problems_nothing_is_raised() -> None:
    Problems(DOCUMENT).raise_if_any()


def test_an_error_keeps_its_place_and_cure() -> None:
    problems = Problems(DOCUMENT)
    problems.add_error(("a",), InputError("cannot be read", place="x.py:4", cure="Repair it"))
    problems.add_error(("b",), ValueError("no number"))
    with pytest.raises(ConfigError) as caught:
        problems.raise_if_any()
    expected = ["s.toml:1: b: no number", "s.toml:3: a: x.py:4: cannot be read. Repair it"]
    assert expected == str(caught.value).splitlines()


def test_the_error_survives_pickling() -> None:
    problems = Problems(DOCUMENT)
    problems.add(("a",), "is wrong")
    with pytest.raises(SystemFileError) as caught:
        problems.raise_if_any()
    assert str(caught.value) == str(pickle.loads(pickle.dumps(caught.value)))
