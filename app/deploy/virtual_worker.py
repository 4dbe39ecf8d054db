# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs networks beside the simulated board's loop, so that it never stops answering for one."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

WAITING_JOBS = 8
"""Jobs that may wait; a board that is asked for more cannot keep up."""

_T = TypeVar("_T")


class VirtualWorker:
    """One thread for slow work. Outcomes are delivered on the loop's thread, in order."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="network")
        self._ended: deque[Callable[[], None]] = deque()
        self._under_way = 0

    @property
    def full(self) -> bool:
        return self._under_way >= WAITING_JOBS

    @property
    def idle(self) -> bool:
        return self._under_way == 0

    def submit(self, work: Callable[[], _T], done: Callable[[Future[_T]], None]) -> None:
        """Do ``work``; ``done`` gets its outcome in :meth:`deliver`."""

        def ended(outcome: Future[_T]) -> None:
            self._ended.append(lambda: done(outcome))
            self._wake()

        self._under_way += 1
        self._pool.submit(work).add_done_callback(ended)

    def deliver(self) -> None:
        """Hand out what has ended. Raises what ``done`` raises."""
        while self._ended:
            self._under_way -= 1
            self._ended.popleft()()

    def close(self) -> None:
        """Forget what waits and let the thread end; what runs now is waited for."""
        self._pool.shutdown(cancel_futures=True)
