from argosy.parts.run_result import RunResult
from argosy.testing.runs import make_engine


def test_the_result_of_a_run_tells_what_plugins_may_ask() -> None:
    result: RunResult = make_engine(quotes=10).run()
    assert f'"run_id": "{result.run_id}"' in result.to_json()
