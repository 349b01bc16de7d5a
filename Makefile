# Two commands matter: `make demo` and `make test`. Both work on a clean clone with python3 (3.11 or later) and make.
.DEFAULT_GOAL := help
.PHONY: help demo test lint types cover docs lock format clean system-packages

OUT ?= out
# How many processes share the tests; a file's tests stay together.
WORKERS ?= 2
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install -qq
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export FULL

# The first interpreter that runs and is new enough: a name on the path may be a stub that only complains.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$p && break; done)

# A stamp carries the checksum of what it stands for, so a second run installs nothing and a changed lock installs again.
RUNTIME := $(VENV)/.runtime-$(shell cat requirements/runtime.txt pyproject.toml | cksum | cut -d' ' -f1)
DEV := $(VENV)/.dev-$(shell cat requirements/dev.txt pyproject.toml | cksum | cut -d' ' -f1)
PEERS := $(VENV)/.peers-$(shell cat requirements/peers.txt pyproject.toml | cksum | cut -d' ' -f1)

help: ## what there is
	@grep -E '^[a-z-]+:.*## ' Makefile | awk -F ':.*## ' '{printf "make %-16s %s\n", $$1, $$2}'

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "make: no Python 3.11 or later with venv here: install python3 and python3-venv" >&2; exit 1; }
	@echo "making $(VENV)"
	@$(PYTHON) -m venv $(VENV)

$(RUNTIME): | $(VENV)/bin/python
	@echo "installing what requirements/runtime.txt names"
	@$(PIP) --require-hashes --requirement requirements/runtime.txt
	@$(PIP) --no-deps --no-build-isolation --no-index --editable .
	@rm -f $(VENV)/.runtime-* && touch $@

$(DEV): | $(RUNTIME)
	@echo "installing what requirements/dev.txt names"
	@$(PIP) --require-hashes --requirement requirements/dev.txt
	@rm -f $(VENV)/.dev-* && touch $@

$(PEERS): | $(DEV)
	@echo "installing what requirements/peers.txt names"
	@$(PIP) --require-hashes --requirement requirements/peers.txt
	@rm -f $(VENV)/.peers-* && touch $@

demo: $(RUNTIME) ## replay the real cases and write OUT (out/)
	@$(BIN)/goodstanding demo --out $(OUT)

test: system-packages lint types cover ## everything that a machine can check; FULL=1 for the must-show counts

lint: $(DEV) ## formatting, rules of style, imports, templates
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	@PYTHONPATH=src $(BIN)/lint-imports --no-cache --no-logo
	@test -z "$$(find src -name '*.html.j2')" || $(BIN)/djlint src --extension html.j2 --check --lint --quiet

types: $(DEV) ## the type checker
	$(BIN)/mypy --no-error-summary

cover: $(DEV) $(if $(FULL),$(PEERS)) ## the tests, with the floors of branch coverage
	$(BIN)/python -m pytest --quiet $(if $(WORKERS),--numprocesses $(WORKERS) --dist loadfile) --cov --cov-report=
	$(BIN)/python scripts/coverage_floors.py

system-packages: ## Debian's packages that tests use: installed where we may, named where we may not
	@.ci/system-packages

docs: $(DEV) ## the documentation, into out/docs
	$(BIN)/python -m sphinx -W --keep-going -q -b html docs $(OUT)/docs

lock: $(DEV) ## write requirements/*.txt anew
	scripts/lock

format: $(DEV) ## put the code into shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean: ## remove what was made
	rm -rf $(OUT) build dist .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
