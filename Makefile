# Một Cửa. `make demo` shows everything; `make help` lists the rest.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
TESTS ?= tests
PYTEST_WORKERS ?= 2
TYPED := motcua/base $(filter-out motcua/base/%,$(wildcard $(foreach room,rules actions queries events terms, \
	motcua/*/$(room).py motcua/*/$(room))))

.PHONY: help setup demo demo-reset test test-unit test-long check format lint types imports migrations bench bench-10m messages states lock browser

help: ## what can be done here
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: .venv/installed .venv/prepared ## install what is locked into .venv, nothing else
	@true

.venv/installed: requirements/uv.txt requirements/base.txt requirements/dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed (make PYTHON=python3.12 …).")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { echo "python3 -m venv failed: on Debian install python3-venv."; exit 1; }
	@echo "Installing the locked packages into .venv …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt \
		&& $(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements/base.txt -r requirements/dev.txt \
		|| $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/base.txt -r requirements/dev.txt
	@touch $@

.venv/prepared: .venv/installed motcua/config/install.py motcua/ui/fonts.py $(wildcard motcua/*/locale/*/LC_MESSAGES/*.po)
	@$(BIN)/python -m motcua.config.install
	@touch $@
	@echo "Ready: make demo, make test, .venv/bin/motcua --help"

demo: setup ## the demonstration province on http://localhost:8000 (PORT=…); Ctrl-C stops all of it
	@MOTCUA_MODE=demo PORT=$(PORT) $(BIN)/motcua serve

demo-reset: setup ## throw the demonstration away, load it afresh and serve it
	@MOTCUA_MODE=demo PORT=$(PORT) $(BIN)/motcua serve --reset

test: setup browser ## all tests: the quick ones, then those that take long and those in a browser
	@$(MAKE) --no-print-directory test-unit && $(MAKE) --no-print-directory test-long

test-unit: setup ## the quick tests alone; how long they took is printed
	$(call tested,quick tests,not journey and not slow)

test-long: setup browser ## the long ones and the journeys in a browser
	$(call tested,long tests and journeys,journey or slow)

# Five means that nothing was chosen: a folder may hold tests of one kind only.
define tested
@begun=$$SECONDS; $(BIN)/pytest -n $(PYTEST_WORKERS) --dist loadgroup -m "$(2)" $(TESTS); told=$$?; \
	echo "$(1): $$((SECONDS - begun)) seconds"; test $$told -eq 0 -o $$told -eq 5
endef

browser: ## Chromium for the journeys: installed where we may, named where we may not
	@bash tests/journeys/browser.sh

check: setup lint types imports migrations test ## what the continuous integration runs

format: setup ## write the code in the one format
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

lint: setup
	@$(BIN)/ruff format --check . && $(BIN)/ruff check .

types: setup
	@$(BIN)/mypy $(TYPED)

imports: setup
	@$(BIN)/lint-imports --verbose | tail -40; exit $${PIPESTATUS[0]}

migrations: setup
	@MOTCUA_MODE=demo $(BIN)/motcua manage makemigrations --check --dry-run

bench: setup ## measure, beside the raw limit of the database; writes bench/latest.json
	@$(BIN)/python -P -m bench

bench-10m: setup ## figures at ten million dossiers beside a hundred thousand; more than half an hour, 60 GB of disk
	@$(BIN)/python -P -m bench --dossiers 100000,10000000 --scenes board766,leaders --seconds 5 --output bench/latest-10m.json

messages: setup ## put new sentences into the English catalogues and name those that wait for a translation
	@$(BIN)/python -P -m motcua.config.messages

states: setup ## draw the moves of dossiers and tasks into their READMEs
	@MOTCUA_MODE=demo DJANGO_SETTINGS_MODULE=motcua.config.settings $(BIN)/python -P -m motcua.dossiers.drawing
	@MOTCUA_MODE=demo DJANGO_SETTINGS_MODULE=motcua.config.settings $(BIN)/python -P -m motcua.directives.drawing

lock: ## resolve the requirements anew
	@cd requirements && for name in uv base dev; do ../$(BIN)/uv pip compile --quiet --universal --generate-hashes \
		--no-emit-index-url --no-header --python-version 3.11 $$name.in -o $$name.txt; done
