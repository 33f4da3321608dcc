"""Rings of int64 rows, for compiled parts that keep the newest of something."""

from argosy.kernel.ring cimport Ring
from argosy.plug cimport abi
