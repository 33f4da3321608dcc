"""What ``[[sinks]] use = "recorder"`` of a system file may say."""

from typing import Annotated, Literal

from pydantic import Field, field_validator

from argosy.config.settings import (
    BoolField,
    DurationField,
    IntField,
    PathField,
    Settings,
    Spelled,
    TextField,
)
from argosy.config.values import one_of
from argosy.errors import UnknownNameError
from argosy.kernel.topics import check_pattern
from argosy_recorder.manifest import WORDS

DataField = Annotated[str, Spelled(one_of(WORDS))]


class RecorderSettings(Settings):
    """What is recorded, where, and how often it is made durable.

    Parameters
    ----------
    path : folder of records; each run makes its own in it, named by its id
    data : types of data whose rows are recorded; a record that lacks one cannot be replayed whole
    topics : patterns of the bus whose messages are recorded, too
    events : whether the event log is recorded
    flush_rows : a crash loses at most so many rows of each stream
    flush_interval_ns : and at most so much time of the run, where it is given
    sync : whether each flush waits for the disk; without it a crash of the machine may lose more
    rotate_rows, rotate_bytes, rotate_interval_ns : a file that holds so much is followed by another
    on_error : what a full disk does: stop the run, or go on without a record
    """

    path: PathField = Field("data/records", validate_default=True)
    data: tuple[DataField, ...] = WORDS
    topics: tuple[TextField, ...] = ()
    events: BoolField = True
    flush_rows: Annotated[IntField, Field(ge=1, le=2**24)] = 65_536
    flush_interval_ns: Annotated[DurationField | None, Field(alias="flush_interval", gt=0)] = None
    sync: BoolField = True
    rotate_rows: Annotated[IntField | None, Field(ge=1)] = None
    rotate_bytes: Annotated[IntField, Field(ge=1)] = 2**28
    rotate_interval_ns: Annotated[DurationField | None, Field(alias="rotate_interval", gt=0)] = None
    on_error: Literal["stop", "go_on"] = "stop"

    @field_validator("topics")
    @classmethod
    def _known(cls, topics: tuple[str, ...]) -> tuple[str, ...]:
        for topic in topics:
            try:
                check_pattern(topic)
            except UnknownNameError as error:
                raise ValueError(str(error)) from error
        return topics
