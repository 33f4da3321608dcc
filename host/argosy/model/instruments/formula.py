"""The formulas of synthetic instruments: a small language of 64-bit floats.

::

    spread = ETHUSDT.BINANCE / BTCUSDT.BINANCE;
    if(spread > 0.05 && spread < 0.1, spread * 100, 0)

Instrument ids are variables, whatever signs they contain. There are ``+ - * / % ^``, comparisons,
``&& || !``, assignments that end with ``;``, and `abs`, `ceil`, `floor`, `round`, `min`, `max`,
`if(condition, then, otherwise)`. A formula is checked as a whole and compiled once; it can neither
call nor read anything else.
"""

import math
import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, NoReturn

from argosy.errors import DataError, ValueRangeError, suggest

Kind = Literal["number", "truth"]
Evaluate = Callable[[list[float]], float]

_TOKEN: Final = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)"
    r"|(?P<name>[A-Za-z_]\w*)"
    r"|(?P<sign>&&|\|\||[<>=!]=|[-+*/%^<>!=(),;])",
    re.ASCII,
)
_SUMS: Final = {"+": operator.add, "-": operator.sub}
_PRODUCTS: Final = {"*": operator.mul, "/": operator.truediv, "%": math.fmod}
_COMPARISONS: Final = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
_MAX_DEPTH: Final = 50
_MAX_TOKENS: Final = 1_000  # a sum of so many terms still fits the stack


@dataclass(frozen=True)
class Formula:
    """A compiled formula."""

    text: str
    locals: int  # how many values assignments need
    evaluate: Evaluate

    def __call__(self, inputs: Sequence[float]) -> float:
        """Return the value for the components' values, in their order.

        Raises
        ------
        ValueRangeError : there is none, as for a division by zero
        """
        try:
            value = float(self.evaluate([*inputs, *[0.0] * self.locals]))
        except (ArithmeticError, ValueError) as error:
            raise ValueRangeError(f"formula {self.text!r}: {error} at {list(inputs)}") from None
        if not math.isfinite(value):
            raise ValueRangeError(f"formula {self.text!r} gives {value} at {list(inputs)}")
        return value


@lru_cache(maxsize=1_024)
def compile_formula(text: str, components: tuple[str, ...]) -> Formula:
    """Check and compile a formula over the components' ids.

    Raises
    ------
    DataError : what the formula says is not in the language; the place is a column
    """
    parser = _Parser(text, components)
    evaluate = parser.program()
    return Formula(text, len(parser.variables) - len(components), evaluate)


@dataclass(frozen=True)
class _Token:
    kind: str  # number, name, variable, sign, end
    text: str
    column: int  # 1 is the first


@dataclass(frozen=True)
class _Node:
    kind: Kind
    evaluate: Evaluate


