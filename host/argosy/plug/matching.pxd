"""Classes of argosy.kernel.matching for compiled plugins."""

from argosy.kernel.matching cimport MatchingCore
from argosy.plug cimport abi
