# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole files, and arrays that grow while they are recorded."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.storage import (
    SampleWriter,
    load_samples,
    recover_samples,
    replacing,
    save_samples,
    write_atomically,
)


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    write_atomically(path, b"old")

    def write_half() -> None:
        with replacing(path) as file:
            file.write(b"half of the n")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_half()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_samples_are_stored_as_plain_npy(tmp_path: Path) -> None:
    samples = np.arange(6, dtype=np.float64).reshape(3, 2)[::-1]
    save_samples(tmp_path / "a.npy", samples.astype(np.float32))
    stored = np.load(tmp_path / "a.npy", allow_pickle=False)
    assert stored.dtype == np.dtype("<f4")
    np.testing.assert_array_equal(stored, samples)


@pytest.mark.parametrize(
    "array", [np.zeros(3, np.float32), np.zeros((3, 2)), np.zeros((1, 2, 3), np.float32)]
)
def test_other_arrays_are_refused(tmp_path: Path, array: np.ndarray) -> None:
    np.save(tmp_path / "a.npy", array)
    with pytest.raises(ValueError, match="no float32 array"):
        load_samples(tmp_path / "a.npy")


@settings(max_examples=30)
@given(
    blocks=st.lists(st.integers(0, 40), min_size=1, max_size=6),
    flushed=st.integers(0, 5),
    torn=st.integers(0, 11),
)
def test_a_killed_writer_leaves_what_reached_the_disk(
    tmp_path_factory: pytest.TempPathFactory, blocks: list[int], flushed: int, torn: int
) -> None:
    path = tmp_path_factory.mktemp("kill") / "a.npy"
    writer = SampleWriter(path, 3)
    data = np.arange(sum(blocks) * 3, dtype=np.float32).reshape(-1, 3)
    at = 0
    for index, block in enumerate(blocks):
        writer.append(data[at : at + block])
        at += block
        if index == flushed:
            writer.flush()
            np.testing.assert_array_equal(load_samples(path), data[:at])
    on_disk = path.read_bytes()  # what the system has if the process ends here
    writer.close()
    writer.close()
    np.testing.assert_array_equal(load_samples(path), data)
    killed = path.with_name("killed.npy")
    killed.write_bytes(on_disk + b"\x01" * torn)
    count = recover_samples(killed)
    recovered = load_samples(killed)
    assert len(recovered) == count
    np.testing.assert_array_equal(recovered, data[:count])
    if flushed < len(blocks):
        assert count >= sum(blocks[: flushed + 1])


def test_a_writer_refuses_other_shapes_and_existing_files(tmp_path: Path) -> None:
    writer = SampleWriter(tmp_path / "a.npy", 3)
    with pytest.raises(ValueError, match="expected"):
        writer.append(np.zeros((2, 2), np.float32))
    writer.close()
    with pytest.raises(FileExistsError):
        SampleWriter(tmp_path / "a.npy", 3)


@pytest.mark.parametrize("data", [b"", b"\x93NUMPY", b"a,b,c\n1,2,3\n" * 20])
def test_what_never_was_samples_is_not_recovered(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.npy"
    path.write_bytes(data)
    with pytest.raises(ValueError):  # noqa: PT011 - NumPy words it
        recover_samples(path)
    assert path.read_bytes() == data
