# SPDX-License-Identifier: GPL-3.0-or-later
"""Changes to a stack of layers, as pure functions from one :class:`ModelSpec` to the next.

Layers are named by their place, first is 0. A place that does not exist raises ``IndexError``: it
is a defect of the caller, not something a user can do. Layers that did not change stay the very
same objects, so that a view can tell which did.
"""

from __future__ import annotations

from dataclasses import replace

from app.core.model_spec import LayerSpec, ModelSpec, ParameterValue


def insert_layer(spec: ModelSpec, at: int, layer: LayerSpec) -> ModelSpec:
    """Put ``layer`` before the one at ``at``; ``at == len(layers)`` puts it last."""
    if not 0 <= at <= len(spec.layers):
        raise IndexError(at)
    return _with(spec, (*spec.layers[:at], layer, *spec.layers[at:]))


def remove_layer(spec: ModelSpec, at: int) -> ModelSpec:
    _check(spec, at)
    return _with(spec, (*spec.layers[:at], *spec.layers[at + 1 :]))


def move_layer(spec: ModelSpec, at: int, to: int) -> ModelSpec:
    """Take the layer at ``at`` out and put it back so that it is at ``to``."""
    _check(spec, at)
    _check(spec, to)
    return insert_layer(remove_layer(spec, at), to, spec.layers[at])


def duplicate_layer(spec: ModelSpec, at: int) -> ModelSpec:
    """Put a copy of the layer at ``at`` right behind it."""
    _check(spec, at)
    layer = spec.layers[at]
    return insert_layer(spec, at + 1, LayerSpec(layer.kind, dict(layer.parameters)))


def set_parameter(spec: ModelSpec, at: int, name: str, value: ParameterValue) -> ModelSpec:
    """Tell the layer at ``at`` that ``name`` is ``value``. Whether it may be is for
    :func:`app.core.model_report.analyse` to say."""
    _check(spec, at)
    layer = spec.layers[at]
    changed = LayerSpec(layer.kind, {**layer.parameters, name: value})
    return _with(spec, (*spec.layers[:at], changed, *spec.layers[at + 1 :]))


def _check(spec: ModelSpec, at: int) -> None:
    if not 0 <= at < len(spec.layers):
        raise IndexError(at)


def _with(spec: ModelSpec, layers: tuple[LayerSpec, ...]) -> ModelSpec:
    return replace(spec, layers=layers)
