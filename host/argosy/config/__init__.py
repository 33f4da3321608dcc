"""The system file in, frozen typed settings out; every error names file, line and key.

Nothing is imported here: pydantic is loaded by the modules that need it, so that ``import argosy``
and ``argosy --help`` do without.
"""
