"""The contracts: one file a kind of part, each says what the host calls and what it promises."""
