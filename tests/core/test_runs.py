# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.core.dataset import build_dataset
from app.core.errors import ProjectError
from app.core.metrics import ClassificationMetrics, RegressionMetrics
from app.core.preprocessing import Normaliser
from app.core.presets import build_preset
from app.core.recording import Channel
from app.core.runs import (
    BoardCheck,
    DatasetSummary,
    Evaluation,
    Sizes,
    TrainingRun,
    delete_run,
    list_runs,
    load_run,
    new_run_id,
    run_folder,
    save_run,
)
from app.core.training import (
    DataConfig,
    EpochMetrics,
    StopReason,
    Task,
    TrainingConfig,
    WindowConfig,
)
from tests.helpers.memory_source import MemorySource

RIGHT = Evaluation(ClassificationMetrics(((5, 1), (0, 6))))


def a_run(run_id: str = "20250131-094500", created_at: str = "2025-01-31T09:45:00Z"):
    return TrainingRun(
        id=run_id,
        created_at=created_at,
        task=Task.MULTICLASS,
        model=build_preset("small_cnn", (119, 2)),
        data=DataConfig(rate_hz=119.0),
        training=TrainingConfig(epochs=3),
        channels=(Channel("ax", "g"), Channel("온도", "°C")),
        classes=("원", "tap"),
        rate_hz=119.0,
        windowing=WindowConfig(119, 119),
        dataset=DatasetSummary(30, (9, 9), (3, 3), (6, 6)),
        normaliser=Normaliser((0.1, 20.0), (1.5, 3.0), (4.0, 30.0)),
    )


def finished() -> TrainingRun:
    return replace(
        a_run(),
        history=(
            EpochMetrics(1, 0.9, 0.5, 0.8, 0.6, 0.2),
            EpochMetrics(2, 0.5, 0.8, None, None, 0.2),
        ),
        best_epoch=2,
        stop_reason=StopReason.EARLY,
        float_test=RIGHT,
        int8_test=RIGHT,
        board_check=BoardCheck("virtual", RIGHT, 1.0, 480.5),
        sizes=Sizes(12_000, 12_500, 4_096),
    )


@pytest.mark.parametrize("run", [a_run(), finished()], ids=["started", "finished"])
def test_a_run_comes_back_as_it_was_saved(tmp_path, run):
    save_run(tmp_path, run)
    assert load_run(tmp_path, run.id) == run


def test_the_best_epoch_and_its_scores():
    assert finished().best == EpochMetrics(2, 0.5, 0.8, None, None, 0.2)
    assert a_run().best is None
    assert RIGHT.windows == 12
    assert Evaluation(regression=RegressionMetrics(7, 0.1, 0.2, 0.9)).windows == 7


def test_saving_again_replaces_the_record(tmp_path):
    save_run(tmp_path, a_run())
    save_run(tmp_path, finished())
    assert load_run(tmp_path, a_run().id).stop_reason is StopReason.EARLY
    assert [path.name for path in run_folder(tmp_path, a_run().id).iterdir()] == ["run.json"]


def test_runs_are_listed_newest_first(tmp_path):
    for run_id, at in (("b", "2025-01-02T00:00:00Z"), ("a", "2025-01-03T00:00:00Z"),
                       ("c", "2025-01-01T00:00:00Z")):  # fmt: skip
        save_run(tmp_path, a_run(run_id, at))
    found = list_runs(tmp_path)
    assert [run.id for run in found.runs] == ["a", "b", "c"]
    assert found.damaged == ()
    assert list_runs(tmp_path / "nothing").runs == ()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda data: data[: len(data) // 2], "no JSON"),
        (lambda _: b"[]", "something else"),
        (lambda _: b'{"format": "tinywright-project", "version": 1}', "something else"),
        (
            lambda data: data.replace(b'"version": 1', b'"version": 2'),
            "version 2; this studio knows 1",
        ),
        (lambda data: data.replace(b'"best_epoch": 2', b'"best_epoch": "two"'), "best_epoch"),
        (lambda data: data.replace(b'"created_at"', b'"made_at"'), "created_at"),
        (lambda data: data.replace(b"[1.5, 3.0]", b"[1.5]"), "do not match"),
        (lambda data: data.replace(b'"id": "20250131', b'"id": "20200101'), "says that it is"),
    ],
)
def test_a_damaged_run_is_reported_untouched_and_hides_no_other(tmp_path, change, reason):
    save_run(tmp_path, a_run("other"))
    save_run(tmp_path, finished())
    path = run_folder(tmp_path, finished().id) / "run.json"
    broken = change(path.read_bytes())
    assert broken != path.read_bytes()
    path.write_bytes(broken)

    found = list_runs(tmp_path)
    assert [run.id for run in found.runs] == ["other"]
    [damaged] = found.damaged
    assert damaged.id == finished().id
    with pytest.raises(ProjectError, match=reason):
        raise damaged.error
    assert path.read_bytes() == broken


def test_a_run_that_is_not_there_says_what_to_do(tmp_path):
    with pytest.raises(ProjectError, match=r"There is no run a1\. Train the network first"):
        load_run(tmp_path, "a1")


@pytest.mark.parametrize("run_id", ["", "..", "a/b", "a\\b", "x" * 65, "a.b"])
def test_an_id_is_never_a_path(tmp_path, run_id):
    with pytest.raises(ProjectError, match="cannot be the id of a run"):
        run_folder(tmp_path, run_id)


def test_a_deleted_run_is_gone_with_its_files(tmp_path):
    save_run(tmp_path, a_run())
    folder = run_folder(tmp_path, a_run().id)
    (folder / "model.tflite").write_bytes(b"TFL3")
    delete_run(tmp_path, a_run().id)
    assert not folder.exists()
    delete_run(tmp_path, a_run().id)


def test_saving_where_nothing_can_be_written_says_why(tmp_path):
    (tmp_path / "runs").write_text("in the way")
    with pytest.raises(ProjectError, match="cannot be saved"):
        save_run(tmp_path, a_run())


def test_ids_sort_by_time_and_are_new():
    now = datetime(2025, 1, 31, 9, 45, tzinfo=UTC)
    assert new_run_id([], now) == "20250131-094500"
    taken = ["20250131-094500", "20250131-094500-2"]
    assert new_run_id(taken, now) == "20250131-094500-3"
    assert run_folder(Path("project"), new_run_id([])).parent == Path("project/runs")


def test_a_summary_counts_windows_of_each_class_and_part():
    source = MemorySource()
    for label in "aab" * 10:
        source.add(label, 119)
    dataset = build_dataset(source)
    summary = DatasetSummary.of(dataset)
    assert summary == DatasetSummary(30, (12, 6), (4, 2), (4, 2), dataset.fingerprint)
