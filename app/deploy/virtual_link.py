# SPDX-License-Identifier: GPL-3.0-or-later
"""The speed of a simulated board's link, as of a UART: who speaks at another is not understood."""

from __future__ import annotations

import time
from collections.abc import Callable

from app.deploy.virtual_faults import Faults

HOME_BAUD = 115_200
"""What board and host begin with."""
MOST_BAUD = 2_000_000
PROOF_S = 1.5
"""Within which the host has to be heard at a new speed."""
SPELLS = 3
"""So many spells of garbled bytes, with nothing understood between them, are a slower host."""
SPELL_APART_S = 0.15
SPELL_TOGETHER_S = 1.0
LOOK_EVERY_S = 0.1
_GARBAGE = 0x80


class VirtualLink:
    """A UART at one end of a line. ``host_baud`` is the speed set at the other end, ``None`` where
    a link has none, as TCP: then everything is understood."""

    def __init__(
        self,
        host_baud: Callable[[], int | None],
        faults: Faults,
        clock_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._host_baud = host_baud
        self._faults = faults
        self._clock_s = clock_s
        self._baud = HOME_BAUD
        self._unproven_since_s: float | None = None
        self._spells = 0
        self._spell_s = 0.0

    @property
    def baud(self) -> int:
        return self._baud

    def nearest(self, baud: int) -> int:
        """The speed that it would take on for ``baud``."""
        return min(max(baud, HOME_BAUD), MOST_BAUD)

    def change(self, baud: int) -> None:
        """Go on at ``baud``, and soon back if the host is not heard there."""
        if baud == self._baud or self._faults.keep_speed:
            return
        self._baud = baud
        self._spells = 0
        self._unproven_since_s = self._clock_s()

    def heard(self) -> None:
        """A frame has come: the host speaks as fast."""
        self._unproven_since_s = None
        self._spells = 0

    def came(self, data: bytes) -> bytes:
        """What the board gets of what the host has sent."""
        if self._understood():
            return data
        now_s = self._clock_s()
        apart_s = now_s - self._spell_s
        if not self._spells or apart_s >= SPELL_APART_S:
            together = self._spells > 0 and apart_s < SPELL_TOGETHER_S
            self._spells = self._spells + 1 if together else 1
            self._spell_s = now_s
        return self._garbled(data)

    def sent(self, data: bytes) -> bytes:
        """What the host gets of what the board sends."""
        return data if self._understood() else self._garbled(data)

    def tick(self) -> float | None:
        """Go home when it is time; the seconds until the next look, ``None`` at home."""
        if self._baud == HOME_BAUD:
            return None
        since_s = self._unproven_since_s
        unheard = since_s is not None and self._clock_s() - since_s > PROOF_S
        if unheard or self._spells >= SPELLS:
            self._baud = HOME_BAUD
            return None
        return LOOK_EVERY_S

    def _understood(self) -> bool:
        host_baud = self._host_baud()
        if host_baud is None:
            return True
        if self._baud > HOME_BAUD and self._faults.garble_fast:
            return False
        # What a host sets below that is a port that it has opened and not yet set up.
        return max(host_baud, HOME_BAUD) == self._baud

    def _garbled(self, data: bytes) -> bytes:
        return bytes((_GARBAGE,)) * len(data)
