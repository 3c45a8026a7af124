# The targets for people. Each needs only Python 3.11+, make and, for the first set-up, a package index.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.set-up
WORKERS ?= 2

DEMO := data/demo
DEMO_DB := $(DEMO)/pantau.db

.DEFAULT_GOAL := help
.PHONY: help setup demo test fuzz bench lint serve clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(STAMP) ## a virtual environment in .venv with everything pinned

# The stamp carries the folder's path: a moved or copied .venv points at its old place and is made anew.
ifneq ($(shell cat $(STAMP) 2>/dev/null),$(CURDIR))
.PHONY: $(STAMP)
endif
$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "make: '$(PYTHON)' is not Python 3.11 or newer; name one that is: make setup PYTHON=python3.12" >&2; exit 2; }
	@grep -qs '$(CURDIR)/$(BIN)/' $(BIN)/pip || $(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt hatchling
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --no-build-isolation --editable '.[dev]'
	@printf '%s' '$(CURDIR)' > $@

demo: setup ## the whole job on the bundled sample newsroom, without network
	@rm -rf $(DEMO)
	$(BIN)/pantau demo --db $(DEMO_DB)
	@echo "(or: make serve)"

test: setup ## every test
	$(BIN)/pytest -n $(WORKERS)

fuzz: setup ## a million generated articles and pages (fewer: COUNT=...), of which make test runs a thousandth
	$(BIN)/python -m tests.fuzz $(if $(COUNT),--count $(COUNT),--report tests/fuzz/REPORT.md) $(FUZZ)

bench: setup ## the benchmarks
	$(BIN)/python -m benchmarks

lint: setup ## style, types and the checks across files
	@failed=0; for lint in "ruff check ." "ruff format --check ." "mypy" "python -m pipelines.check"; do \
		echo "$$lint"; $(BIN)/$$lint || failed=1; done; exit $$failed

serve: setup ## the site on http://127.0.0.1:8001/, on the demo's database unless DB=... names another
	$(BIN)/pantau serve --db $(or $(DB),$(DEMO_DB) --archive $(DEMO)/warc)

clean: ## what runs and tools leave behind; data/ but for the demo's stays
	rm -rf $(DEMO) $(VENV) .venv-pywb build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
