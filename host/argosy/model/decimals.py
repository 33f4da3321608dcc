"""What prices, quantities and money share: exact conversion and arithmetic through Decimal."""

import operator
from collections.abc import Callable
from decimal import (
    MAX_EMAX,
    MIN_EMIN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    Context,
    Decimal,
    DivisionByZero,
    Inexact,
    InvalidOperation,
)
from typing import Any, SupportsIndex

from argosy.errors import PrecisionError, ValueRangeError

MAX_PRECISION = 18

_TRAPS = [InvalidOperation, DivisionByZero]
# Never the caller's context: its 28 digits would round a notional without a word.
_EXACT = Context(prec=400, Emin=MIN_EMIN, Emax=MAX_EMAX, traps=[*_TRAPS, Inexact])
_ROUNDING = Context(prec=400, rounding=ROUND_HALF_EVEN, Emin=MIN_EMIN, Emax=MAX_EMAX, traps=_TRAPS)
_QUOTIENT = Context(prec=38, rounding=ROUND_HALF_EVEN, Emin=MIN_EMIN, Emax=MAX_EMAX, traps=_TRAPS)

_UNITS = [Decimal(1).scaleb(-decimals) for decimals in range(MAX_PRECISION + 1)]

Operation = tuple[Callable[[Decimal, Decimal], Decimal], Callable[[float, float], float]]
ADD: Operation = (_EXACT.add, operator.add)
SUBTRACT: Operation = (_EXACT.subtract, operator.sub)
MULTIPLY: Operation = (_EXACT.multiply, operator.mul)
DIVIDE: Operation = (_QUOTIENT.divide, operator.truediv)
FLOOR_DIVIDE: Operation = (_ROUNDING.divide_int, operator.floordiv)
REMAINDER: Operation = (_ROUNDING.remainder, operator.mod)


def parse(kind: str, value: object, precision: int | None) -> tuple[int, int]:
    """Read a number without rounding it, except a float, which is rounded to the precision.

    Parameters
    ----------
    kind : the class that is built, for messages
    value : str, int, Decimal or float
    precision : decimals; None takes those written, which a float has not

    Returns
    -------
    the raw integer, at most 18 digits, and its precision
    """
    if precision is not None:
        check_precision(kind, precision)
    elif isinstance(value, str):
        # What venues and files write; everything else takes the long way.
        whole, _, decimals = value.partition(".")
        digits = whole + decimals
        if digits.isdecimal() and digits.isascii() and whole and len(digits) <= MAX_PRECISION:
            return int(digits), len(decimals)
    elif isinstance(value, float):
        message = f"{kind}({value!r}): a float has no decimals of its own. "
        raise PrecisionError(f"{message}Give a precision, or the number as text")
    number = read(kind, value)
    if precision is None:
        precision = _written_decimals(kind, value, number)
    if number and number.adjusted() + precision >= MAX_PRECISION:
        raise ValueRangeError(
            f"{kind}({value!r}): more than {MAX_PRECISION} digits at precision {precision}. "
            "Give fewer decimals"
        )
    if isinstance(value, float):
        number = number.quantize(_UNITS[precision], context=_ROUNDING)
    return _scaled(kind, value, number, precision), precision


def _written_decimals(kind: str, value: object, number: Decimal) -> int:
    decimals = max(0, -int(number.as_tuple().exponent))
    if decimals > MAX_PRECISION:
        message = f"{kind}({value!r}): {decimals} decimals, at most {MAX_PRECISION}. "
        raise PrecisionError(f"{message}Round it first")
    return decimals


def _scaled(kind: str, value: object, number: Decimal, precision: int) -> int:
    try:
        scaled = number.scaleb(precision, _EXACT)
        # A tiny number must not be written out: int() of it would be 0 after a very long time.
        if scaled.adjusted() >= 0 or not scaled:
            raw = int(scaled)
            if raw == scaled:
                return raw
    except Inexact:
        pass
    message = f"{kind}({value!r}): more decimals than precision {precision}. "
    raise PrecisionError(f"{message}Round it first, as instrument.make_price and make_qty do")


def parse_rounded(kind: str, value: object, precision: int) -> int:
    """Read a number and round it half away from zero to a precision; return the raw integer."""
    number = read(kind, value)
    if number and number.adjusted() > 38:
        raise ValueRangeError(f"{kind}({value!r}): more than 38 digits")
    return int(
        number.quantize(_UNITS[precision], ROUND_HALF_UP, _ROUNDING).scaleb(precision, _EXACT)
    )


def read(kind: str, value: object) -> Decimal:
    """Return a finite number as the Decimal of exactly its value."""
    try:
        if isinstance(value, str):
            number = Decimal(value, _EXACT)
        elif isinstance(value, (Decimal, float)):
            number = Decimal(value)
        else:
            number = Decimal(to_int(kind, value))
    except InvalidOperation:
        raise ValueRangeError(f"{kind}({value!r}): not a number. Write it like 1_000.50") from None
    if not number.is_finite():
        raise ValueRangeError(f"{kind}({value!r}): not a finite number")
    return number


def to_int(kind: str, value: Any) -> int:
    """Return what is an integer, of whatever library; bool is none."""
    if isinstance(value, SupportsIndex) and not isinstance(value, bool):
        return operator.index(value)
    raise TypeError(
        f"{kind} takes a str, an int, a Decimal, or a float with a precision; "
        f"was {type(value).__name__}: {value!r}"
    )


def check_precision(kind: str, precision: object) -> None:
    """Raise unless it is an int from 0 to 18."""
    if type(precision) is not int or not 0 <= precision <= MAX_PRECISION:
        raise PrecisionError(f"{kind}: precision is 0 to {MAX_PRECISION}, was {precision!r}")


def combine(operation: Operation, left: Any, right: Any) -> Any:
    """Apply an operation to two numbers, one or both of them ours; exactly, unless one is a float.

    Returns
    -------
    Decimal, float, or NotImplemented where an operand is no number
    """
    if isinstance(left, float) or isinstance(right, float):
        return operation[1](float(left), float(right))
    first, second = _decimal(left), _decimal(right)
    if first is None or second is None:
        return NotImplemented
    return operation[0](first, second)


def _decimal(value: Any) -> Decimal | None:
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int):
        return None if isinstance(value, bool) else Decimal(value)
    as_decimal = getattr(value, "as_decimal", None)
    return None if as_decimal is None else as_decimal()


def to_decimal(raw: int, precision: int) -> Decimal:
    """Return raw / 10**precision, exactly."""
    return Decimal(raw).scaleb(-precision, _EXACT)


def to_text(raw: int, precision: int) -> str:
    """Write raw / 10**precision with all its decimals."""
    digits = str(abs(raw))
    if precision == 0:
        return digits if raw >= 0 else f"-{digits}"
    digits = digits.rjust(precision + 1, "0")
    text = f"{digits[:-precision]}.{digits[-precision:]}"
    return text if raw >= 0 else f"-{text}"


def with_separators(text: str) -> str:
    """Put underscores between the thousands of a number's text."""
    whole, point, decimals = text.partition(".")
    sign = "-" if whole.startswith("-") else ""
    return f"{sign}{abs(int(whole)):_}{point}{decimals}"


def rounded(number: Decimal, digits: int | None) -> Decimal:
    """Round half to even, to a number of decimals, whole without one."""
    return number.quantize(Decimal(1).scaleb(-(digits or 0)), context=_ROUNDING)
