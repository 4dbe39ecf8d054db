# SPDX-License-Identifier: GPL-3.0-or-later
"""What a stack of layers amounts to, and whether it can learn the task."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.core.errors import ModelError
from app.core.layer_shapes import show_shape
from app.core.layers import layer_type
from app.core.model_spec import LayerSpec, ModelSpec, ParameterValue, Shape
from app.core.text import Text, text
from app.core.training import Task

OUTPUT_ACTIVATION = {
    Task.MULTICLASS: "softmax",
    Task.BINARY: "sigmoid",
    Task.REGRESSION: "linear",
}
"""How the last layer must end, so that its answer means what the loss compares it with."""


def output_count(task: Task, classes: int) -> int:
    """How many numbers the network answers with: one a class, or one number."""
    return classes if task is Task.MULTICLASS else 1


@dataclass(frozen=True, slots=True)
class LayerReport:
    """One layer in its place. Shapes are ``None`` behind a layer that cannot stand."""

    kind: str
    input_shape: Shape | None
    output_shape: Shape | None
    trainable: int = 0
    non_trainable: int = 0
    formula: str = ""
    macs: int = 0
    problem: Text | None = None
    hints: tuple[Text, ...] = ()

    @property
    def parameters(self) -> int:
        return self.trainable + self.non_trainable


@dataclass(frozen=True, slots=True)
class ModelReport:
    """A whole network, as ``model.summary()`` shows it.

    ``problem`` is the first reason why it cannot be trained, ``None`` where it can.
    """

    layers: tuple[LayerReport, ...]
    output_shape: Shape | None
    problem: Text | None

    @property
    def trainable(self) -> int:
        return sum(layer.trainable for layer in self.layers)

    @property
    def non_trainable(self) -> int:
        return sum(layer.non_trainable for layer in self.layers)

    @property
    def parameters(self) -> int:
        return self.trainable + self.non_trainable

    @property
    def macs(self) -> int:
        return sum(layer.macs for layer in self.layers)


def analyse(spec: ModelSpec, input_shape: Shape, task: Task, outputs: int) -> ModelReport:
    """Follow ``input_shape`` (without the batch) through the layers of ``spec``.

    ``outputs`` is how many numbers the task needs (:func:`output_count`).
    """
    reports: list[LayerReport] = []
    shape: Shape | None = input_shape
    for layer in spec.layers:
        report = _report(layer, shape, outputs)
        reports.append(report)
        shape = report.output_shape
    problem = next((report.problem for report in reports if report.problem), None)
    if not reports:
        problem = text("There is no layer yet: add one, or start from a preset.")
    elif shape is not None:
        problem = _ending_problem(spec, shape, task, outputs)
        reports[-1] = replace(reports[-1], problem=problem)
    return ModelReport(tuple(reports), shape, problem)


def resolve(spec: ModelSpec, task: Task, outputs: int) -> ModelSpec:
    """``spec`` with every parameter spelt out: defaults, outputs for ``units=None``, and the
    task's own function for ``activation=None``. Raises :class:`ModelError` for a bad parameter."""
    layers: list[LayerSpec] = []
    for layer in spec.layers:
        values: dict[str, ParameterValue] = dict(layer_type(layer).values(layer).all)
        if "units" in values and values["units"] is None:
            values["units"] = outputs
        if "activation" in values and values["activation"] is None:
            values["activation"] = OUTPUT_ACTIVATION[task]
        layers.append(LayerSpec(layer.kind, values))
    return ModelSpec(tuple(layers), spec.preset)


def _report(layer: LayerSpec, shape: Shape | None, outputs: int) -> LayerReport:
    try:
        kind = layer_type(layer)
        values = kind.values(layer)
        if shape is None:
            return LayerReport(layer.kind, None, None)
        effect = kind.effect(values, shape, outputs)
    except ModelError as error:
        return LayerReport(layer.kind, shape, None, problem=error.what)
    return LayerReport(
        layer.kind,
        shape,
        effect.output_shape,
        effect.trainable,
        effect.non_trainable,
        effect.formula,
        effect.macs,
        hints=effect.hints,
    )


def _ending_problem(spec: ModelSpec, shape: Shape, task: Task, outputs: int) -> Text | None:
    """Why the network's answer is not the task's, or ``None``."""
    if len(shape) != 1:
        return text(
            "The network ends in {shape} values, not in one row of answers. Put Flatten or a "
            "global pooling before the last Dense layer.",
            shape=show_shape(shape),
        )
    if shape[0] != outputs:
        return text(
            "The network gives {given} answers and the task needs {needed}. End with a Dense layer "
            "of {needed} neurons.",
            given=shape[0],
            needed=outputs,
        )
    activation = _last_activation(resolve(spec, task, outputs))
    if activation == OUTPUT_ACTIVATION[task]:
        return None
    match task:
        case Task.MULTICLASS:
            return text(
                "Choosing among classes needs probabilities that add up to 1: end with the "
                "activation softmax, not {activation}.",
                activation=activation,
            )
        case Task.BINARY:
            return text(
                "A yes-or-no answer is a probability from 0 to 1: end with the activation sigmoid, "
                "not {activation}.",
                activation=activation,
            )
        case Task.REGRESSION:
            return text(
                "A number may have any size: end with the activation linear, not {activation}.",
                activation=activation,
            )


def _last_activation(resolved: ModelSpec) -> str:
    """The function that the answers come out of; layers that only pass values on are skipped."""
    for layer in reversed(resolved.layers):
        if layer.kind not in ("flatten", "reshape", "dropout"):
            return str(layer.parameters.get("activation", "linear"))
    return "linear"
