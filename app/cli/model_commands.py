# SPDX-License-Identifier: GPL-3.0-or-later
"""Commands that make a network and judge it: ``train``, ``evaluate``, ``convert``."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from app.cli.arguments import Commands, positive_float, positive_int, seed
from app.cli.output import Output, Result
from app.cli.work import (
    add_project,
    add_run,
    chosen_run,
    confusion_lines,
    do,
    finished,
    in_words,
    number,
    scores,
    tell,
)
from app.core import edits
from app.core.board import BOARDS, VIRTUAL
from app.core.dataset import build_dataset, resolve_data
from app.core.presets import PRESETS, build_preset
from app.core.project import Project
from app.core.runs import list_runs, load_run, new_run_id
from app.core.text import text
from app.core.training import WindowConfig
from app.core.windows import samples_to_ms, windowing_from_ms
from app.jobs.messages import (
    Cancelled,
    ConvertRequest,
    ConvertResult,
    EvaluateRequest,
    EvaluateResult,
    Outcome,
    TrainRequest,
    TrainResult,
)
from app.jobs.runner import JobRunner

KEEP_S = 10.0
"""How long a stopped training may take to write its best epoch down: a busy machine is slow."""


def add_commands(commands: Commands) -> None:
    """Add ``train``, ``evaluate`` and ``convert``."""
    train = commands.add("train", "train the project's network", run_train)
    add_project(train)
    train.add_argument("--preset", choices=PRESETS, help="the network to start from")
    train.add_argument("--window", metavar="MS", type=positive_float, help="length of a window")
    train.add_argument("--stride", metavar="MS", type=positive_float, help="between windows")
    train.add_argument("--epochs", metavar="N", type=positive_int, help="at most so many")
    train.add_argument(
        "--seed", metavar="N", type=seed, help="of everything random: split, weights, order"
    )

    evaluate = commands.add(
        "evaluate",
        "score a run on the test part, in float and int8",
        run_evaluate,
    )
    add_project(evaluate)
    add_run(evaluate)

    convert = commands.add("convert", "make the int8 network and its board program", run_convert)
    add_project(convert)
    add_run(convert)
    convert.add_argument(
        "--board", choices=sorted(BOARDS), default=VIRTUAL.id, help="what it must fit"
    )


def run_train(options: argparse.Namespace, output: Output) -> Result:
    """Train; Ctrl-C stops and keeps the best epoch. What is chosen stays the project's choice."""
    folder: Path = options.project
    project = Project.open(folder)
    _choose(project, options)
    warnings = [str(warning) for warning in build_dataset(project).warnings]
    for warning in warnings:
        output.line(warning)
    taken = list_runs(folder)
    run_id = new_run_id([run.id for run in (*taken.runs, *taken.damaged)])
    with JobRunner() as runner:
        result = _kept(_train(runner, TrainRequest(str(folder), run_id), output))
    run = load_run(folder, run_id)
    counts = run.dataset
    best = run.best
    data = {
        "run": run_id,
        "stop_reason": result.stop_reason.value,
        "epochs": len(run.history),
        "best_epoch": result.best_epoch,
        "seconds": sum(epoch.seconds for epoch in run.history),
        "preset": run.model.preset,
        "classes": run.classes,
        "rate_hz": run.rate_hz,
        "window_samples": run.windowing.length,
        "stride_samples": run.windowing.stride,
        "windows": {
            "training": sum(counts.training),
            "validation": sum(counts.validation),
            "test": sum(counts.test),
        },
        "val_loss": None if best is None or best.val_loss is None else number(best.val_loss),
        "float": None if result.float_test is None else scores(result.float_test),
        "warnings": warnings,
    }
    lines = [
        f"Trained run {run_id}: {len(run.history)} epochs, kept epoch {result.best_epoch}.",
        f"Windows: {sum(counts.training)} training, {sum(counts.validation)} validation, "
        f"{sum(counts.test)} test, each {run.windowing.length} samples at {run.rate_hz:g} Hz.",
    ]
    if result.float_test is not None:
        lines.append(f"Test part in float: {in_words(result.float_test)}.")
    return Result(data, lines)


