"""A plugin that cannot be imported: what it needs is not installed."""

from harbour_that_nobody_built import Anchor

from argosy.hookspecs import hookimpl


@hookimpl
def register_fee_models(register):
    """Never called."""
    register("anchor", Anchor)
