import msgspec

from argosy.model.data import InstrumentStatusUpdate, VenueStatusUpdate
from argosy.model.enums import MarketStatusAction as Action
from argosy.model.enums import OrderStatus
from argosy.testing import instruments
from tests.plugins.argosy_sim.kit import BUY, SELL, Exchange, fills, told

HOUR = 3_600_000_000_000


def shown(**settings: object) -> Exchange:
    exchange = Exchange(**settings)
    exchange.quote("1.05000", "1.05010")
    return exchange


def halt(exchange: Exchange, action: Action = Action.HALT, *, all_: bool = False) -> None:
    exchange.venue.exchange.change_status(action, None if all_ else exchange.instrument.id)


def test_nothing_matches_in_a_halt_and_cancels_pass() -> None:
    exchange = shown()
    orders = [exchange.limit(BUY, 1_000, "1.04000"), exchange.limit(BUY, 1_000, "1.04100")]
    halt(exchange)
    exchange.quote("1.03000", "1.03010")
    exchange.cancel(orders[0])
    assert ["Accepted", "PendingCancel", "Canceled"] == told(orders[0])
    assert ["Accepted"] == told(orders[1])
    halt(exchange, Action.TRADING)
    exchange.quote("1.03000", "1.03010")
    assert ["1000@1.04100"] == fills(orders[1])


def test_orders_are_refused_in_a_halt() -> None:
    exchange = shown()
    halt(exchange, Action.CLOSE)
    order = exchange.limit(BUY, 1_000, "1.04000")
    assert ["Rejected MARKET_CLOSED: status=CLOSE"] == told(order, reasons=True)


def test_orders_may_rest_in_a_halt_where_the_venue_says_so() -> None:
    exchange = shown(halts="rest")
    halt(exchange, Action.PAUSE)
    order = exchange.limit(BUY, 1_000, "1.06000")
    assert ["Accepted"] == told(order)
    market = exchange.market(BUY, 1_000)
    assert ["Rejected MARKET_CLOSED: status=PAUSE"] == told(market, reasons=True)
    halt(exchange, Action.TRADING)
    exchange.quote("1.05000", "1.05010")
    assert ["1000@1.06000"] == fills(order)


def test_halts_can_be_ignored() -> None:
    exchange = shown(halts="ignore")
    halt(exchange)
    assert ["1000@1.05010"] == fills(exchange.market(BUY, 1_000))


def test_a_halt_of_the_venue_stands_above_that_of_an_instrument() -> None:
    exchange = shown()
    halt(exchange, all_=True)
    halt(exchange, Action.TRADING)
    assert ["Rejected MARKET_CLOSED"] == told(exchange.market(BUY, 1_000))
    halt(exchange, Action.TRADING, all_=True)
    assert ["1000@1.05010"] == fills(exchange.market(BUY, 1_000))


def test_what_is_neither_open_nor_closed_changes_nothing() -> None:
    exchange = shown()
    halt(exchange, Action.QUOTING)
    assert ["1000@1.05010"] == fills(exchange.market(BUY, 1_000))


def test_an_instrument_trades_only_while_it_lives() -> None:
    future = instruments.es_future()
    exchange = Exchange(future)
    exchange.quote("4000.00", "4000.25", at=future.activation_ns - HOUR)
    early = exchange.market(BUY, 1)
    assert ["Rejected INSTRUMENT_NOT_ACTIVE"] == told(early)
    exchange.quote("4000.00", "4000.25", at=future.expiration_ns - HOUR)
    order = exchange.limit(SELL, 1, "4100.00")
    exchange.wait(HOUR)
    assert ["Accepted", "Canceled INSTRUMENT_EXPIRED"] == told(order)
    assert OrderStatus.CANCELED is order.status
    assert ["Rejected INSTRUMENT_EXPIRED"] == told(exchange.market(BUY, 1))


def test_a_new_tick_ends_the_orders_that_are_off_it() -> None:
    from argosy.model.values import Price

    exchange = shown()
    off = exchange.limit(BUY, 1_000, "1.04001")
    on = exchange.limit(BUY, 1_000, "1.04005")
    stop = exchange.stop(BUY, 1_000, "1.06003")
    wider = msgspec.structs.replace(exchange.instrument, price_increment=Price("0.00005"))
    exchange.venue.update_instrument(wider)
    reason = "Canceled PRICE_OFF_TICK: price=1.04001, tick=0.00005"
    assert ["Accepted", reason] == told(off, reasons=True)
    assert "Canceled PRICE_OFF_TICK" == told(stop)[-1]
    assert ["Accepted"] == told(on)
    exchange.quote("1.05000", "1.05010", 100, 100)
    assert ["100@1.05010", "900@1.05015"] == fills(exchange.market(BUY, 1_000))


def test_a_longer_life_keeps_the_orders() -> None:
    future = instruments.es_future()
    exchange = Exchange(future)
    exchange.quote("4000.00", "4000.25", at=future.expiration_ns - HOUR)
    order = exchange.limit(SELL, 1, "4100.00")
    longer = msgspec.structs.replace(future, expiration_ns=future.expiration_ns + 2 * HOUR)
    exchange.venue.update_instrument(longer)
    exchange.wait(2 * HOUR)
    assert ["Accepted"] == told(order)
    exchange.wait(HOUR)
    assert ["Accepted", "Canceled INSTRUMENT_EXPIRED"] == told(order)


def test_status_updates_act() -> None:
    exchange = shown()
    of_instrument = InstrumentStatusUpdate(
        instrument_id=exchange.instrument.id, action=Action.HALT, ts_event=1, ts_init=1
    )
    exchange.venue.on_status(of_instrument)
    assert ["Rejected MARKET_CLOSED"] == told(exchange.market(BUY, 1_000))
    exchange.venue.on_status(msgspec.structs.replace(of_instrument, action=Action.TRADING))
    venue = exchange.instrument.id.venue
    exchange.venue.on_status(
        VenueStatusUpdate(venue=venue, status=Action.CLOSE, ts_event=1, ts_init=1)
    )
    assert ["Rejected MARKET_CLOSED"] == told(exchange.market(BUY, 1_000))


def test_the_status_of_an_unknown_instrument_is_ignored() -> None:
    exchange = shown()
    exchange.venue.exchange.change_status(Action.HALT, instruments.default_fx_ccy("NZD/USD").id)
    assert ["1000@1.05010"] == fills(exchange.market(BUY, 1_000))