class _Parser:
    """Recursive descent; each method reads one level of precedence."""

    def __init__(self, text: str, components: Sequence[str]) -> None:
        self.text = text
        self.variables: dict[str, int] = {name: i for i, name in enumerate(components)}
        self._kinds: dict[str, Kind] = dict.fromkeys(components, "number")
        self._tokens = _tokens(text, components)
        self._at = 0
        self._depth = 0

    def program(self) -> Evaluate:
        steps: list[tuple[int, Evaluate]] = []
        while self._is_assignment():
            name = self._next().text
            self._next()
            value = self._expression()
            self._expect(";")
            self._kinds[name] = value.kind
            slot = self.variables.setdefault(name, len(self.variables))
            steps.append((slot, value.evaluate))
        result = self._number()
        if self._peek().text == ";":
            self._next()
        if self._peek().kind != "end":
            self._fail(f"{self._peek().text!r} is not expected here", "Remove it")
        return _sequence(steps, result.evaluate) if steps else result.evaluate

    def _is_assignment(self) -> bool:
        ahead = self._tokens[self._at + 1 : self._at + 2]
        return self._peek().kind == "name" and bool(ahead) and ahead[0].text == "="

    def _expression(self) -> _Node:
        node = self._nested(self._all_of)
        while self._peek().text == "||":
            node = self._logic(node, self._all_of, _any_of)
        return node

    def _nested(self, read: Callable[[], _Node]) -> _Node:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            self._fail("the formula nests too deeply", "Split it with assignments")
        node = read()
        self._depth -= 1
        return node

    def _all_of(self) -> _Node:
        node = self._comparison()
        while self._peek().text == "&&":
            node = self._logic(node, self._comparison, _all_of)
        return node

    def _logic(
        self,
        left: _Node,
        read: Callable[[], _Node],
        join: Callable[[Evaluate, Evaluate], Evaluate],
    ) -> _Node:
        sign = self._next()
        right = read()
        self._want("truth", sign, left, right)
        return _Node("truth", join(left.evaluate, right.evaluate))

    def _comparison(self) -> _Node:
        left = self._sum()
        if self._peek().text not in _COMPARISONS:
            return left
        sign = self._next()
        right = self._sum()
        self._want("number", sign, left, right)
        compare = _COMPARISONS[sign.text]
        return _Node("truth", _binary(compare, left.evaluate, right.evaluate))

    def _sum(self) -> _Node:
        node = self._product()
        while self._peek().text in _SUMS:
            node = self._arithmetic(node, self._product, _SUMS)
        return node

    def _product(self) -> _Node:
        node = self._unary()
        while self._peek().text in _PRODUCTS:
            node = self._arithmetic(node, self._unary, _PRODUCTS)
        return node

    def _arithmetic(
        self,
        left: _Node,
        read: Callable[[], _Node],
        table: dict[str, Callable[[float, float], float]],
    ) -> _Node:
        sign = self._next()
        right = read()
        self._want("number", sign, left, right)
        return _Node("number", _binary(table[sign.text], left.evaluate, right.evaluate))

    def _unary(self) -> _Node:
        if self._peek().text not in {"-", "!"}:
            return self._power()
        sign = self._next()
        operand = self._nested(self._unary)
        if sign.text == "-":
            self._want("number", sign, operand)
            return _Node("number", _negative(operand.evaluate))
        self._want("truth", sign, operand)
        return _Node("truth", _not(operand.evaluate))

    def _power(self) -> _Node:
        base = self._primary()
        if self._peek().text != "^":
            return base
        return self._arithmetic(base, self._exponent, {"^": math.pow})

    def _exponent(self) -> _Node:
        return self._nested(self._unary)

    def _primary(self) -> _Node:
        token = self._next()
        if token.kind == "number":
            return _Node("number", _constant(float(token.text)))
        if token.text == "(":
            node = self._expression()
            self._expect(")")
            return node
        if token.kind == "name" and self._peek().text == "(":
            return self._call(token)
        if token.kind in {"name", "variable"}:
            return self._variable(token)
        said = "the formula ends" if token.kind == "end" else f"{token.text!r} stands"
        self._fail(f"{said} where a value belongs", "Add a number, an id or a function", token)

    def _variable(self, token: _Token) -> _Node:
        slot = self.variables.get(token.text)
        if slot is None:
            cure = suggest(token.text, self.variables)
            self._fail(f"{token.text!r} is unknown", cure[:1].upper() + cure[1:], token)
        return _Node(self._kinds[token.text], operator.itemgetter(slot))

    def _call(self, token: _Token) -> _Node:
        self._expect("(")
        arguments = [self._expression()]
        while self._peek().text == ",":
            self._next()
            arguments.append(self._expression())
        self._expect(")")
        if token.text == "if":
            return self._choice(token, arguments)
        function = _FUNCTIONS.get(token.text)
        if function is None:
            cure = suggest(token.text, [*_FUNCTIONS, "if"])
            self._fail(f"function {token.text!r} is unknown", cure[:1].upper() + cure[1:], token)
        if len(arguments) != 1 and token.text not in {"min", "max"}:
            self._fail(f"{token.text} has {len(arguments)} arguments", "Give it one", token)
        self._want("number", token, *arguments)
        return _Node("number", _apply(function, [each.evaluate for each in arguments]))

    def _choice(self, token: _Token, arguments: list[_Node]) -> _Node:
        if len(arguments) != 3:
            cure = "Write if(condition, then, otherwise)"
            self._fail(f"if has {len(arguments)} arguments", cure, token)
        condition, then, otherwise = arguments
        self._want("truth", token, condition)
        self._want(then.kind, token, otherwise)
        choice = _if(condition.evaluate, then.evaluate, otherwise.evaluate)
        return _Node(then.kind, choice)

    def _number(self) -> _Node:
        start = self._peek()
        node = self._expression()
        if node.kind != "number":
            self._fail("the formula gives true or false", "Wrap it: if(condition, 1, 0)", start)
        return node

    def _want(self, kind: Kind, token: _Token, *nodes: _Node) -> None:
        for node in nodes:
            if node.kind != kind:
                needs = "numbers" if kind == "number" else "conditions"
                cure = "Compare numbers with < <= > >= == !=, join conditions with && || !"
                self._fail(f"{token.text!r} works on {needs}", cure, token)

    def _peek(self) -> _Token:
        return self._tokens[self._at]

    def _next(self) -> _Token:
        token = self._tokens[self._at]
        self._at = min(self._at + 1, len(self._tokens) - 1)
        return token

    def _expect(self, text: str) -> None:
        token = self._peek()
        if token.text != text:
            found = "the formula ends" if token.kind == "end" else f"{token.text!r} stands"
            self._fail(f"{found} where {text!r} belongs", f"Add {text!r}", token)
        self._next()

    def _fail(self, message: str, cure: str, token: _Token | None = None) -> NoReturn:
        column = (token or self._peek()).column
        raise DataError(message, place=f"formula {self.text!r}, column {column}", cure=cure)


