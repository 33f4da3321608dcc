"""Compile the aggregator against the installed argosy, whose .pxd files Cython finds by itself."""

from Cython.Build import cythonize
from setuptools import Extension, setup

setup(
    ext_modules=cythonize(
        [Extension("argosy_reef.bars", ["argosy_reef/bars.pyx"])],
        compiler_directives={"language_level": 3},
    )
)
