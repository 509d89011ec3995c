# make run: set up what is missing and open the chat. make test: set up and run every check.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin

.PHONY: setup run test check eval bench train mutations clean

setup: $(VENV)/installed

$(VENV)/installed: requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --upgrade "pip>=25"
	$(BIN)/python -m pip install torch==$$(sed -n 's/^torch==//p' requirements.txt)
	$(BIN)/python -m pip install -r requirements.txt
	touch $@

run: setup
	$(BIN)/streamlit run app.py --server.headless false --browser.serverAddress localhost

test: check
	$(BIN)/python -m eval

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m ingest build
	$(BIN)/python -m ingest check
	$(BIN)/pytest

eval: setup
	$(BIN)/python -m eval --peer

bench: setup
	$(BIN)/python -m eval.bench

mutations: setup
	$(BIN)/python -m eval --mutations

train: setup
	$(BIN)/python -m ingest adapt
	$(BIN)/python -m eval.train

clean:
	rm -rf var
