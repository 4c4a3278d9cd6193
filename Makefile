# `make demo` and `make test` set everything up by themselves.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
RUN    := .venv-run
LOCK   := $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-header --no-annotate --quiet

# Compiled code is kept wherever this runs: every test worker and every process a test starts reads it.
export PYTHONDONTWRITEBYTECODE :=

# Tests sync thousands of small databases: in memory that takes half the time. Where there is room, and programs may run.
MEMORY := $(shell [ "$$(df -k --output=avail /dev/shm 2>/dev/null | tail -n 1)" -gt 2000000 ] 2>/dev/null \
  && ! grep -q '^[^ ]* /dev/shm [^ ]* [^ ]*noexec' /proc/mounts && echo TMPDIR=/dev/shm)

.PHONY: demo run test coverage check format soak bench classifier docs pictures schema lock release clean

demo: $(READY)            ## the bot in the browser, no account needed
	$(BIN)/limber demo $(if $(PORT),--port $(PORT))

run: $(RUN)/.ready        ## the bot on Discord; needs DISCORD_TOKEN; installs what a host needs and no more
	$(RUN)/bin/python -m bot run

test: $(READY)            ## every test but the long ones
	$(MEMORY) $(BIN)/python -m pytest

coverage: $(READY)        ## the same with coverage, which may not fall; takes half as long again
	$(BIN)/python -m coverage erase
	$(MEMORY) $(BIN)/python -m coverage run -m pytest
	$(BIN)/python -m coverage combine -q
	$(BIN)/python -m coverage report --fail-under=$$(cat .coverage-floor)

check: $(READY)           ## what pre-commit and CI check
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/limber check

format: $(READY)          ## put code in its usual shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

soak: $(READY)            ## what takes long: thousands of examples, hundreds of kills, 100,000 cards, half an hour in which everything breaks
	SOAK=1 $(MEMORY) $(BIN)/python -m pytest -m "hypothesis or soak"
	$(BIN)/python benchmarks/cards.py
	$(BIN)/python -m benchmarks.soak

bench: $(READY)           ## the table of docs/speed.md, measured here: fifteen minutes at most
	$(BIN)/limber check  # as in a release: what was checked starts faster
	$(BIN)/python -m benchmarks.table

classifier: $(READY)      ## how danger is heard in typed words, learned again from content/en/training
	$(BIN)/pip install --quiet 'scikit-learn>=1.7,<2'
	$(BIN)/python -m deploy.classifier

docs: $(READY)            ## what the pages list of the code: packages, modules, layers
	$(BIN)/python docs/tree.py
	$(BIN)/python -m docs.env_example

pictures: $(READY)        ## the pictures in README and docs, made again
	$(BIN)/python docs/pictures.py
	$(BIN)/python -m docs.icon

schema: $(READY)          ## the JSON Schemas that editors use
	$(BIN)/limber schema

lock: $(READY)            ## the lock files, from pyproject.toml: what a host runs is what is tested
	$(BIN)/pip install --quiet uv
	$(LOCK) --group dev --extra demo --extra metrics --extra postgres --output-file requirements-dev.lock
	$(LOCK) --extra metrics --constraint requirements-dev.lock --output-file requirements.lock
	$(LOCK) --extra metrics --extra postgres --constraint requirements-dev.lock --output-file requirements-postgres.lock

release: $(READY)         ## a release, into dist/: make release VERSION=1.0.0
	$(BIN)/python deploy/release.py $(VERSION)

clean:
	rm -rf $(VENV) $(RUN) .coverage .coverage.* dist build

$(RUN)/.ready: requirements.lock
	$(PYTHON) -m venv $(RUN)
	$(RUN)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	touch $@

$(READY): requirements-dev.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Limber needs Python 3.11 or newer; set PYTHON=python3.x")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	-$(BIN)/limber check  # what was checked starts faster: here, every test worker and every process a test starts
	touch $(READY)
