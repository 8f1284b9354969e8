# The commands of the project; `make help` lists them.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help run test lint format bench gallery evaluate simulate venv venv-dev

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

run: venv ## everything on embedded defaults; open the printed address
	@exec $(BIN)/python -m bot.house

test: venv-dev ## the whole suite
	$(BIN)/python -m pytest

lint: venv-dev ## ruff, mypy, import-linter
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: venv-dev ## let ruff put the code in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: venv-dev ## the benchmark table, also in var/bench.json
	$(BIN)/python -m tests.bench

gallery: venv-dev ## every card with all its states, as pictures in var/gallery
	$(BIN)/python -m tests.browser.gallery

evaluate: venv-dev ## how well messages are understood: intents, slots, decisions, off-topic talk (OFFTOPIC_CSV), time
	$(BIN)/python -m tests.understanding.evaluate

simulate: venv-dev ## a whole year of working days with 10 000 issues; exit 1 when a deadline is missed or doubled
	$(BIN)/python -m tests.simulate

venv: $(VENV)/.installed ## only install into .venv, for a server
venv-dev: $(VENV)/.installed-dev

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo '需要 Python 3.11 或 3.12：请安装后重试（可用 make PYTHON=/路径/python3.11 run 指定）' >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install -q -r requirements.txt
	@touch $@

$(VENV)/.installed-dev: requirements.txt requirements-dev.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install -q -r requirements-dev.txt
	@touch $@ $(VENV)/.installed
