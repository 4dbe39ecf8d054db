# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.core.dataset import Dataset, build_dataset, class_names, resolve_data
from app.core.errors import DataError
from app.core.recording import Part
from app.core.training import DataConfig, Task, WindowConfig
from tests.helpers.memory_source import AXES, MemorySource

SHORT = DataConfig(windowing=WindowConfig(20, 10))


def takes(counts: dict[str, int], length: int = 119) -> MemorySource:
    source = MemorySource()
    for label, count in counts.items():
        for _ in range(count):
            source.add(label, length, rate_hz=119.0)
    return source


def warned(dataset: Dataset) -> str:
    return "\n".join(str(each) for each in dataset.warnings)


def sizes(dataset: Dataset) -> list[int]:
    return [len(dataset.indices[part]) for part in Part]


def test_whole_takes_become_one_window_each():
    source = takes({"circle": 40, "punch": 20})
    dataset = build_dataset(source)
    assert dataset.windowing == WindowConfig(119, 119)
    assert dataset.input_shape == (119, 3)
    assert dataset.classes == ("circle", "punch")
    assert dataset.rate_hz == 119.0
    assert sizes(dataset) == [36, 12, 12]
    assert dataset.class_counts(Part.TEST).tolist() == [8, 4]
    assert dataset.class_indices.tolist() == [0] * 40 + [1] * 20
    assert dataset.warnings == ()
    np.testing.assert_array_equal(dataset.gather(np.array([4]))[0], source.samples["r4"])


def test_parts_are_disjoint_and_follow_the_seed():
    source = takes({"circle": 20, "punch": 20})
    first = build_dataset(source, DataConfig(split_seed=3))
    again = build_dataset(source, DataConfig(split_seed=3))
    other = build_dataset(source, DataConfig(split_seed=4))
    everything = np.concatenate([first.indices[part] for part in Part])
    assert sorted(everything.tolist()) == list(range(40))
    assert (first.indices[Part.TEST] == again.indices[Part.TEST]).all()
    assert (first.indices[Part.TEST] != other.indices[Part.TEST]).any()


def test_gather_reads_windows_in_the_order_asked_for():
    source = takes({"a": 6, "b": 6}, length=100)
    dataset = build_dataset(source, SHORT)
    asked = np.array([40, 3, 99, 3, 17])
    batch = dataset.gather(asked)
    assert batch.dtype == np.float32
    for window, index in zip(batch, asked, strict=True):
        start = dataset.start[index]
        name = dataset.recording_ids[dataset.recording[index]]
        np.testing.assert_array_equal(window, source.samples[name][start : start + 20])
    assert dataset.gather(np.array([], np.int64)).shape == (0, 20, 3)


def test_a_data_set_holds_views_of_the_recordings():
    source = takes({"a": 6, "b": 6}, length=100)
    dataset = build_dataset(source, SHORT)
    for name, samples in zip(dataset.recording_ids, dataset.samples, strict=True):
        assert samples is source.samples[name]


def test_one_hot_marks_the_class():
    dataset = build_dataset(takes({"a": 10, "b": 10, "c": 10}))
    np.testing.assert_array_equal(
        dataset.one_hot(np.array([0, 29, 10])), [[1, 0, 0], [0, 0, 1], [0, 1, 0]]
    )


def test_recordings_without_a_label_are_not_even_read():
    source = takes({"a": 10, "b": 10})
    unlabelled = source.add(None, 5000)
    build_dataset(source)
    assert unlabelled not in source.reads


def test_unlabelled_and_ambiguous_windows_are_left_out_and_counted():
    source = MemorySource()
    for _ in range(6):
        source.add(None, 100, spans=[(0, 35, "a"), (35, 70, "b")])
    dataset = build_dataset(source, SHORT)
    # Windows from 0, 10, 20 show a; from 30, 40, 50, 60 b; from 70 and 80 nothing.
    assert dataset.class_indices.tolist() == [0, 0, 0, 1, 1, 1, 1] * 6
    assert dataset.left_out == 6 * 2
    assert dataset.warnings == ()
    both = build_dataset(source, DataConfig(windowing=WindowConfig(20, 5)))
    assert "two labels at once teach neither and are left out: 6." in warned(both)


