import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argosy.errors import DataError, ValueRangeError
from argosy.model.instruments import compile_formula

IDS = ("ETH/USDT.BINANCE", "BTC-USDT.BINANCE", "BTC-USDT.BIN")


def value(text: str, *inputs: float, ids: tuple[str, ...] = IDS) -> float:
    return compile_formula(text, ids)(inputs or (3.0, 2.0, 7.0))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", 7.0),
        ("(1 + 2) * 3", 9.0),
        ("7 - 2 - 1", 4.0),
        ("8 / 4 / 2", 1.0),
        ("-7 % 4", -3.0),
        ("2 ^ 3 ^ 2", 512.0),
        ("-2 ^ 2", -4.0),
        ("2 ^ -1", 0.5),
        ("--2", 2.0),
        ("1.5e3 + .5", 1500.5),
        ("abs(-2) + ceil(1.2) + floor(1.8) + min(3, 1, 2) + max(4, 5)", 11.0),
        ("round(2.5) + round(-2.5) + round(2.4)", 2.0),
        ("if(1 < 2 && !(2 >= 3) || 1 == 2, 10, 20)", 10.0),
        ("if(1 != 1, 10, 20)", 20.0),
        ("if(1 > 2, 1, if(2 <= 2, 5, 6))", 5.0),
        ("a = 4; b = a * a; b - a", 12.0),
        ("a = 1; a = a + 1; a", 2.0),
        ("up = 2 > 1; if(up, 1, 0);", 1.0),
    ],
)
def test_what_the_language_says(text: str, expected: float) -> None:
    assert expected == value(text)


def test_ids_are_variables_whatever_signs_they_have() -> None:
    assert 3.0 / 2.0 - 7.0 == value("ETH/USDT.BINANCE/BTC-USDT.BINANCE-BTC-USDT.BIN")
    assert 3.0 == value("ETH/USDT.BINANCE")


def test_the_longest_id_wins_and_ends_at_its_end() -> None:
    assert 2.0 == value("BTC-USDT.BINANCE")
    with pytest.raises(DataError, match=r"column 9: '.' is not expected here. Remove it; the comp"):
        value("BTC-USDT.BINARY")


def test_an_untaken_branch_is_not_evaluated() -> None:
    guarded = "if(ETH/USDT.BINANCE != 0, 1 / ETH/USDT.BINANCE, 0)"
    assert 0.0 == value(guarded, 0.0, 1.0, 1.0)
    assert 1.0 == value(
        "if(ETH/USDT.BINANCE == 0 || 1 / ETH/USDT.BINANCE > 0, 1, 0)", 0.0, 1.0, 1.0
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"column 1: the formula ends where a value belongs"),
        ("1 +", r"column 4: the formula ends where a value belongs"),
        ("(1 + 2", r"column 7: the formula ends where '\)' belongs. Add '\)'"),
        ("1 2", r"column 3: '2' is not expected here. Remove it"),
        ("1 $ 2", r"column 3: '\$' is not expected here"),
        ("prize + 1", r"column 1: 'prize' is unknown. Available: BTC-USDT.BIN, "),
        ("price = 1; prize", r"column 12: 'prize' is unknown. Did you mean 'price'"),
        ("flor(1)", r"function 'flor' is unknown. Did you mean 'floor'"),
        ("open('x')", r"column 6: \"'\" is not expected here"),
        ("__import__(1)", r"function '__import__' is unknown"),
        ("1 < 2", r"the formula gives true or false. Wrap it: if\(condition, 1, 0\)"),
        ("(1 < 2) + 1", r"column 9: '\+' works on numbers"),
        ("if(1, 2, 3)", r"'if' works on conditions. Compare numbers with"),
        ("if(1 < 2, 2)", r"if has 2 arguments. Write if\(condition, then, otherwise\)"),
        ("if(1 < 2, 2, 1 < 2)", r"'if' works on numbers"),
        ("abs(1, 2)", r"abs has 2 arguments. Give it one"),
        ("!1", r"'!' works on conditions"),
        ("-(1 < 2)", r"'-' works on numbers"),
        ("1 && 2", r"'&&' works on conditions"),
        ("(1 < 2) < 3", r"'<' works on numbers"),
        ("a = 1", r"the formula ends where ';' belongs"),
        ("a = 1; b", r"'b' is unknown"),
        ("(" * 200 + "1" + ")" * 200, r"nests too deeply. Split it with assignments"),
        ("-" * 200 + "1", r"nests too deeply"),
        ("2^" * 200 + "1", r"nests too deeply"),
    ],
)
def test_what_is_wrong_gets_its_column(text: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        compile_formula(text, IDS)


@pytest.mark.parametrize("text", ["1 / 0", "0 ^ -1", "-1 ^ 0.5 * 0 / 0", "1e308 * 10", "1 % 0"])
def test_where_there_is_no_value_an_error_says_so(text: str) -> None:
    with pytest.raises(ValueRangeError, match=r"formula"):
        value(text)


finite = st.floats(-1e6, 1e6)


@given(finite, finite, st.floats(0.001, 1e6))
def test_arithmetic_is_that_of_floats(a: float, b: float, c: float) -> None:
    text = "ETH/USDT.BINANCE + BTC-USDT.BINANCE * 2 / BTC-USDT.BIN - 1"
    assert a + b * 2 / c - 1 == value(text, a, b, c)


@given(finite)
def test_round_is_half_away_from_zero(number: float) -> None:
    expected = math.copysign(math.floor(abs(number) + 0.5), number)
    found = value("round(ETH/USDT.BINANCE)", number, 1.0, 1.0)
    assert abs(found - number) <= 0.5
    assert found == expected or abs(number) % 1 == pytest.approx(0.5)


@given(st.text("ab01+-*/%^<>=!&|();., ", max_size=30))
def test_no_text_does_anything_but_compile_or_be_refused(text: str) -> None:
    try:
        formula = compile_formula(text, ("a.b", "b.a"))
    except DataError:
        return
    try:
        assert math.isfinite(formula((1.0, 2.0)))
    except ValueRangeError:
        return
