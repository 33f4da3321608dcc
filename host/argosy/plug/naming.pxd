"""The function of argosy.model.naming for compiled plugins."""

from argosy.model.naming cimport named, numbered
from argosy.plug cimport abi
