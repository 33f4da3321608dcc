"""Latency models: how long commands and reports travel between the host and a venue.

.. code-block:: python

    class Wire(LatencyModel):
        insert_ns = modify_ns = cancel_ns = report_ns = 2_000_000

    @hookimpl
    def register_latency_models(register: Register[LatencyModel]) -> None:
        register("wire", lambda settings: Wire(), doc="Take 2 ms each way.")

and in a system file ``simulate = { use = "sim", latency = { use = "wire" } }``.
`argosy.testing.latency_models.check_latency_model` checks one.
"""

from __future__ import annotations

from typing import Protocol


class LatencyModel(Protocol):
    """Say how long each kind of message takes; derive from it, or have the same members.

    *Who reads it when*: a simulated venue: what a command takes when it is sent, what a report
    takes once, when the venue is built.

    *What it promises*: times >= 0. A message that takes 0 arrives in the settle of its moment; two
    that arrive at one time arrive in the order in which they were sent.

    Attributes
    ----------
    insert_ns : ns that a new order takes to the venue
    modify_ns : ns that a change takes
    cancel_ns : ns that a cancel takes
    report_ns : ns that whatever the venue says takes to the host
    """

    insert_ns: int = 0
    modify_ns: int = 0
    cancel_ns: int = 0
    report_ns: int = 0
