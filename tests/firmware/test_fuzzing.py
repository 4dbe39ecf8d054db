# SPDX-License-Identifier: GPL-3.0-or-later
"""A short run of the fuzzer: no program makes the engine leave its memory, or do what C leaves
undefined."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from app.deploy.wasm_board import WasmBoard
from tests.firmware.make_fuzz_corpus import CORPUS, seeds
from tests.helpers.native_engine import make

RUNS = 200_000
LIMIT_S = 30
LONGEST_BYTES = 4096
NOTHING = "int LLVMFuzzerTestOneInput(const char *d, unsigned long n) { return !d && n; }"


@pytest.fixture(scope="module")
def fuzzer(build):
    if shutil.which("clang-14") is None:
        pytest.skip("needs clang-14")
    command = ["clang-14", "-fsanitize=fuzzer,address,undefined", "-xc", "-", "-o"]
    probed = subprocess.run(
        [*command, build / "probe"], input=NOTHING, text=True, capture_output=True, check=False
    )
    if probed.returncode != 0:
        pytest.skip("needs libFuzzer (libclang-rt-14-dev)")
    make(build, "fuzz")
    return build / "fuzz" / "load_and_run"


def fuzzed(fuzzer, folder, *options: str) -> str:
    """What the fuzzer says; it ends with an error where it finds a fault."""
    done = subprocess.run(
        [fuzzer, f"-max_len={LONGEST_BYTES}", "-seed=1", *options],
        cwd=folder,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        timeout=150,
    )
    assert done.returncode == 0, done.stderr[-8000:]
    return done.stderr


def test_the_corpus_is_of_programs_that_are_accepted():
    names = {file.name for file in CORPUS.iterdir() if not file.name.startswith("found-")}
    assert names == set(seeds())
    for name in names:
        WasmBoard((CORPUS / name).read_bytes())


def test_the_corpus_is_clean(fuzzer, tmp_path):
    files = sorted(CORPUS.iterdir())
    said = fuzzed(fuzzer, tmp_path, *map(str, files))
    assert said.count("Executed ") == len(files)


def test_a_short_run_is_clean(fuzzer, tmp_path):
    found = tmp_path / "found"
    found.mkdir()
    said = fuzzed(
        fuzzer,
        tmp_path,
        f"-runs={RUNS}",
        f"-max_total_time={LIMIT_S}",
        "-print_final_stats=1",
        str(found),
        str(CORPUS),
    )
    executed = re.search(r"number_of_executed_units: (\d+)", said)
    assert executed is not None
    assert int(executed[1]) > RUNS // 20
    assert any(found.iterdir()), "nothing new was reached"
