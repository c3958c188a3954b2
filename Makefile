# Every target makes the virtual environment first when it is missing. Bare `make` prints help.
PYTHON ?= python3.11
BIN := .venv/bin
INSTALLED := .venv/.installed
RUNS ?= runs
REAL := ../shared/datasets

.PHONY: help install demo test check docs bench bench-growth proofs tuner model-card night-real trust advisories clean
.DEFAULT_GOAL := help

help: ## print this help
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

install: $(INSTALLED) ## make .venv with everything that runs, tests and checks need

$(INSTALLED): pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet torch==2.13.0
	$(BIN)/pip install --quiet --editable '.[dev]'
	touch $@

demo: $(INSTALLED) ## write a sample inbox, run a night on it, show the top of a shortlist
	$(BIN)/briefmatch sample inbox --candidates 300 --briefs 12
	$(BIN)/briefmatch run --inbox inbox --runs runs --as-of 2026-11-22 --show

test: $(INSTALLED) ## run the whole test suite
	HF_HUB_OFFLINE=1 $(BIN)/pytest -n 2 --dist loadfile

check: $(INSTALLED) ## ruff, mypy --strict, import-linter
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(INSTALLED) ## write what the code knows into the README, docs/modules.md and docs/data.md
	$(BIN)/python -m pipeline.documentation

bench: $(INSTALLED) ## measure speed, two things in one run
	$(BIN)/python -m pipeline.benchmarks.speed

bench-growth: $(INSTALLED) ## measure how time and memory grow; half an hour, 12 GB of disk
	$(BIN)/python -m pipeline.benchmarks.growth

proofs: $(INSTALLED) ## prove the estimators and the retuning on simulated agencies
	$(BIN)/python -m evaluation.proofs.coverage
	$(BIN)/python -m evaluation.proofs.recovery

tuner: $(INSTALLED) ## open the tuning app on the runs folder (RUNS=runs)
	$(BIN)/marimo run --token evaluation/tuner.py -- --runs $(RUNS)

model-card: $(INSTALLED) ## write evaluation/MODEL_CARD.md from the files that hold its figures
	$(BIN)/python -m pipeline.registry.model_card

night-real: $(INSTALLED) ## a night on real CVs and judged briefs; skipped without ../shared
	$(BIN)/python -m pipeline.benchmarks.night_real $(REAL)

trust: $(INSTALLED) ## break nights, logs, disks and erasures on purpose, and count what holds
	$(BIN)/python -m pipeline.trials

advisories: $(INSTALLED) ## ask PyPI for known vulnerabilities of what is installed; needs a network
	$(BIN)/python -m pipeline.procurement.advisories --runs $(RUNS)

clean: ## remove what runs wrote; the virtual environment stays
	rm -rf inbox runs
