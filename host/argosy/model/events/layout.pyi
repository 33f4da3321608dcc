PLACES: dict[type, tuple[str, ...]]
