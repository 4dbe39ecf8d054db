# SPDX-License-Identifier: GPL-3.0-or-later
# make run | test | lint | firmware | package | screenshots | translations | clean
# Each target sets up what it needs and is quick the second time.

PYTHON ?= python3
VENV   := .venv
PY     := $(VENV)/bin/python
JOBS   ?= 2

.PHONY: run test lint format firmware firmware-check screenshots translations clean \
	package packages-run packages-test packages-firmware packages-package

run: packages-run $(VENV)/.ready-run
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname)" = Darwin ]; then \
		exec $(PY) -m app; \
	else \
		echo "No display: running the whole loop headless on the simulated board."; \
		exec $(PY) -m app demo; \
	fi

# Windows are tested last and one by one: their heartbeat judges how quick they are, which a machine
# that is busy with other tests would blur. What else the machine does still shows now and then, so a
# window's test that fails is asked up to twice more; one that fails three times fails.
FAILED_WINDOWS = $(PY) -m pytest -q -m window --last-failed --last-failed-no-failures none

test: packages-test packages-firmware $(VENV)/.ready-dev
	$(PY) -m pytest -q -n $(JOBS) --dist worksteal -m "not window"
	$(PY) -m pytest -q -m window || $(FAILED_WINDOWS) || $(FAILED_WINDOWS)

lint: packages-test $(VENV)/.ready-dev
	$(VENV)/bin/ruff check app tests benchmarks docs packaging resources
	$(VENV)/bin/ruff format --check app tests benchmarks docs packaging resources
	$(VENV)/bin/pyright
	$(VENV)/bin/lint-imports
	@sources=$$(git ls-files '*.c' '*.h'); \
	if [ -n "$$sources" ]; then clang-format --dry-run -Werror $$sources; fi

format: $(VENV)/.ready-dev
	$(VENV)/bin/ruff check --fix app tests benchmarks docs packaging resources
	$(VENV)/bin/ruff format app tests benchmarks docs packaging resources

IMAGE_TOOLS = PYTHON="$(abspath $(PY))" ESPTOOL="$(abspath $(PY)) -m esptool"

# The images that the studio carries. The check builds them again and compares every byte.
firmware: packages-run packages-firmware $(VENV)/.ready-firmware
	@$(MAKE) -s -C firmware images $(IMAGE_TOOLS)
	@$(PYTHON) resources/firmware/update.py

firmware-check: packages-run packages-firmware $(VENV)/.ready-firmware
	@$(MAKE) -s -B -C firmware images $(IMAGE_TOOLS)
	@$(PYTHON) resources/firmware/update.py --check

screenshots: packages-test $(VENV)/.ready-dev
	$(PY) -m docs.make_screenshots

# The installers for Linux: dist/tinywright_VERSION_MACHINE.deb, the same as a tar.xz, and SHA256SUMS.
package: packages-package $(VENV)/.ready-package
	PYTHONHASHSEED=1 $(VENV)/bin/pyinstaller --noconfirm --log-level WARN --distpath build/package --workpath build pyinstaller.spec
	$(PY) packaging/contents.py build/package/tinywright/_internal
	$(PY) packaging/linux/build.py build/package/tinywright dist

translations: $(VENV)/.ready-dev
	$(PY) resources/translations/update.py

packages-run:
	@.ci/system-packages run

packages-test:
	@.ci/system-packages test

packages-firmware:
	@.ci/system-packages firmware

packages-package:
	@.ci/system-packages package

# Exact versions come from .ci/constraints.txt, the ranges that work from pyproject.toml.
$(VENV)/.ready-run: pyproject.toml .ci/constraints.txt
	@$(PY) -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	$(PY) -m pip install -q --disable-pip-version-check -c .ci/constraints.txt -e .
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready-run
	$(PY) -m pip install -q --disable-pip-version-check -c .ci/constraints.txt -e .[dev]
	@touch $@

$(VENV)/.ready-package: $(VENV)/.ready-run
	$(PY) -m pip install -q --disable-pip-version-check -c .ci/constraints.txt -e .[package]
	@touch $@

$(VENV)/.ready-firmware: $(VENV)/.ready-run
	$(PY) -m pip install -q --disable-pip-version-check -c .ci/constraints.txt -e .[firmware]
	@touch $@

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find app tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
