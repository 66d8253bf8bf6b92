# Two commands: `make demo` and `make test`. Both set up what they need.
PYTHON ?= python3
FUZZ_SECONDS ?= 120
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

.PHONY: demo test bench fuzz clean

$(BIN)/onkos: pyproject.toml constraints.txt
	$(PYTHON) -c "import sys; sys.exit(0 if sys.version_info >= (3, 11) else 'onkos needs Python 3.11 or newer; set PYTHON=/path/to/python3.11')"
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --constraint constraints.txt --editable .
	$(BIN)/onkos knowledge compile > /dev/null
	@touch $@

$(VENV)/dev: $(BIN)/onkos
	$(PIP) install --constraint constraints.txt --editable ".[dev]"
	@touch $@

demo: $(BIN)/onkos
	@mkdir -p out
	$(BIN)/onkos report examples/lung/case.toml --output out/demo.html
	@echo
	@$(BIN)/onkos match examples/lung/case.toml
	@echo
	@echo "The report is in $(CURDIR)/out/demo.html : open it in any browser."

test: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/onkos knowledge lint
	$(BIN)/python -m pytest -n auto

bench: $(VENV)/dev
	$(BIN)/python -m benchmarks

fuzz: $(VENV)/dev
	$(PIP) install --editable ".[fuzz]"
	$(BIN)/python -m benchmarks.fuzz_vcf -max_total_time=$(FUZZ_SECONDS) -max_len=6000 -timeout=10

clean:
	rm -rf $(VENV) out .mypy_cache .ruff_cache .pytest_cache .hypothesis
