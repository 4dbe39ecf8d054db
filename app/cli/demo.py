# SPDX-License-Identifier: GPL-3.0-or-later
"""``demo``: the whole loop on the simulated board, from its sensor to its answers, with a report.

A hand is recorded over the port, takes of several people and grips to learn from and takes of
others, with a grip nobody had, to be tested on. A network is trained, converted and flashed, and
the held-out windows are replayed on the board through its protocol.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from app.capture.session import CaptureSession
from app.capture.unattended import record, wait_for_samples, wait_for_signal
from app.cli.arguments import Commands
from app.cli.output import Output, Result
from app.cli.work import accuracy, do
from app.core.board import VIRTUAL
from app.core.dataset import Dataset, build_dataset
from app.core.errors import JobError
from app.core.metrics import NearestMean, classification_metrics
from app.core.project import Project
from app.core.recording import Part
from app.core.runs import TrainingRun, load_run
from app.core.text import text
from app.deploy import sample_gestures
from app.deploy.simulated_hand import GESTURES
from app.deploy.simulator import Simulator
from app.deploy.virtual_process import SimulateOptions
from app.jobs.messages import (
    ConvertRequest,
    ConvertResult,
    EvaluateRequest,
    EvaluateResult,
    FlashRequest,
    FlashResult,
    TrainRequest,
    TrainResult,
    VerifyRequest,
    VerifyResult,
)
from app.jobs.runner import JobRunner

SPEED = 40.0
"""The simulated board's clock over the wall's: a take of eight seconds takes a fifth of one."""
TRAINING_TAKES = 12
"""Of each gesture, each by another person."""
TEST_TAKES = 6
"""Of each gesture: at two seconds with half overlap 42 windows, 210 of all five."""
TRIES = 3
"""A take in which the port lost samples is recorded again, at most so often."""
RUN_ID = "demo"


@dataclass(frozen=True, slots=True)
class Take:
    """A take to record: who does what, and how the board is held."""

    gesture: str
    seed: int
    holding: int
    part: Part | None


def takes() -> Iterator[Take]:
    """The takes of the demo, in the order they are recorded."""
    for seed in range(TRAINING_TAKES):
        for gesture in GESTURES:
            yield Take(gesture, seed, seed % sample_gestures.TRAINING_HOLDINGS, None)
    first = sample_gestures.FIRST_TEST_SEED
    for seed in range(first, first + TEST_TAKES):
        for gesture in GESTURES:
            yield Take(gesture, seed, sample_gestures.TEST_HOLDING, Part.TEST)


def add_commands(commands: Commands) -> None:
    """Add ``demo``."""
    demo = commands.add("demo", "run the whole loop on the simulated board", run_demo)
    demo.add_argument("--keep", metavar="DIR", type=Path, help="keep the project in this folder")


def run_demo(options: argparse.Namespace, output: Output) -> Result:
    """The whole loop; fails where the board answers one window with other bytes than the PC."""
    if options.keep is not None:
        return _demo(Project.create(options.keep, "Demo"), output)
    with tempfile.TemporaryDirectory(prefix="tinywright-demo-") as folder:
        return _demo(Project.create(Path(folder, "demo"), "Demo"), output)


class _Stages:
    """How long each stage took, in seconds."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def measure(self, name: str) -> Generator[None]:
        began_s = time.perf_counter()
        yield
        self.seconds[name] = round(time.perf_counter() - began_s, 2)


