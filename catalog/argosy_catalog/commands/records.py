"""Records as rows on a terminal, as CSV or as JSON."""

from collections.abc import Iterable, Mapping
from typing import Any


def print_records(columns: str, records: Iterable[Mapping[str, Any]], form: str) -> None:
    """Print records.

    Parameters
    ----------
    columns : names with types, such as ``type rows:int first:time``; without a type it is text
    form : as `print_rows` takes it
    """
    import pyarrow as pa

    from argosy_catalog.show.printing import print_rows

    types = {"": pa.string(), "int": pa.int64(), "time": pa.timestamp("ns")}
    parts = [word.partition(":") for word in columns.split()]
    schema = pa.schema([(name, types[kind]) for name, _, kind in parts])
    print_rows(pa.Table.from_pylist(list(records), schema), form)
