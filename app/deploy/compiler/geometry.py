# SPDX-License-Identifier: GPL-3.0-or-later
"""How a window slides along an image, one axis at a time."""

from __future__ import annotations

from dataclasses import dataclass

from app.deploy.compiler.graph import Padding


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis of an image of ``size`` and of the window that slides along it."""

    size: int
    kernel: int
    stride: int
    dilation: int
    out: int
    """Windows along the axis; below 1 where the window does not fit."""
    pad: int
    """Places outside, before the image."""

    @property
    def extent(self) -> int:
        """Places from the window's first to its last, both included."""
        return (self.kernel - 1) * self.dilation + 1

    @property
    def leaves_image(self) -> bool:
        return self.pad > 0 or (self.out - 1) * self.stride + self.extent > self.size


def slide(size: int, kernel: int, stride: int, dilation: int, padding: Padding) -> Axis:
    """SAME pads evenly, the odd place behind the image."""
    extent = (kernel - 1) * dilation + 1
    if padding is Padding.VALID:
        return Axis(size, kernel, stride, dilation, (size - extent) // stride + 1, 0)
    out = -(-size // stride)
    outside = max((out - 1) * stride + extent - size, 0)
    return Axis(size, kernel, stride, dilation, out, outside // 2)


def lies_in_one_piece(rows: Axis, columns: Axis) -> bool:
    """Whether the values of a window inside the image lie side by side in memory."""
    rows_joined = rows.kernel == 1 or (columns.kernel == columns.size and rows.dilation == 1)
    return rows_lie_in_one_piece(columns) and rows_joined


def rows_lie_in_one_piece(columns: Axis) -> bool:
    """Whether the values of each row of a window inside the image lie side by side."""
    return columns.kernel == 1 or columns.dilation == 1