def _tokens(text: str, components: Sequence[str]) -> list[_Token]:
    longest_first = sorted(components, key=len, reverse=True)
    tokens = []
    at = 0
    while at < len(text):
        variable = next((each for each in longest_first if _begins(text, at, each)), None)
        if variable is not None:
            tokens.append(_Token("variable", variable, at + 1))
            at += len(variable)
            continue
        match = _TOKEN.match(text, at)
        if match is None:
            raise DataError(
                f"{text[at]!r} is not expected here",
                place=f"formula {text!r}, column {at + 1}",
                cure=f"Remove it; the components are {', '.join(components)}",
            )
        if match.lastgroup != "space":
            tokens.append(_Token(str(match.lastgroup), match.group(), at + 1))
        at = match.end()
    if len(tokens) > _MAX_TOKENS:
        cure = f"Use at most {_MAX_TOKENS}"
        raise DataError(f"{len(tokens)} words and signs", place=f"formula {text[:40]!r}", cure=cure)
    return [*tokens, _Token("end", "", len(text) + 1)]


def _begins(text: str, at: int, component: str) -> bool:
    if not text.startswith(component, at):
        return False
    rest = text[at + len(component) : at + len(component) + 1]
    return not (rest.isalnum() or rest == "_")


def _constant(value: float) -> Evaluate:
    return lambda _: value


def _binary(function: Callable[[float, float], float], a: Evaluate, b: Evaluate) -> Evaluate:
    return lambda values: function(a(values), b(values))


def _negative(a: Evaluate) -> Evaluate:
    return lambda values: -a(values)


def _not(a: Evaluate) -> Evaluate:
    return lambda values: not a(values)


def _all_of(a: Evaluate, b: Evaluate) -> Evaluate:
    return lambda values: a(values) and b(values)


def _any_of(a: Evaluate, b: Evaluate) -> Evaluate:
    return lambda values: a(values) or b(values)


def _if(condition: Evaluate, then: Evaluate, otherwise: Evaluate) -> Evaluate:
    return lambda values: then(values) if condition(values) else otherwise(values)


def _apply(function: Callable[..., float], arguments: list[Evaluate]) -> Evaluate:
    return lambda values: function(*[each(values) for each in arguments])


def _sequence(steps: list[tuple[int, Evaluate]], result: Evaluate) -> Evaluate:
    def run(values: list[float]) -> float:
        for slot, evaluate in steps:
            values[slot] = evaluate(values)
        return result(values)

    return run


def _round_half_away(value: float) -> float:
    size = abs(value)
    whole = math.floor(size)
    return math.copysign(whole + (size - whole >= 0.5), value)


def _least(*values: float) -> float:
    return min(values)


def _greatest(*values: float) -> float:
    return max(values)


_FUNCTIONS: Final[dict[str, Callable[..., float]]] = {
    "abs": math.fabs,
    "ceil": lambda value: float(math.ceil(value)),
    "floor": lambda value: float(math.floor(value)),
    "round": _round_half_away,
    "min": _least,
    "max": _greatest,
}
