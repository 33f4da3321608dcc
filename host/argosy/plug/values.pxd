"""What makes values out of raws, of argosy.model.values, for compiled plugins."""

from argosy.model.values cimport Fixed, Price, Quantity, price_from_raw, quantity_from_raw
from argosy.plug cimport abi
