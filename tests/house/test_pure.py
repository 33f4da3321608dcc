"""Pure mode imports plain sources past the extension modules."""

import pytest

from tests.pure import run_compiled, run_pure

WHERE = "import argosy.kernel.indicator as module; print(module.__file__)"


def test_a_pure_process_imports_the_plain_source() -> None:
    assert run_pure(WHERE).strip().endswith("argosy/kernel/indicator.py")


def test_a_compiled_process_imports_the_extension_module() -> None:
    assert run_compiled(WHERE).strip().endswith(".so")


def test_a_pure_process_reports_what_failed() -> None:
    with pytest.raises(AssertionError, match="ZeroDivisionError"):
        run_pure("1 / 0")
