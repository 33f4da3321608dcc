"""The class of argosy.parts.client for compiled plugins."""

from argosy.parts.client cimport ExecutionClient
from argosy.plug cimport abi
