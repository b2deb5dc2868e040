# Everything is installed in .venv (and .venv-peers), from hash-locked files.
# On a machine with several Pythons: make setup PYTHON=python3.12

PYTHON ?= python3
UPGRADE ?=

VENV := .venv
PEERS := .venv-peers
BIN := $(VENV)/bin
ASSETS := src/asylon_server/web/assets
STYLES := $(ASSETS)/built/stamp
FACES := src/asylon_server/letters/fetched
INSTALL := -m pip install -qq --disable-pip-version-check --require-hashes
COMPILE := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header \
	--no-emit-index-url --no-emit-find-links --python-version 3.11 $(UPGRADE)
LOCKED := base build server assets dev peers

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup dev demo test check bench soak format messages lock clean

help: ## Show these targets.
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

setup: $(VENV)/.setup $(STYLES) ## Install asylon in .venv.
	@:

dev: $(VENV)/.dev $(STYLES) ## Install what the checks and the tests need, too.
	@:

demo: setup ## See the system at work, with invented people (folder: demo).
	@$(BIN)/asylon demo

# What docs say is tried by `check`, and takes minutes: not twice.
test: dev ## Run the tests, and those of the system on both databases.
	@$(BIN)/python -m tests.browser.finding || test -z "$$CI"
	@log=$$(mktemp); trap 'rm -f "$$log"' EXIT; \
	{ ASYLON_TEST_DATABASE=postgresql $(BIN)/pytest tests/asylon_server; hosted=$$?; \
		$(BIN)/pytest tests/browser && exit $$hosted; } > "$$log" 2>&1 & \
	beside=$$!; \
	$(BIN)/pytest --ignore=tests/browser --ignore=tests/test_docs.py; here=$$?; \
	wait $$beside; there=$$?; \
	echo "The system again, on PostgreSQL, and then the pages in a browser."; \
	cat "$$log"; \
	exit $$((here | there))

check: dev ## Check format, lint, types, import contracts, the law and the docs.
	@echo "Checking the format."
	@$(BIN)/ruff format --check .
	@echo "Checking the code."
	@$(BIN)/ruff check .
	@echo "Checking the types."
	@$(BIN)/mypy
	@echo "Checking who imports whom."
	@$(BIN)/lint-imports --no-logo
	@echo "Checking the law."
	@$(BIN)/asylon law check
	@echo "Checking the docs."
	@$(BIN)/pytest tests/test_docs.py -q

bench: dev $(PEERS)/.installed ## Measure asylon beside its peers.
	@$(BIN)/python -m benchmarks

soak: dev ## Run the long random tests.
	@ASYLON_SOAK=1 $(BIN)/pytest -m soak

format: dev ## Format the code and mend what can be mended by machine.
	@$(BIN)/ruff check --fix-only .
	@$(BIN)/ruff format .

messages: dev ## Write templates and catalogues of messages, and what docs print, anew.
	@$(BIN)/python -m docs.messages
	@$(BIN)/python -m docs.pages
	@$(BIN)/python -m docs.generate

lock: dev ## Lock the requirements again (make lock UPGRADE=--upgrade for newer ones).
	@for name in $(LOCKED); do \
		echo "Locking requirements/$$name.txt."; \
		$(COMPILE) requirements/$$name.in -o requirements/$$name.txt || exit 1; \
	done
	@! grep -nE '://|--(extra-)?index|--find-links' $(LOCKED:%=requirements/%.txt) \
		|| { echo "A locked file names an address; it must name only packages."; exit 1; }

clean: ## Remove the environments and everything that was built or cached.
	@rm -rf $(VENV) $(PEERS) $(ASSETS)/built $(ASSETS)/node_modules $(FACES)/faces build dist .mypy_cache .pytest_cache .ruff_cache \
		.import_linter_cache .hypothesis
	@find src tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + \
		2>/dev/null || true

define make_environment
@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	echo "Asylon needs Python 3.11 or newer, and '$(PYTHON)' is not:" \
		"$$($(PYTHON) --version 2>&1)."; \
	echo "Name a newer one, for example: make setup PYTHON=python3.12"; \
	exit 1; }
@echo "Making $(@D) with $$($(PYTHON) --version)."
@$(PYTHON) -m venv --clear $(@D)
endef

$(VENV)/pyvenv.cfg $(PEERS)/pyvenv.cfg:
	$(make_environment)

$(VENV)/.setup: $(VENV)/pyvenv.cfg pyproject.toml requirements/build.txt \
		requirements/server.txt requirements/assets.txt
	@echo "Installing asylon and what it needs."
	@$(BIN)/python $(INSTALL) -r requirements/build.txt -r requirements/server.txt \
		-r requirements/assets.txt
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps \
		--no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.setup requirements/dev.txt
	@echo "Installing what the checks and the tests need."
	@$(BIN)/python $(INSTALL) -r requirements/dev.txt
	@touch $@

# An office may stand behind a proxy whose certificate only its machine knows.
$(STYLES): $(VENV)/.setup $(ASSETS)/package-lock.json $(wildcard $(ASSETS)/*.py) \
		$(FACES)/package-lock.json $(wildcard $(ASSETS)/styles/*.scss)
	@echo "Building the styles of the pages, and looking for faces for letters."
	@NODE_USE_SYSTEM_CA=1 $(BIN)/python -m asylon_server.web.assets
	@touch $@

$(PEERS)/.installed: $(PEERS)/pyvenv.cfg requirements/peers.txt
	@echo "Installing the peers for the benchmarks."
	@$(PEERS)/bin/python $(INSTALL) -r requirements/peers.txt
	@touch $@
