# SPDX-License-Identifier: GPL-3.0-or-later
"""What a layer can be told: descriptors a form is built from, and values checked against them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from app.core.errors import ModelError
from app.core.model_spec import ParameterValue
from app.core.text import NOTHING, Text, text


class ParameterType(Enum):
    """Which kind of field a form shows."""

    INTEGER = "integer"
    NUMBER = "number"
    CHOICE = "choice"
    SWITCH = "switch"
    SHAPE = "shape"
    """Sizes as text, parted by commas; one of them may be -1, "whatever is left"."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a choice. ``value=None`` is the choice made from the task."""

    value: str | None
    title: Text


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing a layer can be told.

    ``minimum`` and ``maximum`` are inclusive. Where ``none_title`` is not empty, the value may be
    ``None``, and the title says what that means.
    """

    name: str
    type: ParameterType
    default: ParameterValue
    title: Text
    help: Text
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[Choice, ...] = ()
    none_title: Text = NOTHING

    def problem(self, value: ParameterValue) -> Text | None:
        """Why ``value`` cannot be used, or ``None``."""
        if value is None and self.none_title:
            return None
        match self.type:
            case ParameterType.INTEGER:
                if isinstance(value, bool) or not isinstance(value, int):
                    return text("{name} must be a whole number.", name=self.title)
                return self._range_problem(value)
            case ParameterType.NUMBER:
                if isinstance(value, bool) or not isinstance(value, int | float):
                    return text("{name} must be a number.", name=self.title)
                return self._range_problem(value)
            case ParameterType.CHOICE:
                if value not in [choice.value for choice in self.choices]:
                    return text(
                        "{name} must be one of {choices}.",
                        name=self.title,
                        choices=", ".join(str(choice.value) for choice in self.choices),
                    )
            case ParameterType.SWITCH:
                if not isinstance(value, bool):
                    return text("{name} must be on or off.", name=self.title)
            case ParameterType.SHAPE:
                if not isinstance(value, str) or parse_shape(value) is None:
                    return text(
                        "{name} must be whole numbers parted by commas, such as 30, 6, 1; "
                        "one of them may be -1.",
                        name=self.title,
                    )
        return None

    def _range_problem(self, value: float) -> Text | None:
        if isinstance(value, float) and not math.isfinite(value):
            return text("{name} must be a number.", name=self.title)
        if self.minimum is not None and value < self.minimum:
            return text("{name} must be at least {minimum}.", name=self.title, minimum=self.minimum)
        if self.maximum is not None and value > self.maximum:
            return text("{name} must be at most {maximum}.", name=self.title, maximum=self.maximum)
        return None


def parse_shape(sizes: str) -> tuple[int, ...] | None:
    """Sizes as typed ("30, 6, 1") as numbers; ``None`` where they cannot be read.

    Every size is at least 1; one may be -1, "whatever is left".
    """
    try:
        shape = tuple(int(size) for size in sizes.split(","))
    except ValueError:
        return None
    known = [size for size in shape if size != -1]
    if len(shape) - len(known) > 1 or any(size < 1 for size in known):
        return None
    return shape


class Values:
    """A layer's parameters with the defaults filled in, every one checked.

    Raises :class:`ModelError` for a name the layer does not have or a value it cannot take.
    """

    def __init__(
        self, parameters: tuple[Parameter, ...], given: Mapping[str, ParameterValue]
    ) -> None:
        unknown = set(given) - {parameter.name for parameter in parameters}
        if unknown:
            raise ModelError(
                text(
                    'This layer has no setting called "{name}": remove the layer and add it again.',
                    name=min(unknown),
                )
            )
        self.all: dict[str, ParameterValue] = {}
        for parameter in parameters:
            value = given.get(parameter.name, parameter.default)
            problem = parameter.problem(value)
            if problem is not None:
                raise ModelError(problem)
            self.all[parameter.name] = value

    def integer(self, name: str) -> int:
        value = self.all[name]
        assert isinstance(value, int)  # noqa: S101 - checked against the descriptor above
        return value

    def integer_or(self, name: str, otherwise: int) -> int:
        return otherwise if self.all[name] is None else self.integer(name)

    def switch(self, name: str) -> bool:
        value = self.all[name]
        assert isinstance(value, bool)  # noqa: S101 - checked against the descriptor above
        return value

    def string_or_none(self, name: str) -> str | None:
        value = self.all[name]
        assert value is None or isinstance(value, str)  # noqa: S101 - checked above
        return value
