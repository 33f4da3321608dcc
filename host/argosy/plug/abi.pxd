"""The ABI number, left in each extension module that cimports from here.

The host reads it in the file before it imports the module; ``argosy.plug.ABI`` is the same number.
"""

cdef extern from *:
    """
    __attribute__((used)) static const char argosy_abi_mark[] = "ARGOSY_ABI=2;";
    """
