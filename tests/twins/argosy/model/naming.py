"""Reference twin of naming.pyx."""


def named(cls, text):
    return str.__new__(cls, text)
