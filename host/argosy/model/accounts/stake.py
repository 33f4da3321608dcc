"""What an account keeps of one instrument; whoever trades it holds on to this."""

from __future__ import annotations

from argosy.model.terms import Terms


class Stake:
    """The place of an instrument in an account; kinds of accounts add sums of their own.

    Parameters
    ----------
    terms : of the instrument
    """

    terms: Terms

    def __init__(self, terms: Terms) -> None:
        self.terms = terms

    def define(self, terms: Terms) -> int:
        """Go by a new definition of the instrument."""
        self.terms = terms
        return 0
