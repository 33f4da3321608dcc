from tests.plugins.argosy_sim.exchange import AUDUSD, BUY, SELL, Exchange, latency


def test_what_was_promised_is_kept_by_position() -> None:
    exchange = Exchange(latency=latency(report="1s"), oms="HEDGING")
    exchange.quote("1.05000", "1.05010")
    exchange.send(exchange.make(BUY, 1_000), exchange.make(SELL, 300))
    house = exchange.venue.house
    expected = {
        (AUDUSD.id, "S-001", "SIM-1-001"): 1_000,
        (AUDUSD.id, "S-001", "SIM-1-002"): -300,
    }
    assert expected == house.unreported
    exchange.wait(1_000_000_000)
    assert {} == house.unreported


def test_promises_of_one_position_add_up() -> None:
    exchange = Exchange(latency=latency(report="2s"))
    exchange.quote("1.05000", "1.05010")
    exchange.send(exchange.make(BUY, 1_000))
    exchange.wait(1_000_000_000)
    exchange.send(exchange.make(SELL, 300))
    key = (AUDUSD.id, "S-001", None)
    assert {key: 700} == exchange.venue.house.unreported
    exchange.wait(1_000_000_000)
    assert {key: -300} == exchange.venue.house.unreported
    exchange.wait(1_000_000_000)
    assert 700 == exchange.position()
