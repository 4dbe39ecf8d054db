# SPDX-License-Identifier: GPL-3.0-or-later
"""The worker child: takes requests one after another and answers on the channel.

It ends when it is told to, and when the studio is gone. A defect ends it as well, with the
traceback on its standard error, which the studio keeps: an unknown state is not worked on.
"""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import NoReturn

from app.core.errors import TinywrightError
from app.jobs import tasks
from app.jobs.channel import Channel, ChannelClosedError, connect
from app.jobs.messages import (
    Cancel,
    Cancelled,
    Event,
    Failed,
    Finished,
    Quit,
    Request,
    Result,
)
from app.jobs.progress import CancelToken, StoppedError
from app.jobs.wire import FromWorker, decode_to_worker, encode

ORPHAN_GRACE_S = 2.0

Task = Callable[[Request, Callable[[Event], None], CancelToken], Result]


def main(task: Task = tasks.run) -> NoReturn:
    """Serve the studio that started this process, then end it; ``task`` does one request."""
    faulthandler.enable()
    # Ctrl-C in a terminal reaches the whole process group; what it means is the parent's to say.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    channel = connect(os.environ)
    Worker(channel, task).serve()
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # a windowed program on Windows has none
            stream.flush()
    # All that was made is on the disk, and TensorFlow takes half a second to tidy up.
    os._exit(0)


class Worker:
    """One end of the channel and the request being worked on."""

    def __init__(self, channel: Channel, task: Task) -> None:
        self._channel = channel
        self._task = task
        self._requests: SimpleQueue[tuple[int, Request] | None] = SimpleQueue()
        self._tokens: dict[int, CancelToken] = {}
        self._idle = threading.Event()

    def serve(self) -> None:
        """Work until the studio says quit or goes away."""
        threading.Thread(target=self._listen, name="listener", daemon=True).start()
        while (item := self._requests.get()) is not None:
            number, request = item
            self._send(number, self._work(number, request))
            del self._tokens[number]
        self._idle.set()

    def _work(self, number: int, request: Request) -> Finished | Cancelled | Failed:
        token = self._tokens[number]
        try:
            result = self._task(request, lambda event: self._send(number, event), token)
        except StoppedError:
            return Cancelled()
        except TinywrightError as error:
            return Failed.of(error)
        return Cancelled(result) if token.is_set() else Finished(result)

    def _send(self, number: int, message: FromWorker) -> None:
        try:
            self._channel.send(encode(number, message))
        except ChannelClosedError:
            return  # the listener has noticed and ends the work

    def _listen(self) -> None:
        """The listener thread: queue requests, hand on cancels."""
        try:
            while True:
                number, message = decode_to_worker(self._channel.receive())
                match message:
                    case Quit():
                        break
                    case Cancel():
                        if token := self._tokens.get(number):
                            token.set()
                    case _:
                        self._tokens[number] = CancelToken()
                        self._requests.put((number, message))
        except ChannelClosedError:
            pass  # the studio is gone: as good as Quit
        for token in list(self._tokens.values()):
            token.set()
        self._requests.put(None)
        if not self._idle.wait(ORPHAN_GRACE_S):
            os._exit(1)  # deep in a library that does not listen, and nobody is left to ask