def _demo(project: Project, output: Output) -> Result:
    stages = _Stages()
    folder = str(project.folder)
    with Simulator(SimulateOptions(speed=SPEED)) as board, JobRunner() as runner:
        runner.warm_up()  # TensorFlow loads while the hand is recorded
        with stages.measure("capture"):
            seconds = _capture(board.url, project, output)
        with stages.measure("train"):
            do(runner, TrainRequest(folder, RUN_ID), TrainResult, output)
        with stages.measure("convert"):
            converted = do(
                runner, ConvertRequest(folder, RUN_ID, VIRTUAL.id), ConvertResult, output
            )
        with stages.measure("evaluate"):
            evaluated = do(runner, EvaluateRequest(folder, RUN_ID), EvaluateResult, output)
        with stages.measure("flash"):
            do(runner, FlashRequest(VIRTUAL.id, board.url, converted.program), FlashResult, output)
        with stages.measure("verify"):
            verified = do(runner, VerifyRequest(folder, RUN_ID, board.url), VerifyResult, output)
    run = load_run(project.folder, RUN_ID)
    dataset = build_dataset(project)
    check = verified.board
    figures = {
        "float_accuracy": accuracy(evaluated.float_scores),
        "int8_accuracy": accuracy(evaluated.int8_scores),
        "board_accuracy": accuracy(check.evaluation),
        "nearest_mean_accuracy": _nearest_mean(dataset, run),
    }
    windows = check.evaluation.windows
    same = check.agreement == 1.0
    if not same:
        output.line(
            f"demo: the board answers {1 - check.agreement:.2%} of the windows with other bytes "
            "than this computer; please report this."
        )
    return Result(
        {
            **figures,
            "agreement": check.agreement,
            "windows": windows,
            "classes": len(run.classes),
            "stages": stages.seconds,
        },
        [
            f"Recorded {seconds:.0f} s of a hand that can {', '.join(run.classes)}.",
            f"Trained {len(run.history)} epochs on {sum(run.dataset.training)} windows; "
            f"the network takes {converted.sizes.tflite_bytes} bytes in int8.",
            f"Tested on {windows} windows of other people with another grip:",
            f"  nearest mean        {figures['nearest_mean_accuracy']:.1%}",
            f"  network in float    {figures['float_accuracy']:.1%}",
            f"  network in int8     {figures['int8_accuracy']:.1%}",
            f"  on the board        {figures['board_accuracy']:.1%}, "
            f"median {check.median_us:.0f} µs a window",
            f"The board and this computer agree on {check.agreement:.1%} of the windows, "
            "byte for byte.",
            ", ".join(f"{name} {seconds:.1f} s" for name, seconds in stages.seconds.items()),
        ],
        ok=same,
    )


def _capture(url: str, project: Project, output: Output) -> float:
    """Record every take over the port; the seconds of signal recorded."""
    planned = list(takes())
    seconds = 0.0
    session = CaptureSession(url)
    try:
        session.open()
        wait_for_signal(session)
        for number, take in enumerate(planned, start=1):
            output.progress(f"Recording take {number} of {len(planned)}: {take.gesture}")
            seconds += _record(session, project, take)
    finally:
        session.close()
    return seconds


def _record(session: CaptureSession, project: Project, take: Take) -> float:
    """Let the hand do it, record it; the seconds recorded."""
    for _ in range(TRIES):
        session.client.act(take.gesture, take.seed, take.holding)
        wait_for_samples(session, round(sample_gestures.SETTLE_S * sample_gestures.RATE_HZ))
        lost = session.snapshot().lost
        record(
            session,
            project,
            f"{take.gesture} {take.seed}",
            take.gesture,
            sample_gestures.TAKE_S,
        )
        complete = session.snapshot().lost == lost
        finished = session.finish_take()
        if complete:
            marked = replace(finished, new=replace(finished.new, part=take.part))
            return marked.add_to(project).duration_s
        finished.discard()
    raise JobError(
        text("The simulated board loses samples on the way."),
        text("This computer is too busy to read them in time."),
        text("Close other programs, then start the demo again."),
    )


def _nearest_mean(dataset: Dataset, run: TrainingRun) -> float:
    """What the simplest classifier reaches on the same windows: the task is not a trivial one."""
    truth = dataset.class_indices
    training, test = (dataset.indices[part] for part in (Part.TRAINING, Part.TEST))
    means = NearestMean.fit(
        [(run.normaliser.apply(dataset.gather(training)), truth[training])], len(dataset.classes)
    )
    answers = means.predict(run.normaliser.apply(dataset.gather(test)))
    return classification_metrics(truth[test], answers, len(dataset.classes)).accuracy
