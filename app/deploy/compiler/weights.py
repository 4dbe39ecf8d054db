# SPDX-License-Identifier: GPL-3.0-or-later
"""The WEIGHTS section while it grows."""

from __future__ import annotations

from app.core.errors import ModelError
from app.core.text import text

MAX_BYTES = 16 << 20
"""As long as a board program may be."""


class Weights:
    """Constants one after another; equal ones are kept once."""

    def __init__(self) -> None:
        self._content = bytearray()
        self._offsets: dict[tuple[bytes, int], int] = {}

    def __len__(self) -> int:
        return len(self._content)

    def __bytes__(self) -> bytes:
        return bytes(self._content)

    def add(self, data: bytes, alignment: int) -> int:
        """The offset of ``data``, a multiple of ``alignment``. Raises :class:`ModelError` where
        the section would be longer than a board program may be."""
        offset = self._offsets.get((data, alignment))
        if offset is None:
            self._content += bytes(-len(self._content) % alignment)
            offset = len(self._content)
            if offset + len(data) > MAX_BYTES:
                raise ModelError(
                    text("This network cannot be put on a board."),
                    text("Its weights take more than {limit} bytes.", limit=MAX_BYTES),
                    text("Make its layers smaller."),
                )
            self._content += data
            self._offsets[data, alignment] = offset
        return offset
