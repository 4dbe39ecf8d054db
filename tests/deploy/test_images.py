# SPDX-License-Identifier: GPL-3.0-or-later
"""Images are taken only as the manifest has them."""

from __future__ import annotations

import json

import pytest

from app.core.errors import DeployError
from app.deploy.images import IMAGES, MANIFEST, read_image, read_manifest


@pytest.fixture
def folder(tmp_path):
    """A copy of the images."""
    for path in (IMAGES / MANIFEST, IMAGES / "engine.wasm"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    return tmp_path


def test_every_image_in_the_manifest_is_there():
    manifest = read_manifest()
    assert manifest.images
    for name, image in manifest.images.items():
        assert len(read_image(name)) == image.bytes


def test_a_changed_image_is_refused(folder):
    path = folder / "engine.wasm"
    image = bytearray(path.read_bytes())
    image[100] ^= 1
    path.write_bytes(image)
    with pytest.raises(DeployError, match=r"engine\.wasm is not what the manifest says"):
        read_image("engine.wasm", folder)


def test_a_missing_image_is_named(folder):
    (folder / "engine.wasm").unlink()
    with pytest.raises(DeployError, match=r"engine\.wasm: .*No such file"):
        read_image("engine.wasm", folder)


def test_an_image_that_is_not_in_the_manifest_is_refused(folder):
    (folder / "other.bin").write_bytes(b"")
    with pytest.raises(DeployError, match=r"does not name other\.bin"):
        read_image("other.bin", folder)


@pytest.mark.parametrize("manifest", ["", "{}", json.dumps({"version": "1", "images": [1]})])
def test_a_broken_manifest_is_refused(folder, manifest):
    (folder / MANIFEST).write_text(manifest)
    with pytest.raises(DeployError, match="damaged"):
        read_manifest(folder)
