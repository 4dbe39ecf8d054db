# SPDX-License-Identifier: GPL-3.0-or-later
"""Trained networks on disk: back as they were, and damage told in words."""

import random
from pathlib import Path

import numpy as np
import pytest

from app.core.errors import ModelError
from app.ml.backend import keras
from app.ml.saved_model import load_model, save_model


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, object]:
    model = keras.Sequential([keras.Input((4, 2)), keras.layers.Flatten(), keras.layers.Dense(2)])
    path = tmp_path_factory.mktemp("model") / "model.keras"
    save_model(model, path)
    return path, model


def test_a_network_comes_back_as_it_was(saved: tuple[Path, object]) -> None:
    path, model = saved
    windows = np.random.default_rng(1).normal(size=(5, 4, 2)).astype(np.float32)
    np.testing.assert_array_equal(
        load_model(path).predict_on_batch(windows),
        model.predict_on_batch(windows),  # type: ignore[attr-defined]
    )
    assert [each.name for each in path.parent.iterdir()] == ["model.keras"]


@pytest.mark.parametrize("contents", [b"", b"no zip at all", b"PK\3\4" + bytes(200)])
def test_what_is_no_network_is_told(tmp_path: Path, contents: bytes) -> None:
    path = tmp_path / "model.keras"
    path.write_bytes(contents)
    with pytest.raises(ModelError, match="Train again"):
        load_model(path)


def test_damage_anywhere_is_told(saved: tuple[Path, object], tmp_path: Path) -> None:
    whole = saved[0].read_bytes()
    path = tmp_path / "model.keras"
    chance = random.Random(1)
    told = 0
    for _ in range(30):
        damaged = bytearray(whole)
        for _ in range(3):
            damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        path.write_bytes(damaged)
        try:
            load_model(path)  # a date in the zip may be what was hit
        except ModelError:
            told += 1
    assert told > 15
