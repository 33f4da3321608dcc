"""A definition for an instrument of which only the data is known."""

import re
from typing import Any

TEXT = """
# The catalog has no definition of {id}. This one was guessed from its name and from the decimals
# of its data. Correct it: steps, margins and fees decide which orders are taken and what they cost.
[[instruments]]
"""


def draft(instrument_id: Any, price_precision: int, size_precision: int) -> tuple[Any, str]:
    """Return a definition, and the table of a system file that says it.

    A symbol made of two currencies, such as EUR/USD or BTCUSDT, is their pair; any other is taken
    for a share that is paid in dollars.
    """
    from argosy.model.instruments import instrument_from_dict

    pair = currencies(str(instrument_id.symbol))
    base, quote = pair or (None, "USD")
    kind = "Equity" if base is None else "CurrencyPair"
    fields = {
        "type": kind,
        "id": str(instrument_id),
        **({} if base is None else {"base_currency": base}),
        "quote_currency": quote,
        "price_increment": step(price_precision),
        "size_increment": step(size_precision),
    }
    lines = [f'{name} = "{value}"\n' for name, value in fields.items()]
    return instrument_from_dict(fields), TEXT.format(id=instrument_id) + "".join(lines)


def currencies(symbol: str) -> tuple[str, str] | None:
    """Return base and quote currency of a symbol; None where it is not made of two."""
    from argosy.errors import UnknownNameError
    from argosy.model.currency import Currency

    letters = re.sub(r"[/_-]", "", symbol)
    for cut in range(2, len(letters) - 1):
        try:
            base, quote = (Currency.from_str(code) for code in (letters[:cut], letters[cut:]))
        except UnknownNameError:
            continue
        return base.code, quote.code
    return None


def step(precision: int) -> str:
    """Return the least number of so many decimals."""
    return f"0.{'1'.zfill(precision)}" if precision else "1"
