# SPDX-License-Identifier: GPL-3.0-or-later
"""Commands that bring data into a project: ``new``, ``import``, ``capture``."""

from __future__ import annotations

import argparse
from itertools import count
from pathlib import Path

from app.capture.link import DEFAULT_BAUD
from app.capture.live_take import TakeEnd, TakeProgress
from app.capture.session import CaptureSession
from app.capture.take import recover
from app.capture.unattended import record, wait_for_signal
from app.cli.arguments import Commands, positive_float, positive_int
from app.cli.output import Output, Result
from app.cli.work import add_project
from app.core import edits
from app.core.errors import DataError
from app.core.importing import ImportOptions, import_files
from app.core.project import Project
from app.core.recording import Part
from app.core.text import text
from app.core.training import Task

_SPLIT = {"train": Part.TRAINING, "test": Part.TEST}
_ENDS = {
    TakeEnd.LOST: text("The board went away before the end."),
    TakeEnd.CHANGED: text("The board began to send other channels, or started anew."),
    TakeEnd.DISK: text("The disk takes no more."),
}


def add_commands(commands: Commands) -> None:
    """Add ``new``, ``import`` and ``capture``."""
    new = commands.add("new", "make an empty project", run_new)
    add_project(new)
    new.add_argument("--name", help="what it is called (default: the folder's name)")
    new.add_argument(
        "--task",
        choices=[task.value for task in Task],
        default=Task.MULTICLASS.value,
        help="what the network will answer (default: %(default)s)",
    )

    imports = commands.add("import", "take recordings in files in", run_import)
    add_project(imports)
    imports.add_argument("files", metavar="FILE", nargs="+", type=Path, help="files or folders")
    imports.add_argument("--label", default="", help="the class (regression: the number) shown")
    imports.add_argument("--rate", metavar="HZ", type=positive_float, help="samples a second")
    imports.add_argument("--split", choices=_SPLIT, help="the part they are for")

    capture = commands.add("capture", "record from a board", run_capture)
    add_project(capture)
    capture.add_argument("--port", metavar="URL", required=True, help="where the board is")
    capture.add_argument(
        "--seconds", metavar="S", type=positive_float, required=True, help="how long"
    )
    capture.add_argument("--label", default="", help="the class shown")
    capture.add_argument("--baud", type=positive_int, default=DEFAULT_BAUD, help="bits a second")
    capture.add_argument("--name", help="what the recording is called")


def run_new(options: argparse.Namespace, _output: Output) -> Result:
    """Make an empty project."""
    folder: Path = options.project
    project = Project.create(folder, options.name or folder.resolve().name)
    project.edit(edits.set_task(project.document, Task(options.task)), text("Choose the task"))
    project.save()
    return Result(
        {"project": str(folder), "name": project.document.name, "task": options.task},
        [f"Made the project “{project.document.name}” in {folder}."],
    )


def run_import(options: argparse.Namespace, output: Output) -> Result:
    """Take files in, all or none."""
    project = _open(options.project, output)
    part = _SPLIT[options.split] if options.split else None
    report = import_files(project, options.files, ImportOptions(options.label, options.rate, part))
    warnings = [str(warning) for warning in report.warnings]
    for warning in warnings:
        output.line(warning)
    parts = {part.value: number for part, number in report.parts.items()}
    labels = ", ".join(f"{label} {number}" for label, number in sorted(report.labels.items()))
    lines = [
        f"Imported {report.recordings} recordings ({report.samples} samples) "
        f"from {report.files} files."
    ]
    lines += [f"Labels: {labels}"] if labels else []
    lines += [f"Given parts: {', '.join(f'{k} {v}' for k, v in parts.items())}"] if parts else []
    return Result(
        {
            "files": report.files,
            "recordings": report.recordings,
            "samples": report.samples,
            "labels": dict(report.labels),
            "parts": parts,
            "left_out": report.left_out,
            "warnings": warnings,
        },
        lines,
    )


def run_capture(options: argparse.Namespace, output: Output) -> Result:
    """Record one take; Ctrl-C ends it early and keeps it."""
    project = _open(options.project, output)
    name: str = options.name or _free_name(project, options.label or "take")

    def show(take: TakeProgress) -> None:
        output.progress(f"{take.seconds:.1f} of {options.seconds:g} s, {take.samples} samples")

    session = CaptureSession(options.port, options.baud)
    try:
        session.open()
        output.progress(f"Waiting for samples from {options.port}")
        before = wait_for_signal(session)
        end: TakeEnd | None = None
        try:
            end = record(session, project, name, options.label, options.seconds, show)
        except KeyboardInterrupt:
            output.line("Stopped by you; what was recorded is kept.")
        snapshot = session.snapshot()
        lost = snapshot.lost - before.lost if snapshot.segment == before.segment else 0
        info = session.finish_take().add_to(project)
    finally:
        session.close()
    if end in _ENDS:
        raise DataError(
            text("The recording ended after {seconds:.1f} s.", seconds=info.duration_s),
            _ENDS[end],
            text("What came before is kept as “{name}”; record again.", name=info.name),
        )
    return Result(
        {
            "recording": info.id,
            "name": info.name,
            "label": options.label,
            "channels": [{"name": each.name, "unit": each.unit} for each in info.channels],
            "rate_hz": info.rate_hz,
            "samples": info.length,
            "seconds": info.duration_s,
            "lost": lost,
            "unread_lines": snapshot.lines.unread_total,
        },
        [
            f"Recorded “{info.name}”: {info.duration_s:.2f} s, {info.length} samples of "
            f"{', '.join(each.name for each in info.channels)} at {info.rate_hz:g} Hz.",
            f"{lost} samples lost, {snapshot.lines.unread_total} lines unread.",
        ],
    )


def _free_name(project: Project, stem: str) -> str:
    """``stem`` with the first number that no recording has."""
    taken = {info.name for info in project.document.recordings}
    return next(name for n in count(1) if (name := f"{stem} {n}") not in taken)


def _open(folder: Path, output: Output) -> Project:
    """Open a project, and take in what a killed recording left behind."""
    project = Project.open(folder)
    recovery = recover(project)
    for info in recovery.recordings:
        output.line(f"Recovered the interrupted recording “{info.name}”: {info.duration_s:.1f} s.")
    for problem in recovery.problems:
        output.line(str(problem))
    return project
