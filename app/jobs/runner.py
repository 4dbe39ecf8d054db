# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs jobs, one at a time, in a worker child that is kept warm between them.

Callbacks come from a thread of the runner: a view must carry them over to its event loop. Stopping
is a ladder with a time-out at each rung (ask, terminate, kill), less than a second in all unless a
caller has more patience.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from types import TracebackType

from app.core.errors import JobError
from app.core.own_process import own_command
from app.core.text import text
from app.jobs import WORKER_FLAG
from app.jobs.child import LOG_LINES, Child
from app.jobs.messages import (
    Cancel,
    Cancelled,
    Event,
    Failed,
    Finished,
    Killed,
    Outcome,
    Quit,
    Request,
    WarmUpRequest,
)
from app.jobs.wire import FromWorker

ASK_S = 0.5
TERMINATE_S = 0.3

EventCallback = Callable[[Event], None]
OutcomeCallback = Callable[[Outcome], None]


def _ignore(_: object) -> None:
    """For callers that only wait."""


class Job:
    """One request under way; made by :meth:`JobRunner.start`."""

    def __init__(
        self, number: int, request: Request, on_event: EventCallback, on_outcome: OutcomeCallback
    ) -> None:
        self.number = number
        self.request = request
        self.on_event = on_event
        self.cancel_asked = False
        self._on_outcome = on_outcome
        self._ended = threading.Event()
        self._outcome: Outcome | None = None

    @property
    def outcome(self) -> Outcome | None:
        """How it ended; ``None`` while it runs."""
        return self._outcome

    def wait(self, timeout_s: float | None = None) -> Outcome | None:
        """The outcome; ``None`` when it is not there within ``timeout_s``."""
        self._ended.wait(timeout_s)
        return self._outcome

    def end(self, outcome: Outcome) -> None:
        """For the runner: keep the outcome, let :meth:`wait` return, and tell."""
        self._outcome = outcome
        self._ended.set()
        self._on_outcome(outcome)


class JobRunner:
    """Owns the worker child and the one job that may run in it. Close it, or use it in ``with``."""

    def __init__(self, command: Sequence[str] | None = None) -> None:
        self._command = tuple(command or own_command(WORKER_FLAG))
        self._lock = threading.Lock()
        self._child: Child | None = None
        self._job: Job | None = None
        self._jobs_started = 0
        self._ladders: list[threading.Thread] = []
        self._closed = False
        self._log: deque[str] = deque(maxlen=LOG_LINES)

    def __enter__(self) -> JobRunner:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def busy(self) -> bool:
        """Whether a job runs."""
        return self._job is not None

    @property
    def log(self) -> tuple[str, ...]:
        """The last lines the worker printed, newest last."""
        return tuple(self._log)

    @property
    def worker_pid(self) -> int | None:
        """The worker's process id; ``None`` when there is no worker."""
        child = self._child
        return None if child is None else child.pid

    def warm_up(self) -> None:
        """Start the worker and let it import TensorFlow, unless it is there already."""
        with self._lock:
            if not self._closed and self._child is None:
                self._started_child().send(0, WarmUpRequest())

    def start(
        self,
        request: Request,
        on_event: EventCallback = _ignore,
        on_outcome: OutcomeCallback = _ignore,
    ) -> Job:
        """Begin ``request``. The callbacks come from another thread and must not raise; the
        outcome comes last and once. Raise :class:`JobError` while another job runs."""
        with self._lock:
            if self._closed or self._job is not None:
                raise JobError(
                    text("This cannot start yet."),
                    text("Other work is still running."),
                    text("Wait until it ends, or stop it."),
                )
            child = self._child or self._started_child()
            self._jobs_started += 1
            job = Job(self._jobs_started, request, on_event, on_outcome)
            self._job = job
        child.send(job.number, request)
        return job

    def run(self, request: Request, on_event: EventCallback = _ignore) -> Outcome:
        """Do ``request`` and wait for its outcome; Ctrl-C stops it and is passed on."""
        job = self.start(request, on_event)
        try:
            while (outcome := job.wait(1.0)) is None:
                pass  # short waits: on Windows an endless one would not hear Ctrl-C
        except KeyboardInterrupt:
            self.cancel()
            job.wait()
            raise
        return outcome

    def cancel(self, patience_s: float = ASK_S) -> None:
        """Stop the running job, if any. Returns at once; the worker has ``patience_s`` to end by
        itself and keep what it has, and is ended less than half a second later. Asking once more
        with less patience counts."""
        with self._lock:
            job, child = self._job, self._child
            if job is None or child is None:
                return
            job.cancel_asked = True
            ladder = threading.Thread(
                target=_cancel, args=(child, job, patience_s), name="worker-cancel", daemon=True
            )
            self._ladders = [*(old for old in self._ladders if old.is_alive()), ladder]
            ladder.start()

    def close(self) -> None:
        """Stop the job and end the worker; wait for both."""
        with self._lock:
            self._closed = True
        self.cancel()
        for ladder in self._ladders:
            ladder.join()
        child = self._child
        if child is not None:
            child.send(0, Quit())
            _climb(child, child.join, ASK_S)
            child.join()

    def _started_child(self) -> Child:
        """A new worker; the lock is held."""
        try:
            child = Child(self._command, self._on_message, self._on_end, self._log)
        except OSError as error:
            raise JobError(
                text("The worker process did not start."),
                text("{error}", error=str(error)),
                text("Start the studio again; if that does not help, install it anew."),
            ) from error
        self._child = child
        return child

    def _on_message(self, number: int, message: FromWorker) -> None:
        job = self._job
        if job is None or job.number != number:
            return  # of the warm-up, or of a job that has ended
        if isinstance(message, Finished | Cancelled | Failed | Killed):
            self._end(job, message)
        else:
            job.on_event(message)

    def _on_end(self, child: Child, exit_code: int) -> None:
        with self._lock:
            if self._child is child:
                self._child = None
            job = self._job
        if job is not None:
            self._end(job, Cancelled() if job.cancel_asked else Killed(exit_code, self.log))

    def _end(self, job: Job, outcome: Outcome) -> None:
        with self._lock:
            self._job = None
        job.end(outcome)


def _cancel(child: Child, job: Job, patience_s: float) -> None:
    child.send(job.number, Cancel())
    _climb(child, lambda timeout_s: job.wait(timeout_s) is not None, patience_s)


def _climb(child: Child, ended: Callable[[float], bool], patience_s: float) -> None:
    """The rungs after asking: terminate, then kill, unless it ends in time."""
    if ended(patience_s):
        return
    child.terminate()
    if not ended(TERMINATE_S):
        child.kill()
