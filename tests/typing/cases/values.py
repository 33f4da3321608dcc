"""Types of arithmetic on prices, sizes and money."""

from decimal import Decimal
from typing import reveal_type

from argosy import BarType, Currency, InstrumentId, Money, Price, Quantity

price = Price("1.2345")
size = Quantity(10)
money = Money("10.00", "USD")

reveal_type(price + price)  # Price
reveal_type(price - price)  # Price
reveal_type(price * Decimal(2))  # Decimal
reveal_type(price * price)  # Decimal
reveal_type(price.as_decimal())  # Decimal
reveal_type(price.raw)  # int
reveal_type(size + size)  # Quantity
reveal_type(money + money)  # Money
reveal_type(money.currency)  # Currency
reveal_type(Currency.from_str("USD").precision)  # int
reveal_type(InstrumentId("EUR/USD.SIM").venue)  # Venue
reveal_type(BarType.from_str("EUR/USD.SIM-1-MINUTE-BID-EXTERNAL").spec)  # BarSpecification
