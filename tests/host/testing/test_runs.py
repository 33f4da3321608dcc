"""Small backtests that are always the same."""

from argosy.testing.runs import make_engine, make_quotes


def test_an_engine_has_the_quotes_that_are_always_the_same() -> None:
    quotes = make_quotes(50)
    assert quotes == make_quotes(50)
    assert 50 == make_engine(quotes=50).run().rows
