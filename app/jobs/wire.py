# SPDX-License-Identifier: GPL-3.0-or-later
"""Messages as JSON and back: ``{"job": 3, "kind": "TrainRequest", "body": {…}}``.

The body is what ``app.core.codec`` makes of the dataclass. Only what the codec cannot know is
spelt out here: which of several results an outcome carries, and sentences for translation.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import cast, get_args

from app.core import codec
from app.core.codec import CodecError, Json
from app.core.errors import FlashProblem
from app.core.text import Text, text
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

ToWorker = Request | Cancel | Quit
FromWorker = Event | Finished | Cancelled | Failed

_TO_WORKER = {kind.__name__: kind for kind in get_args(ToWorker)}
_EVENTS = {kind.__name__: kind for kind in get_args(Event)}
_RESULTS = {kind.__name__: kind for kind in get_args(Result)}


def encode(job: int, message: ToWorker | FromWorker) -> bytes:
    """``message`` of the job numbered ``job``."""
    match message:
        case Finished(result) | Cancelled(result):
            body: Json = None if result is None else _tagged(result)
        case Failed(what, why, action, problem):
            sentences: list[Json] = [_sentence(part) for part in (what, why, action)]
            body = [*sentences, codec.encode(problem)]
        case _:
            body = codec.encode(message)
    return json.dumps({"job": job, "kind": type(message).__name__, "body": body}).encode()


def decode_to_worker(data: bytes) -> tuple[int, ToWorker]:
    """The job number and what the studio says. Raise :class:`CodecError` for anything else."""
    job, kind, body = _envelope(data)
    return job, cast(ToWorker, _read(_TO_WORKER, kind, body))


def decode_from_worker(data: bytes) -> tuple[int, FromWorker]:
    """The job number and what the worker says. Raise :class:`CodecError` for anything else."""
    job, kind, body = _envelope(data)
    match kind:
        case "Finished":
            return job, Finished(_read_tagged(body))
        case "Cancelled":
            return job, Cancelled(None if body is None else _read_tagged(body))
        case "Failed" if isinstance(body, list) and len(body) == 4:
            what, why, action = (_read_sentence(part) for part in body[:3])
            problem = None if body[3] is None else codec.decode(FlashProblem, body[3])
            return job, Failed(what, why, action, problem)
        case _:
            return job, cast(Event, _read(_EVENTS, kind, body))


def _envelope(data: bytes) -> tuple[int, str, Json]:
    try:
        envelope = cast(Json, json.loads(data))
    except ValueError as error:
        raise CodecError(text("It is not JSON.")) from error
    match envelope:
        case {"job": int(job), "kind": str(kind), "body": body} if len(envelope) == 3:
            return job, kind, body
        case _:
            raise CodecError(text("It is no message of the worker."))


def _tagged(result: Result) -> Json:
    return {"kind": type(result).__name__, "body": codec.encode(result)}


def _read_tagged(data: Json) -> Result:
    match data:
        case {"kind": str(kind), "body": body} if len(data) == 2:
            return cast(Result, _read(_RESULTS, kind, body))
        case _:
            raise CodecError(text("It carries no result."))


def _read(kinds: Mapping[str, type], kind: str, body: Json) -> object:
    if kind not in kinds:
        raise CodecError(text('Nothing is called "{kind}" here.', kind=kind))
    return codec.decode(cast(type[object], kinds[kind]), body)


def _sentence(sentence: Text) -> Json:
    """Values that are no plain JSON (paths, errors) travel as the text they would show as."""
    values: dict[str, Json] = {}
    for name, value in sentence.values.items():
        if isinstance(value, Text):
            values[name] = _sentence(value)
        elif isinstance(value, bool | int | float | str):
            values[name] = value
        else:
            values[name] = str(value)
    return {"template": sentence.template, "values": values}


def _read_sentence(data: Json) -> Text:
    match data:
        case {"template": str(template), "values": dict(values)} if len(data) == 2:
            return Text(template, {name: _read_value(value) for name, value in values.items()})
        case _:
            raise CodecError(text("It carries no sentence."))


def _read_value(data: Json) -> object:
    return _read_sentence(data) if isinstance(data, dict) else data
