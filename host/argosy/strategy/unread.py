"""Arguments that users of the field pass and that nothing here reads: refused by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypedDict

from argosy.errors import InputError

if TYPE_CHECKING:
    from argosy.model.identifiers import ClientId, Venue


class Unread(TypedDict, total=False):
    """What may be said of a subscription or a request as long as it asks for nothing.

    The types are those of asking for nothing, so that a type checker tells before a run does.
    """

    update_catalog: Literal[False]
    params: None
    join_request: Literal[False]
    managed: Literal[False]
    pyo3_conversion: Literal[False]


CURES: Final = {
    "params": "Leave it out: no client reads extra parameters",
    "update_catalog": "Leave it out: argosy catalog ingest keeps data, the recorder those of a run",
    "join_request": "Leave it out: every request is answered by itself, in order",
    "book_type": "Leave it out: books come as the data have them",
    "depth": "Leave it out: all levels come, take those that you want",
    "managed": "Leave it out: the host keeps no books, build yours from what the handler gets",
    "pyo3_conversion": "Leave it out: there is one kind of objects",
    "instrument_id": "Put it into the metadata of the DataType, which tells streams apart",
    "client_id": "Leave it out: custom data come from whoever publishes them",
}
"""Argument -> what to do."""


def refuse_unread(method: str, **given: object) -> None:
    """Refuse an argument that asks for something and that nobody reads.

    Parameters
    ----------
    given : by name; None, False, 0 and what is empty ask for nothing where the name is known

    Raises
    ------
    InputError : names the argument, and what to do
    """
    for name, value in given.items():
        if value or name not in CURES:
            cure = CURES.get(name, "Leave it out")
            raise InputError(f"{method}() does not read {name}, was {value!r}", cure=cure)


def check_asked(method: str, client_id: ClientId | None, venue: Venue, **unread: object) -> None:
    """Refuse a client that is not the one of a venue, and what nobody reads.

    Each venue has one client, of the venue's name.

    Raises
    ------
    InputError : the client is another, or an unread argument asks for something
    """
    refuse_unread(method, **unread)
    if client_id is not None and str(client_id) != str(venue):
        raise InputError(
            f"{method}(): client_id {client_id} is not the client of {venue}",
            cure="Leave it out, or give it the name of the venue",
        )
