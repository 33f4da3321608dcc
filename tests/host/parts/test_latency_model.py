from argosy.parts.latency_model import LatencyModel


class SlowOrders(LatencyModel):
    insert_ns = 5


def test_what_a_model_leaves_out_takes_no_time() -> None:
    model = SlowOrders()
    assert (5, 0, 0, 0) == (model.insert_ns, model.modify_ns, model.cancel_ns, model.report_ns)