def test_recordings_at_another_rate_are_resampled():
    source = takes({"a": 6}, length=238)
    for _ in range(6):
        source.add("b", np.repeat(np.arange(119.0)[:, None], 3, axis=1), rate_hz=59.5)
    dataset = build_dataset(source, DataConfig(rate_hz=119.0, windowing=WindowConfig(100, 50)))
    window = dataset.gather(np.flatnonzero(dataset.class_indices == 1)[:1])[0]
    assert len(dataset) == 12 * 3
    np.testing.assert_array_equal(window[:6, 0], [0, 0, 1, 1, 2, 2])


def test_labels_follow_their_recording_to_another_rate():
    source = MemorySource()
    for _ in range(6):
        source.add(None, 400, rate_hz=200.0, spans=[(0, 200, "a"), (200, 400, "b")])
    dataset = build_dataset(source, DataConfig(rate_hz=100.0, windowing=WindowConfig(50, 50)))
    assert dataset.class_indices.tolist() == [0, 0, 1, 1] * 6


def test_channels_are_put_into_one_order():
    source = takes({"a": 10, "b": 9})
    swapped = source.add("b", np.tile([3.0, 1.0, 2.0], (119, 1)), names=("az", "ax", "ay"),
                         rate_hz=119.0)  # fmt: skip
    dataset = build_dataset(source)
    index = dataset.recording_ids.index(swapped)
    np.testing.assert_array_equal(dataset.samples[index][0], [1, 2, 3])
    assert [channel.name for channel in dataset.channels] == list(AXES)


def test_recordings_of_other_channels_or_units_are_left_out_by_name():
    source = MemorySource()
    for label in "ab" * 10:
        source.add(label, 119, units=("g", "g", "g"))
    plain = source.add("a", 119)
    other = source.add("a", 119, names=("temp",))
    metric = source.add("b", 119, units=("m/s²", "m/s²", "m/s²"))
    dataset = build_dataset(source)
    assert plain in dataset.recording_ids
    assert f"2 recordings measure other channels or units than ax, ay, az and are left out: {other}, {metric}" in warned(dataset)  # fmt: skip # noqa: E501
    assert {channel.unit for channel in dataset.channels} == {"g"}


def test_few_windows_train_and_test_on_everything_and_say_so():
    source = MemorySource()
    truth = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], np.float32)
    source.add(
        None, truth, names=("a", "b"), spans=[(0, 1, "0"), (1, 2, "1"), (2, 3, "1"), (3, 4, "0")]
    )
    dataset = build_dataset(source)
    assert dataset.input_shape == (1, 2)
    assert sizes(dataset) == [4, 0, 4]
    assert "4 windows are too few to hold any back" in warned(dataset)
    np.testing.assert_array_equal(dataset.gather(np.arange(4))[:, 0], truth)


def test_a_given_split_is_kept_however_small():
    source = MemorySource()
    for part in (Part.TRAINING, Part.TEST):
        for label in "ab":
            source.add(label, 119, part=part)
    dataset = build_dataset(source)
    assert dataset.indices[Part.TEST].tolist() == [2, 3]
    assert set(dataset.indices[Part.TRAINING].tolist()) <= {0, 1}


