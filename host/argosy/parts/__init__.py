"""The contracts: one file a kind of part; what the host calls, when, and what it relies on.

Whoever writes a part reads its file here, derives from its class, and checks the part with the kit
of the same kind in `argosy.testing`. A hook of `argosy.hookspecs` takes the factory: its `register`
is typed by the contract, so that a type checker tells what the factory has to return.

A class here says what a part may leave out: that has an answer already. What stands without one is
abstract, and the part gives it. Nothing is looked for beyond what a class declares.
"""
