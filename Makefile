# SPDX-License-Identifier: GPL-3.0-or-later
# make run | test | lint | firmware | screenshots | translations | clean
# Each target sets up what it needs and is quick the second time.

PYTHON ?= python3
VENV   := .venv
PY     := $(VENV)/bin/python
JOBS   ?= 2

.PHONY: run test lint format firmware firmware-check screenshots translations clean \
	packages-run packages-test packages-firmware

run: packages-run $(VENV)/.ready-run
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname)" = Darwin ]; then \
		exec $(PY) -m app; \
	else \
		echo "No display: running the whole loop headless on the simulated board."; \
		exec $(PY) -m app demo; \
	fi

# Windows are tested last and one by one: their heartbeat judges how quick they are, which a machine
# that is busy with other tests would blur. What else the machine does still shows now and then, so a
# window's test that fails is asked once more; one that fails twice fails.
test: packages-test packages-firmware $(VENV)/.ready-dev
	$(PY) -m pytest -q -n $(JOBS) --dist worksteal -m "not window"
	$(PY) -m pytest -q -m window || \
		$(PY) -m pytest -q -m window --last-failed --last-failed-no-failures none

lint: packages-test $(VENV)/.ready-dev
	$(VENV)/bin/ruff check app tests benchmarks docs resources
	$(VENV)/bin/ruff format --check app tests benchmarks docs resources
	$(VENV)/bin/pyright
	$(VENV)/bin/lint-imports
	@sources=$$(git ls-files '*.c' '*.h'); \
	if [ -n "$$sources" ]; then clang-format --dry-run -Werror $$sources; fi

format: $(VENV)/.ready-dev
	$(VENV)/bin/ruff check --fix app tests benchmarks docs resources
	$(VENV)/bin/ruff format app tests benchmarks docs resources

# The images that the studio carries. The check builds them again and compares every byte.
firmware: packages-run packages-firmware $(VENV)/.ready-run
	@$(MAKE) -s -C firmware images ESPTOOL="$(abspath $(PY)) -m esptool"
	@$(PYTHON) resources/firmware/update.py

firmware-check: packages-run packages-firmware $(VENV)/.ready-run
	@$(MAKE) -s -B -C firmware images ESPTOOL="$(abspath $(PY)) -m esptool"
	@$(PYTHON) resources/firmware/update.py --check

screenshots: packages-test $(VENV)/.ready-dev
	$(PY) -m docs.make_screenshots

translations: $(VENV)/.ready-dev
	$(PY) resources/translations/update.py

packages-run:
	@.ci/system-packages run

packages-test:
	@.ci/system-packages test

packages-firmware:
	@.ci/system-packages firmware

# Exact versions come from .ci/constraints.txt, the ranges that work from pyproject.toml.
$(VENV)/.ready-run: pyproject.toml .ci/constraints.txt
	@$(PY) -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	$(PY) -m pip install -q --disable-pip-version-check -c .ci/constraints.txt -e .
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready-run
	$(PY) -m pip install -q --disable-pip-version-check -c .ci/constraints.txt -e .[dev]
	@touch $@

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find app tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
