"""Hooks of what data there is and where it lies; called when plugins are loaded."""

from typing import TYPE_CHECKING, Any

from argosy.hookspecs.marks import hookspec

if TYPE_CHECKING:
    from argosy.model.data_kind import DataKind
    from argosy.parts.catalog import Catalog
    from argosy.parts.loader import Loader
    from argosy.parts.registration import Register
    from argosy.parts.sink import Sink


@hookspec
def register_data_kinds(register: "Register[DataKind, []]") -> None:
    """Offer kinds of data beside the host's, to be loaded, stored, replayed and heard.

    When: once, when plugins are loaded.
    Returns: nothing; ``factory()`` gives an ``argosy.model.data_kind.DataKind`` of the registered
        name: its class, whose it is, and the fields that catalogs keep in columns. The class is
        made by keyword and has its key, `ts_event`, `ts_init` and the fields as attributes. A
        strategy hears it in `on_data`, with ``subscribe_data(DataType(Tide))`` for all of it and
        ``DataType(Tide, {"instrument_id": ...})`` for one instrument.
    Order: all answer; ``type`` of a [[data]] table, and of a loader's settings, names one.
    Modes: all.
    Since: 0.1.
    Example::

        from argosy.hookspecs import hookimpl
        from argosy.model.data_kind import INSTRUMENT_KEY, DataField, DataKind, Holds
        def tide():
            from tides import Tide
            fields = (DataField("height", Holds.PRICE), DataField("station", Holds.TEXT))
            return DataKind("tide", "tides", Tide, INSTRUMENT_KEY, fields)
        @hookimpl
        def register_data_kinds(register):
            register("tide", tide, doc="How high the water stands.")
    """


@hookspec
def register_catalogs(register: "Register[Catalog]") -> None:
    """Offer catalogs: where stored data is read and runs are written.

    When: once, when plugins are loaded.
    Returns: nothing; ``factory(settings)`` opens the `argosy.parts.catalog.Catalog` that
        [catalog] describes.
    Order: all answer; [catalog] chooses one by ``use``.
    Modes: all.
    Since: 0.1.
    Example::

        from argosy.hookspecs import hookimpl
        def open_shelf(settings):
            from shelf import Catalog  # a heavy import belongs here
            return Catalog(settings)
        @hookimpl
        def register_catalogs(register):
            register("shelf", open_shelf, doc="Keep data on a shelf.")
    """


@hookspec
def register_loaders(register: "Register[Loader]") -> None:
    """Offer loaders: file formats that ``argosy catalog ingest`` reads.

    When: once, when plugins are loaded.
    Returns: nothing; ``factory(settings)`` builds an `argosy.parts.loader.Loader`. Settings whose
        fields all have defaults let it be guessed; with the capability "columns" only where columns
        are declared.
    Order: all answer; ``--loader`` chooses one by name, else the one that knows the file.
    Modes: outside of any.
    Since: 0.1.
    Example::

        from argosy.hookspecs import hookimpl
        class Words:
            def guess(self, sample): return "its suffix" if ".words" in sample.name else None
            def load(self, load):
                from words import quotes  # a heavy import belongs here
                for path in load.files:
                    yield from quotes(load.open(path))
        @hookimpl
        def register_loaders(register):
            register("words", lambda settings: Words(), doc="Read quotes in words.")
    """


@hookspec
def register_stores(register: "Register[Any]") -> None:
    """Offer stores: where the state of components is kept between runs.

    When: once, when plugins are loaded.
    Returns: nothing; ``factory(settings)`` builds the store.
    Order: all answer.
    Modes: all.
    Since: 0.1.
    Example::

        from argosy.hookspecs import hookimpl
        @hookimpl
        def register_stores(register):
            register("memory", lambda settings: {}, doc="Forget at the end.")
    """


@hookspec
def register_sinks(register: "Register[Sink]") -> None:
    """Offer sinks: what is told of a run while it goes on, such as a recorder.

    When: once, when plugins are loaded.
    Returns: nothing; ``factory(settings)`` builds an `argosy.parts.sink.Sink`, and touches nothing
        yet: ``begin`` does.
    Order: all answer; each [[sinks]] table chooses one by ``use``, and they are told in that order.
    Modes: backtest; sandbox and live once they are there.
    Since: 0.1.
    Example::

        from argosy.hookspecs import hookimpl
        from argosy.parts.sink import Sink
        class Screen(Sink):
            topics = ("events.order.*",)
            def tell(self, topic, message): print(message)
        @hookimpl
        def register_sinks(register):
            register("screen", lambda settings: Screen(), doc="Print each event of an order.")
    """


@hookspec
def register_calendars(register: "Register[Any]") -> None:
    """Offer calendars: when a venue's sessions begin and end.

    When: once, when plugins are loaded.
    Returns: nothing; ``factory(settings)`` builds the calendar.
    Order: all answer; a venue's table chooses one by ``use``.
    Modes: all.
    Since: 0.1.
    Example::

        from argosy.hookspecs import hookimpl
        class AlwaysOpen:
            def is_open(self, ts): return True
        @hookimpl
        def register_calendars(register):
            register("always_open", lambda settings: AlwaysOpen())
    """
