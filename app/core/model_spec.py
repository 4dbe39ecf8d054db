# SPDX-License-Identifier: GPL-3.0-or-later
"""A network as the user designs it: layers as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

ParameterValue = int | float | str | bool | None
Shape = tuple[int, ...]
"""Without the batch: ``(window, channels)``, ``(features,)``, ``(rows, columns, channels)``."""


def _no_parameters() -> Mapping[str, ParameterValue]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class LayerSpec:
    """One layer: its kind (a key of the layer table) and its parameters.

    A parameter left out has the table's default. ``units=None`` of a dense layer means "as many as
    the task has outputs", so that a preset fits any number of classes.
    """

    kind: str
    parameters: Mapping[str, ParameterValue] = field(default_factory=_no_parameters)


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """A stack of layers, first to last. ``preset`` names where it started, empty when by hand."""

    layers: tuple[LayerSpec, ...]
    preset: str = ""
