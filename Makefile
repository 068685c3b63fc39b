# Deban. `make help` lists the targets; a newcomer needs two: `make demo` and `make test`.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:

VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.deban-ready
# Set PYTHON to choose one; else the newest that the lock was tried with, then whatever runs.
PYTHON ?=
CANDIDATES := python3.13 python3.12 python3.11 python3.14 python3 python
ENOUGH := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
# Test processes: each starts its own PostgreSQL, so more than four only cost memory.
JOBS ?= $(shell n=$$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2); echo $$(( n > 4 ? 4 : n )))
PORT ?= 8000

.PHONY: help setup tokens demo serve test check bench pairs lock words screenshots browser clean

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | while IFS=$$'\t' read -r name text; \
	do printf '  make %-12s %s\n' "$$name" "$$text"; done

setup: $(READY) ## create .venv with everything that is locked (quick when it is there)

$(READY): requirements/dev.txt pyproject.toml
	@if [ ! -x $(BIN)/python ] || ! $(BIN)/python -c '$(ENOUGH)' 2>/dev/null; then \
	  chosen=''; \
	  for each in $(or $(PYTHON),$(CANDIDATES)); do \
	    if command -v "$$each" >/dev/null && "$$each" -c '$(ENOUGH)' 2>/dev/null; \
	    then chosen=$$each; break; fi; \
	  done; \
	  if [ -z "$$chosen" ]; then \
	    echo 'Deban needs Python 3.11 or newer with its venv module (Debian, Ubuntu: apt-get' \
	      'install python3 python3-venv). None was found; `make setup PYTHON=/path/to/python3`' \
	      'names another one.' >&2; exit 1; fi; \
	  echo "creating $(VENV) with $$("$$chosen" --version)"; \
	  "$$chosen" -m venv $(VENV); fi
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(MAKE) --no-print-directory tokens
	@touch $@

# The stylesheet has the same values itself, so that a machine without npm lacks nothing.
TOKENS := node_modules/@digital-go-jp/design-tokens/dist/tokens.css
tokens: ## load the Digital Agency's design tokens, where npm is
	@if command -v npm >/dev/null && npm ci --silent --no-audit --no-fund --fetch-retries=0 --fetch-timeout=20000 2>/dev/null; \
	then cp $(TOKENS) service/web/static/tokens.css; \
	else echo 'no design tokens loaded (npm is not here, or reaches nothing): the own values stand'; fi

demo: $(READY) ## show matches for the example town, then serve it; Ctrl-C ends it
	$(BIN)/deban demo

serve: $(READY) ## migrate the database of DEBAN_DATABASE_URL and serve it
	$(BIN)/deban migrate
	$(BIN)/deban serve --port $(PORT)

test: $(READY) browser ## every test, on SQLite and PostgreSQL
	$(BIN)/python -m pytest -n $(JOBS) -ra

# A Chromium of the machine first; Playwright's own download where there is none.
browser: $(READY)
	@for each in "$${DEBAN_CHROMIUM:-}" chromium chromium-browser google-chrome; do \
	  if [ -n "$$each" ] && command -v "$$each" >/dev/null; then exit 0; fi; done; \
	$(BIN)/python -m playwright install chromium || \
	  echo 'No Chromium is here and none could be loaded: the browser journeys (tests/journeys)' \
	    'cannot run on this machine; everything else does.' >&2

CHECKS := check-lint check-format check-types check-imports check-deptry check-diagram \
  check-lock check-docker check-compose
.PHONY: $(CHECKS)
check: $(CHECKS) ## lint, types, import contracts, dependencies, stale diagrams, files for Docker
	@echo 'every check passed'

check-lint: $(READY)
	$(BIN)/ruff check .
check-format: $(READY)
	$(BIN)/ruff format --check .
check-types: $(READY)
	$(BIN)/mypy
check-imports: $(READY)
	$(BIN)/lint-imports --no-cache
check-deptry: $(READY)
	$(BIN)/deptry .
check-diagram: $(READY)
	@diff <($(BIN)/python -m service.placements.diagram) \
	  <(sed -n '/^```mermaid$$/,/^```$$/p' docs/placements.md) \
	  || { echo 'docs/placements.md is stale: python -m service.placements.diagram prints the diagram' >&2; exit 1; }
	@$(BIN)/python -c 'from pathlib import Path; from service.followup.printed import printed; \
	  raise SystemExit(printed() not in Path("docs/follow-up.md").read_text(encoding="utf-8"))' \
	  || { echo 'docs/follow-up.md is stale: python -m service.followup.printed prints the cadence' >&2; exit 1; }
	@$(BIN)/python -c 'from pathlib import Path; from service.accounts.printed import printed; \
	  raise SystemExit(printed() not in Path("docs/roles.md").read_text(encoding="utf-8"))' \
	  || { echo 'docs/roles.md is stale: python -m service.accounts.printed prints the tables' >&2; exit 1; }
check-lock:
	@! grep -nE '(https?|file)://|^ *--?(index|extra|find|trusted)|"resolved"' requirements/*.txt package-lock.json
check-docker: $(READY)
	$(BIN)/hadolint Dockerfile
check-compose: $(READY)
	$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec compose.yaml

bench: $(READY) ## measure matching beside SQL and plain Python, and the HTTP answer
	$(BIN)/python -m benchmarks.side_by_side
	$(BIN)/python -m pytest benchmarks -o python_files='test_*.py' --benchmark-columns=min,median,max,rounds
	$(BIN)/python -m benchmarks.load

pairs: $(READY) ## hold a million random pairs against plain Python (minutes)
	$(BIN)/python -m benchmarks.pairs

lock: $(READY) ## resolve the dependencies anew, with hashes and without registry addresses
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --no-header --no-emit-index-url --no-emit-find-links pyproject.toml -o requirements/run.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --no-header --no-emit-index-url --no-emit-find-links --extra embeddings -c requirements/run.txt pyproject.toml -o requirements/embeddings.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --no-header --no-emit-index-url --no-emit-find-links --group dev --extra embeddings -c requirements/embeddings.txt pyproject.toml -o requirements/dev.txt
	echo hatchling | $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	  --no-header --no-emit-index-url --no-emit-find-links -c requirements/dev.txt - -o requirements/build.txt

# Babel marks no guess as a translation: what is missing stays empty, and a test names it.
words: $(READY) ## bring the English catalogue up to the texts that are there
	@template=$$(mktemp); trap 'rm -f "$$template"' EXIT; \
	$(BIN)/pybabel --quiet extract -F pyproject.toml -k pgettext:1c,2 --no-wrap --sort-by-file \
	  --add-location=file --no-default-keywords -o "$$template" .; \
	$(BIN)/pybabel --quiet update -i "$$template" -o service/languages/en.po -l en --no-wrap \
	  --no-fuzzy-matching --ignore-obsolete --omit-header

screenshots: $(READY) browser ## draw the pictures of the documents (docs/images)
	$(BIN)/python -m tests.journeys.screenshots

clean: ## remove what was made here, but no database
	rm -rf $(VENV) dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .benchmarks
