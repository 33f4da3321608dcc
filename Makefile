# Each target works on a fresh clone: the first makes .venv with all development and demo dependencies.
PYTHON ?= python3
BIN := .venv/bin
# Without --no-compile half the time would go into byte code that nobody ever runs.
INSTALL := $(BIN)/python -m pip install -q --no-compile
INSTALLED := .venv/.installed
ARGS ?=
unexport PYTHONDONTWRITEBYTECODE  # commands and tests start faster with byte code at hand

.PHONY: demo test check slow fix bench clean build

demo: build  # load real prices into data/catalog and trade them
	$(BIN)/python -m argosy.testing.demo
	$(BIN)/argosy run config/demo.toml $(ARGS)

test: build  # the default suite, under two minutes
	$(BIN)/pytest -q -n auto --dist loadfile $(ARGS)

check: $(INSTALLED)  # everything that reads the code without running it
	$(BIN)/ruff format --check --quiet
	$(BIN)/ruff check --quiet
	$(BIN)/mypy
	$(BIN)/pyright
	$(BIN)/lint-imports

slow: build  # the tests that take seconds to minutes each
	$(BIN)/pytest -q -m slow -n auto --dist loadfile $(ARGS)

fix: $(INSTALLED)  # format, and repair what ruff can
	$(BIN)/ruff check --fix-only --quiet
	$(BIN)/ruff format --quiet

bench: build  # one JSON line per workload: make bench ARGS="ticks_to_bars --rows 10000000"
	$(BIN)/python -m tests.bench $(ARGS)

build: $(INSTALLED)
	@$(BIN)/python host/build_kernel.py

clean:  # what was built; .venv and data stay
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find host catalog plugins strategies tests -name '*.so' -delete -o -name __pycache__ -prune -exec rm -rf {} +

$(INSTALLED): pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(INSTALL) --upgrade pip
	$(INSTALL) --group build
	$(BIN)/python host/build_kernel.py & $(INSTALL) --group dev && wait $$!
	$(INSTALL) --no-build-isolation -e '.[demo]'
	@touch $@
