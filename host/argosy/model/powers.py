"""Powers of ten as Python ints, for numbers that do not fit into 64 bit."""

_POWERS: tuple[int, ...] = tuple(10**exponent for exponent in range(81))


def ten_to(exponent: int) -> int:
    """Return 10**exponent (0 to 80), exact also where compiled code would make it a float."""
    return _POWERS[exponent]
