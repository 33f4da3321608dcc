"""The class of argosy.kernel.client for compiled plugins."""

from argosy.kernel.client cimport ExecutionClient
from argosy.plug cimport abi
