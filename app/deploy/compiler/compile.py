# SPDX-License-Identifier: GPL-3.0-or-later
"""Compiles a network for a target: ``.tflite`` in, the sections PLAN and WEIGHTS out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.core.errors import ModelError
from app.core.text import Text, text
from app.deploy.compiler.arena import ArenaPlan, Block, plan_arena
from app.deploy.compiler.graph import Graph
from app.deploy.compiler.lowering import Buffer, Lowering, Step, is_scale
from app.deploy.compiler.network import Interface, Layer, Network
from app.deploy.compiler.operators import lower
from app.deploy.compiler.records import Plan, Record, record_bytes
from app.deploy.compiler.targets import Target
from app.deploy.compiler.tflite_reader import read_graph


def compile_network(network: bytes | Graph, target: Target) -> Network:
    """Compile a full-int8 ``.tflite``, or a graph, with one input and one output.

    Raises :class:`ModelError` that says what about it no board can run.
    """
    graph = read_graph(network) if isinstance(network, bytes) else network
    if len(graph.inputs) != 1 or len(graph.outputs) != 1:
        raise _unusable(text("It must have one input and one output."))
    lowering = lower(graph, target)
    source, answer = _ends(graph)
    first, last = lowering.buffer_of(source), lowering.buffer_of(answer)
    if first is None or last is None:
        raise _unusable(
            text("Its input and output are not int8."),
            text("Convert it with full int8 quantisation."),
        )
    interfaces = _interface(graph, source), _interface(graph, answer)
    arena = _Arena(lowering.steps, first, last)
    offsets = arena.offsets
    plan = Plan(
        input=offsets[first],
        input_bytes=first.size,
        output=offsets[last],
        output_bytes=last.size,
        records=[_record(step, offsets) for step in lowering.steps],
    )
    return Network(
        target=target,
        plan=plan.encode(),
        weights=bytes(lowering.weights),
        arena_bytes=arena.plan.size,
        input=interfaces[0],
        output=interfaces[1],
        layers=tuple(_layers(lowering, arena)),
    )


def _ends(graph: Graph) -> tuple[int, int]:
    """The tensors where the int8 network begins and ends: past QUANTIZE, before DEQUANTIZE."""
    source, answer = graph.inputs[0], graph.outputs[0]
    for operator in graph.operators:
        if operator.kind == "QUANTIZE" and operator.inputs[0] == source:
            if graph.tensors[source].dtype != "int8":
                source = operator.outputs[0]
        elif operator.kind == "DEQUANTIZE" and operator.outputs[0] == answer:
            answer = operator.inputs[0]
    return source, answer


def _interface(graph: Graph, place: int) -> Interface:
    tensor = graph.tensors[place]
    q = tensor.quantisation
    if tensor.dtype != "int8" or q is None or len(q.scales) != 1:
        raise _unusable(
            text("Its input and output are not int8."),
            text("Convert it with full int8 quantisation."),
        )
    zero_point = q.zero_points[0]
    if not (is_scale(q.scales[0]) and -128 <= zero_point <= 127):
        raise _unusable(text("Its quantisation is out of range."))
    if len(tensor.shape) < 2 or tensor.shape[0] != 1:
        raise _unusable(text("Its shapes must be fixed, with a batch of one."))
    return Interface(tensor.shape[1:], q.scales[0], zero_point)


class _Arena:
    """Where the buffers of all steps lie."""

    def __init__(self, steps: list[Step], source: Buffer, answer: Buffer) -> None:
        self._steps = steps
        first, last = {source: -1}, {source: -1}
        slack: dict[Buffer, int] = {}
        for time, step in enumerate(steps):
            for place in step.places.values():
                first.setdefault(place.buffer, time)
                last[place.buffer] = time
            for place in step.reads.values():
                slack[place.buffer] = max(slack.get(place.buffer, 0), step.slack)
        last[answer] = len(steps)
        buffers = list(first)
        self._lives = {buffer: range(first[buffer], last[buffer] + 1) for buffer in buffers}
        numbers = {buffer: number for number, buffer in enumerate(buffers)}
        blocks = [
            Block(
                size=buffer.size,
                first=first[buffer],
                last=last[buffer],
                over=tuple(
                    sorted(
                        numbers[other]
                        for other in _overlaid(steps, buffer, first[buffer])
                        if last[other] == first[buffer]
                    )
                ),
                slack=slack.get(buffer, 0),
            )
            for buffer in buffers
        ]
        self.plan: ArenaPlan = plan_arena(blocks)
        self.offsets: Mapping[Buffer, int] = dict(zip(buffers, self.plan.offsets, strict=True))

    def alive(self, times: Iterable[int]) -> int:
        """The most bytes in use at one of ``times``; what shares a place counts once."""
        return max((self._alive(time) for time in times), default=0)

    def _alive(self, time: int) -> int:
        total, end = 0, 0
        pieces = [
            (offset, offset + buffer.size)
            for buffer, offset in self.offsets.items()
            if time in self._lives[buffer]
        ]
        for start, stop in sorted(pieces):
            total += max(stop - max(start, end), 0)
            end = max(end, stop)
        return total


def _overlaid(steps: list[Step], buffer: Buffer, first: int) -> set[Buffer]:
    """The inputs that ``buffer`` may lie over where it is written first."""
    if first < 0 or all(place.buffer is not buffer for place in steps[first].writes.values()):
        return set()
    return {steps[first].reads[name].buffer for name in steps[first].over} - {buffer}


def _record(step: Step, offsets: Mapping[Buffer, int]) -> Record:
    places = {name: offsets[place.buffer] + place.offset for name, place in step.places.items()}
    return Record(step.kind, {**step.fields, **places}, step.packing)


def _layers(lowering: Lowering, arena: _Arena) -> Iterable[Layer]:
    for place, operator in enumerate(lowering.graph.operators):
        times = [time for time, step in enumerate(lowering.steps) if step.layer == place]
        kinds = [lowering.steps[time].kind for time in times]
        output = lowering.graph.tensors[operator.outputs[0]]
        costs = lowering.costs[place]
        yield Layer(
            operator=operator.kind,
            name=output.name,
            place=place,
            output_shape=output.shape[1:],
            weight_bytes=costs.weights,
            table_bytes=costs.tables,
            record_bytes=sum(map(record_bytes, kinds)),
            macs=costs.macs,
            arena_bytes=arena.alive(times),
            kinds=tuple(kind.name for kind in kinds),
        )


def _unusable(why: Text, action: Text | None = None) -> ModelError:
    return ModelError(
        text("This network cannot be put on a board."), why, action or text("Convert it again.")
    )
