_PUBLIC: dict[str, tuple[str, ...]]

__all__: list[str]
__version__: str
