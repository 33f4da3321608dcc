"""Reference twin of grow.pyx."""

LONG = 8


def grown(items, item):
    if isinstance(items, list):
        items.append(item)
        return items
    if len(items) < LONG:
        return (*items, item)
    return [*items, item]


def record(items):
    return tuple(items)