def run_evaluate(options: argparse.Namespace, output: Output) -> Result:
    """Score a run on the test part."""
    run = chosen_run(options.project, options.run)
    with JobRunner() as runner:
        result = do(runner, EvaluateRequest(str(options.project), run.id), EvaluateResult, output)
    return Result(
        {
            "run": run.id,
            "part": result.part.value,
            "classes": run.classes,
            "float": scores(result.float_scores),
            "int8": scores(result.int8_scores),
        },
        [
            f"Run {run.id} on {result.int8_scores.windows} windows of the test part:",
            f"float  {in_words(result.float_scores)}",
            f"int8   {in_words(result.int8_scores)}",
            *confusion_lines(result.int8_scores, run.classes),
        ],
    )


def run_convert(options: argparse.Namespace, output: Output) -> Result:
    """Make ``model.tflite`` and the board program for one kind of board."""
    run = chosen_run(options.project, options.run)
    request = ConvertRequest(str(options.project), run.id, options.board)
    with JobRunner() as runner:
        result = do(runner, request, ConvertResult, output)
    sizes = result.sizes
    return Result(
        {
            "run": run.id,
            "board": options.board,
            "program": result.program,
            "tflite_bytes": sizes.tflite_bytes,
            "program_bytes": sizes.program_bytes,
            "arena_bytes": sizes.arena_bytes,
        },
        [
            f"Converted run {run.id} to int8 for the {BOARDS[options.board].name}: "
            f"{sizes.tflite_bytes} bytes, with {sizes.arena_bytes} bytes of working memory.",
            f"Board program: {result.program} ({sizes.program_bytes} bytes).",
        ],
    )


def _choose(project: Project, options: argparse.Namespace) -> None:
    """Make what the command line says the project's choice, and save it."""
    document = project.document
    if options.window is not None or options.stride is not None:
        rate_hz, windowing = resolve_data(document, document.data)
        chosen = _windowing(windowing, options.window, options.stride, rate_hz)
        document = edits.replace_data(document, replace(document.data, windowing=chosen))
    if options.preset is not None:
        project.edit(document, text("Choose windows"))
        shape = build_dataset(project).input_shape
        document = edits.replace_model(document, build_preset(options.preset, shape))
    training = document.training
    if options.epochs is not None:
        training = replace(training, epochs=options.epochs)
    if options.seed is not None:
        training = replace(training, seed=options.seed)
        data = replace(document.data, split_seed=options.seed)
        document = edits.replace_data(document, data)
    document = edits.replace_training(document, training)
    project.edit(document, text("Choose the training"))
    project.save()


def _windowing(
    now: WindowConfig, window_ms: float | None, stride_ms: float | None, rate_hz: float
) -> WindowConfig:
    """``now`` with what is given; a window without a stride overlaps the next by half."""
    if window_ms is None:
        window_ms = samples_to_ms(now.length, rate_hz)
    return windowing_from_ms(window_ms, stride_ms, rate_hz)


def _train(runner: JobRunner, request: TrainRequest, output: Output) -> Outcome:
    """Train and wait; Ctrl-C asks the worker to stop, and waits for what it keeps."""
    job = runner.start(request, lambda event: tell(output, event))
    try:
        while (outcome := job.wait(1.0)) is None:
            pass  # short waits: on Windows an endless one would not hear Ctrl-C
    except KeyboardInterrupt:
        output.line("Stopping; the best epoch is kept.")
        runner.cancel(KEEP_S)
        outcome = job.wait()
        if outcome is None or outcome == Cancelled():
            raise
    return outcome


def _kept(outcome: Outcome) -> TrainResult:
    match outcome:
        case Cancelled(TrainResult() as result):
            return result
        case _:
            return finished(outcome, TrainResult)
