"""Types of what a plugin's author meets."""

from typing import reveal_type

from argosy import Instrument, Money, Order
from argosy.config.settings import DecimalField, MoneyField, Settings
from argosy.kernel.trigger import WATCH_ASK, Trigger
from argosy.parts.registration import Part
from argosy.plugins.host import PluginHost


class FeeSettings(Settings):
    rate: DecimalField
    least: MoneyField


def build(settings: FeeSettings, order: Order, instrument: Instrument) -> None:
    reveal_type(settings.rate)  # Decimal
    reveal_type(settings.least)  # Money
    reveal_type(order.trigger_price)  # Price | None
    reveal_type(order.is_buy)  # bool
    reveal_type(instrument.make_price("1.1"))  # Price
    reveal_type(instrument.price_precision)  # int
    reveal_type(Trigger(order, is_buy=True, watch=WATCH_ASK, level=1).level)  # int


reveal_type(PluginHost.installed().part("fee_models", "fixed"))  # Part
reveal_type(Part("fee_models", "free", lambda: Money(0, "USD")).label)  # str
