"""Rows of a query as objects: each becomes a `Feature`, or an instance of a class of one's own."""

from __future__ import annotations

import keyword
from collections.abc import Callable, Iterator
from typing import Any, cast

import msgspec

from argosy.config.models import capitalise
from argosy.config.values import parse
from argosy.engine.custom import DataType, Feature, custom_topic
from argosy.errors import ArgosyError, DataError, suggest
from argosy.kernel.stream import BATCH_ROWS
from argosy.model.bar_type import BarType
from argosy.model.identifiers import InstrumentId
from argosy.run.object_stream import ObjectStream

_IDS: dict[str, Callable[[str], Any]] = {
    "instrument_id": InstrumentId,
    "bar_type": BarType.from_str,
}
"""Columns of text that a feature holds as what they name."""


class FeatureStream(ObjectStream):
    """Rows of a table that are delivered as objects.

    Parameters
    ----------
    name : of the query
    data_type : a subclass of Feature, or a msgspec Struct with `ts_init`
    table : an Arrow Table without nulls, sorted by `ts_init`
    batch_rows : rows of which objects are made at a time; the result does not depend on it
    source : what errors call the rows
    """

    def __init__(
        self,
        name: str,
        data_type: type[msgspec.Struct],
        table: Any,
        batch_rows: int = BATCH_ROWS,
        source: str = "",
    ) -> None:
        super().__init__(data_type, name, 0, 0)
        self.table = table
        self.batch_rows = batch_rows
        self._source = source or f"query {name}"
        self._fields = data_type.__struct_fields__
        self._known: dict[tuple[str, str], Any] = {}

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return int(self.table.num_rows)

    def __iter__(self) -> Iterator[Any]:
        """Yield an object for each row."""
        make = self._feature if issubclass(self.data_type, Feature) else self._own
        for batch in self.table.to_batches(max_chunksize=self.batch_rows):
            names = batch.schema.names
            for values in zip(*map(self._values, names, batch.columns), strict=True):
                yield make(dict(zip(names, values, strict=True)))

    def check(self) -> None:
        """Make each object once.

        Raises
        ------
        DataError : a row does not fit its type
        """
        if not issubclass(self.data_type, Feature):
            self._check_fields()
        for _ in self:
            pass

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics that hear each object: that of the query, then that of all of its type."""
        kind = Feature if issubclass(self.data_type, Feature) else self.data_type
        types = (DataType(kind, {"name": self.key}), DataType(kind))
        return tuple(map(custom_topic, types))

    def _feature(self, row: dict[str, Any]) -> Any:
        row.setdefault("ts_event", row["ts_init"])
        return self.data_type(name=self.key, **row)

    def _own(self, row: dict[str, Any]) -> Any:
        if "ts_event" in self._fields:
            row.setdefault("ts_event", row["ts_init"])
        try:
            return msgspec.convert(row, self.data_type, dec_hook=parse)
        except (msgspec.ValidationError, ArgosyError, ValueError, TypeError) as error:
            raise self._misfit(f"ts_init {row['ts_init']}: {error}") from error

    def _values(self, name: str, column: Any) -> list[Any]:
        """Return a column as Python values; times as nanoseconds."""
        import pyarrow as pa

        if pa.types.is_timestamp(column.type):
            column = column.cast(pa.int64())
        values: list[Any] = column.to_pylist()
        if name in _IDS and pa.types.is_string(column.type):
            return [self._id(name, text) for text in values]
        return values

    def _id(self, name: str, text: str) -> Any:
        found = self._known.get((name, text))
        if found is None:
            try:
                found = self._known[name, text] = _IDS[name](text)
            except ArgosyError as error:
                raise self._misfit(f"column {name!r}: {error}") from error
        return found

    def _check_fields(self) -> None:
        fields = {each.encode_name: each for each in msgspec.structs.fields(self.data_type)}
        columns = self.table.schema.names
        for name in columns:
            if name not in fields:
                raise self._misfit(
                    f"{self.data_type.__name__} has no field {name!r}",
                    capitalise(suggest(name, fields)),
                )
        for name, each in fields.items():
            if each.required and name not in (*columns, "ts_event"):
                raise self._misfit(
                    f"the query returns no {name!r}, which {self.data_type.__name__} needs",
                    capitalise(suggest(name, set(columns) - fields.keys()))
                    or f"Return it: SELECT ... AS {name}",
                )

    def _misfit(self, message: str, cure: str | None = None) -> DataError:
        usual = f"Cast the column in the query, or change {self.data_type.__name__}"
        return DataError(message, place=self._source, cure=cure or usual)


def feature_class(schema: Any, place: str) -> type[Feature]:
    """Return the class of features with the columns of a schema.

    Raises
    ------
    DataError : a column cannot be an attribute
    """
    for name in schema.names:
        is_plain = name.isidentifier() and not keyword.iskeyword(name) and name[0] != "_"
        if not is_plain or name == "name":
            why = "is what the query is called" if name == "name" else "cannot be an attribute"
            raise DataError(
                f"column {name!r} {why}", place=place, cure="Rename it: AS another_name"
            )
    own = Feature.__struct_fields__
    fields = [(name, Any) for name in schema.names if name not in own]
    made = msgspec.defstruct("Feature", fields, bases=(Feature,), frozen=True, kw_only=True)
    return cast("type[Feature]", made)
