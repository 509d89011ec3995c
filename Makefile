# make run: set up what is missing and open the chat. make test: set up and run every check.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin

.PHONY: setup run test check eval bench load fuzz same train mutations editions crash scale growth signing switching screenshots clean

setup: $(VENV)/installed

$(VENV)/installed: requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --upgrade "pip>=25"
	$(BIN)/python -m pip install torch==$$(sed -n 's/^torch==//p' requirements.txt)
	$(BIN)/python -m pip install -r requirements.txt
	touch $@

run: setup
	$(BIN)/python -m views --browser

test: check
	$(BIN)/python -m eval

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m ingest build
	$(BIN)/python -m ingest check
	$(BIN)/pytest -n 2 --dist loadscope

eval: setup
	$(BIN)/python -m eval --peer

bench: setup
	$(BIN)/python -m eval.bench
	$(BIN)/python -m tests.browser.bench
	$(BIN)/python -m eval.dead_model

fuzz: setup
	$(BIN)/python -m eval.fuzz

same: setup
	$(BIN)/python -m eval.same

load: setup
	$(BIN)/python -m eval.load

crash: setup
	$(BIN)/python -m eval.crash

scale: setup
	$(BIN)/python -m eval.scale

growth: setup
	$(BIN)/python -m eval.growth --beside 10,50,150

signing: setup
	$(BIN)/python -m tests.browser.signing_day

switching: setup
	$(BIN)/python -m eval.switching
	$(BIN)/python -m tests.ask_while_parsing

screenshots: setup
	$(BIN)/python -m tests.browser.screenshots

mutations: setup
	$(BIN)/python -m eval --mutations

editions: setup
	$(BIN)/python -m tests.compare_editions
	$(BIN)/python -m tests.print_refusals

train: setup
	$(BIN)/python -m ingest adapt
	$(BIN)/python -m eval.train

clean:
	rm -rf var
