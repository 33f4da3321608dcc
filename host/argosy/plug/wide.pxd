"""Products of int64 through 128 bit, of argosy.model.wide, for compiled plugins."""

from argosy.model.wide cimport (
    CEIL,
    FLOOR,
    HALF_AWAY,
    HALF_EVEN,
    TRUNC,
    cmp_products,
    mul_div_i64,
    part_of_product,
    pow10,
    product,
    rescale_i64,
)
from argosy.plug cimport abi
