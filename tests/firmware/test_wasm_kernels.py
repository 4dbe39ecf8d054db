# SPDX-License-Identifier: GPL-3.0-or-later
"""The WebAssembly kernels: the same bytes as the portable ones, and no read past what they may."""

from __future__ import annotations

import shutil

import pytest
import wasmtime

from tests.helpers.native_engine import make

TRIALS = 20_000


def test_simd_kernels_are_equal_to_the_portable_ones(tmp_path):
    if shutil.which("clang-14") is None:
        pytest.skip("needs clang-14")
    make(tmp_path, "wasm_kernels")
    store = wasmtime.Store()
    module = wasmtime.Module.from_file(store.engine, str(tmp_path / "wasm" / "kernels.wasm"))
    exports = wasmtime.Instance(store, module, []).exports(store)
    assert exports["differing_kernel"](store, TRIALS) == 0
