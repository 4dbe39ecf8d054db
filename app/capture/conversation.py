# SPDX-License-Identifier: GPL-3.0-or-later
"""Request and answer with a board: tags, time-outs, repeats, and events in between."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Protocol

from app.capture.frames import SMALLEST_MAX_PAYLOAD, Demultiplexer, Frame, encode_frame
from app.capture.messages import ANSWER_BIT, ERROR_TYPE, EVENTS, TYPES, Refusal
from app.capture.refusals import board_error
from app.capture.wire import Structure
from app.core.errors import PortError, PortProblem, ProtocolError
from app.core.text import text

TAGS = 255


class Transport(Protocol):
    """What carries the bytes; :class:`app.capture.link.Link` is one."""

    @property
    def url(self) -> str: ...

    @property
    def baud(self) -> int: ...

    @property
    def speed(self) -> int: ...

    def set_speed(self, baud: int) -> bool: ...

    def subscribe(self, receive: Callable[[bytes], None]) -> Callable[[], None]: ...

    def write(self, data: bytes) -> None: ...


def do_nothing() -> None:
    """For requests that change nothing here."""


class Conversation:
    """One request at a time over ``transport``.

    ``on_text`` gets every byte outside frames, ``on_event`` every event that can be read; both on
    the transport's reader thread.
    """

    def __init__(
        self,
        transport: Transport,
        on_text: Callable[[bytes], None],
        on_event: Callable[[Structure], None],
    ) -> None:
        self._transport = transport
        self._on_text = on_text
        self._on_event = on_event
        self._demultiplexer = Demultiplexer()
        self._damaged = 0
        self._repeated = 0
        self._asking = threading.Lock()
        self._answered = threading.Condition()
        self._tag = 0
        self._waiting_for: Frame | None = None
        self._on_answer: Callable[[], None] = do_nothing
        self._answer: Frame | None = None
        self._unsubscribe = transport.subscribe(self._receive)

    def close(self) -> None:
        """Listen no more. The transport stays as it is."""
        self._unsubscribe()

    @property
    def damaged(self) -> int:
        """Frames and events that could not be read so far."""
        return self._damaged

    @property
    def repeated(self) -> int:
        """Requests that were sent again so far."""
        return self._repeated

    @property
    def max_payload(self) -> int:
        """How long a payload may be, both ways."""
        return self._demultiplexer.max_payload

    @max_payload.setter
    def max_payload(self, size: int) -> None:
        if size < SMALLEST_MAX_PAYLOAD:
            raise ProtocolError(
                text("The board takes messages of {size} bytes only.", size=size),
                text("The protocol asks for at least {size}.", size=SMALLEST_MAX_PAYLOAD),
                text("Flash the firmware that comes with this studio."),
            )
        self._demultiplexer.max_payload = size

    def request(
        self,
        request: Structure,
        patience_s: Sequence[float],
        on_answer: Callable[[], None] = do_nothing,
    ) -> bytes:
        """Send, wait, return the answer's payload; once for each of ``patience_s``, which say how
        long an answer may take before the next is sent.

        ``on_answer`` runs on the reader thread, before any event that follows the answer. Raises
        ``BoardError``, ``PortError`` or ``ProtocolError``.
        """
        payload = request.encode()
        if len(payload) > self.max_payload:
            raise ProtocolError(
                text("What the board is asked does not fit into one message."),
                text(
                    "It has {size} bytes, the board takes {limit}.",
                    size=len(payload),
                    limit=self.max_payload,
                ),
                text("Use fewer channels, or shorter names for them."),
            )
        with self._asking:
            self._tag = self._tag % TAGS + 1
            asked = Frame(TYPES[type(request)], self._tag, payload)
            with self._answered:
                self._answer, self._waiting_for, self._on_answer = None, asked, on_answer
            try:
                answer = self._exchange(asked, patience_s)
            finally:
                with self._answered:
                    self._waiting_for = None
        if answer.type == ERROR_TYPE:
            raise board_error(Refusal.decode(answer.payload))
        return answer.payload

    def _exchange(self, asked: Frame, patience_s: Sequence[float]) -> Frame:
        for sending, wait_s in enumerate(patience_s):
            self._repeated += sending > 0
            self._transport.write(encode_frame(asked))
            with self._answered:
                self._answered.wait_for(lambda: self._answer is not None, wait_s)
                if self._answer is not None:
                    return self._answer
        raise PortError(
            PortProblem.SILENT,
            self._transport.url,
            text("The board at {port} does not answer.", port=self._transport.url),
            text("It runs another sketch, is halted, or something else is behind this port."),
            text("Press its reset button or choose another port; then try again."),
        )

    # ---- hearing, on the transport's reader thread

    def _receive(self, data: bytes) -> None:
        received = self._demultiplexer.feed(data)
        self._damaged += sum(received.dropped.values())
        if received.text:
            self._on_text(received.text)
        for frame in received.frames:
            if frame.type in EVENTS:
                try:
                    event = EVENTS[frame.type].decode(frame.payload)
                except ProtocolError:
                    self._damaged += 1
                else:
                    self._on_event(event)
            else:
                self._match(frame)

    def _match(self, frame: Frame) -> None:
        with self._answered:
            asked = self._waiting_for
            if asked is None or self._answer is not None or frame.tag != asked.tag:
                return
            if frame.type == asked.type | ANSWER_BIT:
                self._on_answer()
            elif frame.type != ERROR_TYPE:
                return
            self._answer = frame
            self._answered.notify_all()
