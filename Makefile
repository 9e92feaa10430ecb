# One entry for people and for CI. `make help` lists the targets.
PYTHON ?= python3
BIN := .venv/bin
T ?=
# One worker a core; a whole file goes to one worker, so a server is started once for its file.
# In their order, not those of many tests first: then the long journeys come before the small files,
# with which the workers end together.
WORKERS ?= logical
PYTEST := $(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadfile \
	--no-loadscope-reorder
# The tests start programs by the hundred: each would compile every module of ours again.
unexport PYTHONDONTWRITEBYTECODE
PIP := $(BIN)/pip --quiet --disable-pip-version-check install
LOCK := uv pip compile --quiet --no-header --no-emit-index-url --generate-hashes \
	--universal --python-version 3.11

.DEFAULT_GOAL := help
.PHONY: help setup setup-test demo training test check lint types contracts servers bench pictures docs docs-check \
	fix lock migration conformance clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-12s %s\n", $$1, $$2}' Makefile

setup: .venv/.run-stamp ## Build .venv from the hash-locked requirements

# A stamp is newer than the locks it was built from: nothing is installed twice.
.venv/.run-stamp: requirements.lock requirements-build.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; make setup PYTHON=python3.12")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --require-hashes -r requirements-build.lock
	$(PIP) --no-deps --no-build-isolation --no-index --editable .
	@touch $@

setup-test: .venv/.test-stamp

.venv/.test-stamp: .venv/.run-stamp requirements-test.lock
	$(PIP) --require-hashes -r requirements-test.lock
	@touch $@

demo: setup ## Three administrations on this machine, one certificate from application to claim
	$(BIN)/ooms demo

training: setup ## An office to practice in, and a pretend partner, on this machine
	$(BIN)/ooms training serve

test: setup-test servers ## Lint, types, contracts, every test (T= narrows)
	@$(MAKE) --no-print-directory --jobs 2 lint types contracts docs-check
	$(PYTEST) $(T)

check: setup-test lint types contracts ## The fast half: lint, types, contracts, unit tests
	$(PYTEST) $(wildcard tests/unit) tests/house $(T)

lint: setup-test
	$(BIN)/ruff format --check --quiet
	$(BIN)/ruff check --quiet

types: setup-test
	$(BIN)/mypy

contracts: setup-test
	$(BIN)/lint-imports --no-logo

servers:
	@tests/servers.sh

bench: setup-test servers ## Measure; tables on the screen, build/bench.json
	$(BIN)/python -m tests.bench

pictures: setup-test servers ## Look at every page again, and put the pictures into the docs
	$(PYTEST) tests/browser
	$(BIN)/python -m tools.pictures

docs: setup ## Write the generated reference pages
	$(BIN)/python -m tools.docs

docs-check: setup-test
	@test ! -e tools/docs.py -a ! -e tools/docs/__main__.py || $(BIN)/python -m tools.docs --check

fix: setup-test ## Format, and repair what lint can repair
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

migration: setup ## Draft the next migration: make migration M="add column"
	@test -n "$(M)" || { echo 'usage: make migration M="verb noun"' >&2; exit 2; }
	$(BIN)/python migrations/draft.py "$(M)"

conformance: setup-test ## Every partner file against every message: PARTNER=xx narrows
	$(PYTEST) tests/conformance $(if $(PARTNER),-k $(PARTNER))

lock: ## Resolve the *.in files anew into the *.lock files (needs uv)
	$(LOCK) requirements-test.in -o requirements-test.lock
	$(LOCK) requirements.in -c requirements-test.lock -o requirements.lock
	$(LOCK) requirements-build.in -c requirements-test.lock -o requirements-build.lock

clean: ## Remove what make built
	rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
