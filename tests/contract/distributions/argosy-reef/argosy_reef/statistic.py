"""How often somebody dived."""

from argosy.parts.statistic import Number, Results, Statistic


class Dives(Statistic):
    """Count closed positions."""

    def calculate(self, results: Results) -> Number:
        """Return the count."""
        return len(results.positions)
