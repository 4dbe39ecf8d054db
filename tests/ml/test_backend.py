# SPDX-License-Identifier: GPL-3.0-or-later
"""Keras as the studio wants it, whatever the user has told Keras elsewhere."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from app.core.own_process import own_environment

ASK = "from app.ml.backend import keras as k; print(k.config.floatx(), k.config.backend())"


def test_the_users_own_keras_is_neither_followed_nor_touched(tmp_path: Path) -> None:
    own = tmp_path / ".keras" / "keras.json"
    own.parent.mkdir()
    wishes = json.dumps({"floatx": "float16", "backend": "torch"})
    own.write_text(wishes, "utf-8")
    environment = own_environment() | {
        "HOME": str(tmp_path),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "KERAS_BACKEND": "jax",
    }
    done = subprocess.run(
        [sys.executable, "-c", ASK], env=environment, capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == ["float32", "tensorflow"], done.stderr
    assert own.read_text("utf-8") == wishes
    if sys.platform == "linux":
        assert {each.name for each in tmp_path.iterdir()} == {".keras", "cache"}
        assert (tmp_path / "cache" / "tinywright" / "keras").is_dir()
