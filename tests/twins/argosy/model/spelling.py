"""Reference twin of spelling.pyx: the same through Decimals."""

from argosy.model.decimals import to_text as text_of
from argosy.model.money import Money
from argosy.model.values import Price, Quantity

money_of_text = Money.from_str
price_of_text = Price.from_str
quantity_of_text = Quantity.from_str

__all__ = ["money_of_text", "price_of_text", "quantity_of_text", "text_of"]