def test_rows_of_a_table_are_divided_one_by_one():
    source = MemorySource()
    random = np.random.default_rng(0)
    source.add(
        None,
        random.normal(size=(150, 4)),
        names=("a", "b", "c", "d"),
        spans=[(row, row + 1, "xyz"[row // 50]) for row in range(150)],
    )
    dataset = build_dataset(source)
    assert sizes(dataset) == [90, 30, 30]
    assert dataset.class_counts(Part.TEST).tolist() == [10, 10, 10]
    assert dataset.warnings == ()


def test_one_long_take_a_class_is_cut_and_the_score_said_to_flatter():
    source = MemorySource()
    for label in "abc":
        source.add(label, 6000)
    dataset = build_dataset(source)
    assert "Fewer than 5 recordings show a, b, c" in warned(dataset)
    assert "the score flatters" in warned(dataset)
    assert [int(count) for count in dataset.class_counts(Part.TEST)] == [11, 11, 11]


def test_a_given_test_part_does_not_flatter_however_few_takes_train():
    source = MemorySource()
    for label in "ab":
        source.add(label, 6000)
        source.add(label, 3000, part=Part.TEST)
    dataset = build_dataset(source)
    assert dataset.class_counts(Part.VALIDATION).min() > 0
    assert dataset.class_counts(Part.TEST).tolist() == [29, 29]
    assert dataset.warnings == ()


def test_regression_learns_numbers_of_all_sizes_in_every_part():
    source = MemorySource().task(Task.REGRESSION)
    for index in range(50):
        source.add("level", 119, value=index / 10)
    dataset = build_dataset(source)
    assert dataset.targets.dtype == np.float32
    assert dataset.classes == ()
    assert sizes(dataset) == [30, 10, 10]
    for part in Part:
        numbers = dataset.targets[dataset.indices[part]]
        assert numbers.min() < 1.0
        assert numbers.max() > 4.0


def test_binary_takes_two_classes():
    source = takes({"off": 10, "on": 10}).task(Task.BINARY)
    dataset = build_dataset(source)
    assert set(dataset.targets.tolist()) == {0.0, 1.0}
    with pytest.raises(DataError, match="needs two classes; labelled: 3"):
        build_dataset(takes({"a": 5, "b": 5, "c": 5}).task(Task.BINARY))


def test_a_class_nobody_labelled_is_no_output():
    source = takes({"a": 5, "b": 5})
    extra = source.document.classes[0]
    source.document = replace(
        source.document, classes=(replace(extra, name="unused"), *source.document.classes)
    )
    assert class_names(source.document) == ("a", "b")
    assert class_names(replace(source.document, task=Task.REGRESSION)) == ()


def test_what_cannot_be_learnt_says_why():
    with pytest.raises(DataError, match="nothing to learn from yet"):
        build_dataset(MemorySource())
    with pytest.raises(DataError, match="at least two classes"):
        build_dataset(takes({"a": 5}))
    with pytest.raises(
        DataError, match=r"No window of 2000 ms shows a label. The longest .* 1000 ms"
    ):
        build_dataset(takes({"a": 5, "b": 5}), DataConfig(windowing=WindowConfig(238, 119)))


def test_recordings_shorter_than_a_window_are_counted():
    source = takes({"a": 20, "b": 20})
    source.add("a", 60, rate_hz=119.0)
    dataset = build_dataset(source, DataConfig(windowing=WindowConfig(119, 119)))
    assert "1 recordings are shorter than a window of 1000 ms" in warned(dataset)


def test_the_configuration_may_leave_rate_and_windows_open():
    source = takes({"a": 5, "b": 5})
    assert resolve_data(source.document, DataConfig()) == (119.0, WindowConfig(119, 119))
    fixed = DataConfig(rate_hz=50.0, windowing=WindowConfig(30, 7))
    assert resolve_data(source.document, fixed) == (50.0, WindowConfig(30, 7))


def test_a_million_windows_take_no_copy_of_the_samples():
    """Ten hours at 1 kHz: only places are stored, and the samples stay one shared block."""
    source = MemorySource()
    block = np.arange(2_000_000, dtype=np.float32)[:, None]
    for index, label in enumerate("abcdef" * 6):
        source.add(label, 1, names=("x",), rate_hz=1000.0, spans=[(0, 1_000_000, label)])
        source.samples[f"r{index}"] = block[index * 7 :][:1_000_000]
    dataset = build_dataset(source, DataConfig(windowing=WindowConfig(200, 36)))
    assert len(dataset) == 36 * 27_773
    assert all(np.shares_memory(samples, block) for samples in dataset.samples)
    assert dataset.gather(np.array([27_773 + 5]))[0, :3, 0].tolist() == [187.0, 188.0, 189.0]
