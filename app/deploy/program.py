# SPDX-License-Identifier: GPL-3.0-or-later
"""The board program: the one file a board runs. ``docs/board-program.md`` is its written format."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from app.core.errors import ModelError
from app.core.preprocessing import Normaliser, fixed_point
from app.core.recording import Channel
from app.core.text import Text, text
from app.core.training import Task
from app.deploy.compiler.compile import compile_network
from app.deploy.compiler.network import Network
from app.deploy.compiler.records import Plan
from app.deploy.compiler.targets import GENERIC, Target
from app.deploy.program_file import ProgramFile, Section, program_id, refused
from app.deploy.program_sections import ProgramInput, ProgramOutput


@dataclass(frozen=True, slots=True)
class BoardProgram:
    """A whole program: ``plan`` says what is computed in ``arena_bytes`` of RAM, ``weights`` holds
    the constants as the kernels of ``target`` read them."""

    input: ProgramInput
    output: ProgramOutput
    plan: bytes
    weights: bytes
    arena_bytes: int
    target: Target

    @property
    def program_id(self) -> int:
        """CRC-32 of the network: tells two trainings apart."""
        return program_id(self.plan, self.weights)

    @property
    def outputs(self) -> int:
        """Numbers in an answer."""
        return Plan.decode(self.plan).output_bytes

    def encode(self) -> bytes:
        """The file, not checked. Raises :class:`ModelError` for what the format cannot hold."""
        try:
            return ProgramFile(
                self.arena_bytes,
                self.target,
                {
                    Section.INPUT: self.input.encode(),
                    Section.OUTPUT: self.output.encode(),
                    Section.PLAN: self.plan,
                    Section.WEIGHTS: self.weights,
                },
            ).to_bytes()
        except (struct.error, OverflowError) as error:
            raise refused(text("A number in it is out of range.")) from error

    def to_bytes(self) -> bytes:
        """The file. Raises :class:`ModelError` for what a reader would refuse."""
        data = self.encode()
        self.parse(data)
        return data

    @classmethod
    def parse(cls, data: bytes) -> BoardProgram:
        """Read a file. Raises :class:`ModelError` for all that the written format forbids.

        Whether the operators keep to the arena and the weights is checked by the engine.
        """
        file = ProgramFile.parse(data)
        try:
            program = cls(
                ProgramInput.decode(file.sections[Section.INPUT]),
                ProgramOutput.decode(file.sections[Section.OUTPUT]),
                file.sections[Section.PLAN],
                file.sections[Section.WEIGHTS],
                file.arena_bytes,
                file.target,
            )
            plan = Plan.decode(program.plan)
        except struct.error as error:
            raise refused(text("A section ends too early.")) from error
        except ValueError as error:
            raise refused(text("Its plan is malformed: {reason}.", reason=error)) from error
        _check_ends(program, plan)
        return program


def compile_program(
    tflite: bytes,
    channels: tuple[Channel, ...],
    rate_hz: float,
    window: int,
    normaliser: Normaliser,
    task: Task,
    labels: tuple[str, ...],
    target: Target = GENERIC,
) -> BoardProgram:
    """Compile a full-int8 ``.tflite`` for ``target``, and put all that a board must know around it.

    Raises :class:`ModelError` for a network that no board can run, or that does not fit the windows
    or labels, and :class:`DataError` for values too large for whole numbers.
    """
    network = compile_network(tflite, target)
    return program_around(network, channels, rate_hz, window, normaliser, task, labels)


def program_around(
    network: Network,
    channels: tuple[Channel, ...],
    rate_hz: float,
    window: int,
    normaliser: Normaliser,
    task: Task,
    labels: tuple[str, ...],
) -> BoardProgram:
    """The same for a network that is compiled already."""
    if network.input.size != window * len(channels):
        raise _unfit(
            text(
                "Its input has {network} values, a window has {window}.",
                network=network.input.size,
                window=window * len(channels),
            )
        )
    output = ProgramOutput(task, labels, network.output.scale, network.output.zero_point)
    outputs = _answers(output, network.output.size)
    if network.output.size != outputs:
        raise _unfit(
            text(
                "It gives {network} answers, the task needs {task}.",
                network=network.output.size,
                task=outputs,
            )
        )
    scaling = fixed_point(normaliser, network.input.scale)
    return BoardProgram(
        ProgramInput(
            channels, rate_hz, window, scaling, network.input.scale, network.input.zero_point
        ),
        output,
        network.plan,
        network.weights,
        network.arena_bytes,
        network.target,
    )


def _check_ends(program: BoardProgram, plan: Plan) -> None:
    """Raise where input and output do not fit the sections that describe them, or the arena."""
    if plan.input_bytes != program.input.values:
        raise refused(
            text(
                "Its network takes {network} values, a window has {window}.",
                network=plan.input_bytes,
                window=program.input.values,
            )
        )
    if plan.output_bytes < 1 or plan.output_bytes != _answers(program.output, plan.output_bytes):
        raise refused(
            text(
                "Its network gives {network} answers, not as its task has it.",
                network=plan.output_bytes,
            )
        )
    for offset, size in ((plan.input, plan.input_bytes), (plan.output, plan.output_bytes)):
        if offset % 4 or offset + size > program.arena_bytes:
            raise refused(text("Its input or output lies where it may not."))


def _answers(output: ProgramOutput, given: int) -> int:
    """How many numbers the task needs; a regression takes any."""
    match output.task:
        case Task.MULTICLASS:
            return len(output.labels)
        case Task.BINARY:
            return 1
        case Task.REGRESSION:
            return given


def _unfit(why: Text) -> ModelError:
    return ModelError(
        text("This network does not fit its task."), why, text("Train it again, then convert it.")
    )
