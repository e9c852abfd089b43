# Pregón: the commands to learn. `make` alone lists them.
#
# Needs Python 3.11 or newer and make; everything else goes into .venv, from requirements files pinned by hash.
# Each step leaves a stamp in .venv, so a second run starts at once and a changed requirements file installs again.

PYTHON ?= python3
PORT ?= 8000
OUTPUT ?= salida
WORKERS ?= 2

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check --no-input  # errors only: a machine may name extra places
EXAMPLE := examples/registro-2025-T4.xlsx
COMPILE := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 \
           --extra web --group build

.DEFAULT_GOAL := help
.SUFFIXES:
.NOTPARALLEL:  # two pips in one venv quarrel
MAKEFLAGS += --no-builtin-rules --no-print-directory

.PHONY: help install dev run test test-postgres slow check format bench golden coverage pictures requirements clean

help:  ## lista estas órdenes
	@echo 'Pregón. Órdenes:'
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-20s %s\n", $$1, $$2 }'

# --- installing -------------------------------------------------------------------------------------------------

install: $(VENV)/.package  ## instala Pregón en .venv

dev: $(VENV)/.package $(VENV)/.dev

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo 'Pregón necesita Python 3.11 o posterior; indique cuál: make PYTHON=python3.12 …' >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo 'A este Python le falta venv; en Debian y Ubuntu instale el paquete python3-venv.' >&2; exit 2; }
	@echo 'Se prepara .venv; la primera vez tarda un minuto.'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.requirements: requirements.txt | $(BIN)/python
	@$(PIP) install --require-hashes --requirement requirements.txt
	@touch $@

# The package itself: no dependencies (they are pinned above) and no second environment (setuptools is among them).
$(VENV)/.package: $(VENV)/.requirements pyproject.toml
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q src  # the first call of each command is then as quick as the next ones
	@touch $@

$(VENV)/.dev: $(VENV)/.requirements requirements-dev.txt
	@$(PIP) install --require-hashes --requirement requirements-dev.txt
	@touch $@

# --- using ------------------------------------------------------------------------------------------------------

run: install  ## hace y audita el informe de ejemplo, y abre la oficina de muestra (PORT=8000)
	@mkdir -p $(OUTPUT)
	@$(BIN)/pregon report $(EXAMPLE) --output $(OUTPUT)
	@echo
	@$(BIN)/pregon audit $(foreach suffix,docx pdf html xlsx,$(OUTPUT)/informe-2025-T4.$(suffix))
	@echo
	@exec $(BIN)/pregon demo --port $(PORT)

# --- proving ----------------------------------------------------------------------------------------------------

check: dev  ## ruff, mypy estricto y los contratos entre capas
	@$(BIN)/ruff check --quiet --output-format concise .
	@$(BIN)/ruff format --check --quiet . || { echo 'Hay archivos sin formato: make format' >&2; exit 1; }
	@$(BIN)/mypy --no-error-summary src tests examples bench
	@$(BIN)/lint-imports > $(VENV)/lint-imports.txt 2>&1 || { cat $(VENV)/lint-imports.txt; exit 1; }

test: dev  ## todo lo que CI comprueba: make check y las pruebas, en orden aleatorio
	@sh scripts/install-test-programs.sh
	@$(MAKE) check
	@$(BIN)/python -m pytest --quiet -n $(WORKERS)

test-postgres: dev  ## las pruebas de la oficina sobre PostgreSQL (DATABASE_URL, o un servidor propio)
	@sh scripts/install-test-programs.sh
	@PYTHON=$(BIN)/python sh scripts/test-postgres.sh -n $(WORKERS) tests/web

slow: dev  ## las pruebas de más de un minuto
	@sh scripts/install-test-programs.sh
	@$(BIN)/python -m pytest --quiet -m slow || [ $$? -eq 5 ]  # 5: there is none

format: dev  ## da formato al código
	@$(BIN)/ruff format --quiet .
	@$(BIN)/ruff check --quiet --fix .

coverage: dev  ## qué líneas no toca ninguna prueba
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m pytest --quiet
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report

bench: dev  ## mide cada banco junto al rival contra el que se compara
	@missed=''; for bench in bench/*.py; do \
	  [ -e "$$bench" ] || { echo 'No hay bancos en bench/.' >&2; exit 2; }; \
	  echo "== $$bench"; $(BIN)/python "$$bench" || missed="$$missed $$bench"; \
	done; \
	[ -z "$$missed" ] || { echo "No alcanzan su meta:$$missed" >&2; exit 1; }

golden: dev  ## rehace las salidas patrón; lea la diferencia con git diff antes de guardarla
	@PREGON_GOLDEN=rewrite $(BIN)/python -m pytest --quiet -p no:randomly -m golden || [ $$? -eq 5 ]
	@git --no-pager diff --stat -- tests

pictures: dev  ## rehace las imágenes de docs/guia con las pruebas que recorren la oficina en un navegador
	@sh scripts/install-test-programs.sh
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && \
	  PREGON_PICTURES="$$folder" $(BIN)/python -m pytest --quiet -m "slow or not slow" tests/web/test_walk.py tests/web/test_request_walk.py \
	    tests/web/test_guide_pictures.py && \
	  $(BIN)/python scripts/keep_guide_pictures.py "$$folder"

requirements: dev  ## fija de nuevo las dependencias por su huella (UPGRADE=--upgrade las sube)
	@$(COMPILE) $(UPGRADE) pyproject.toml --output-file requirements.txt
	@$(COMPILE) $(UPGRADE) --extra dev --constraint requirements.txt pyproject.toml --output-file requirements-dev.txt
	@$(MAKE) dev

clean:  ## borra .venv y todo lo que se puede rehacer
	@rm -rf $(VENV) build dist src/*.egg-info $(OUTPUT) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache \
	  .hypothesis .coverage .coverage.*
	@find src tests bench scripts -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
