# SPDX-License-Identifier: GPL-3.0-or-later
"""Messages survive the wire, and nothing else passes for one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.codec import CodecError
from app.core.errors import FlashProblem
from app.core.recording import Part
from app.core.text import NOTHING, text
from app.core.training import EpochMetrics, StopReason
from app.deploy import flashing
from app.jobs import wire
from app.jobs.messages import (
    Cancel,
    Cancelled,
    ConvertRequest,
    DeployRequest,
    EpochEnd,
    EvaluateRequest,
    Failed,
    Finished,
    FlashRequest,
    FlashResult,
    Log,
    Quit,
    Stage,
    Step,
    TrainRequest,
    TrainResult,
    VerifyRequest,
    WarmUpRequest,
)

TO_WORKER = [
    WarmUpRequest(),
    TrainRequest("/p ä", "run-1"),
    ConvertRequest("p", "r", "esp32"),
    EvaluateRequest("p", "r", Part.VALIDATION),
    FlashRequest("virtual", "socket://h:1", "p.twb"),
    VerifyRequest("p", "r", "COM3", None),
    DeployRequest("p", "r", "virtual", "/dev/pts/3", 50, may_replace=True),
    Cancel(),
    Quit(),
]
FROM_WORKER = [
    Stage(Step.TRAINING, 0.25, None),
    EpochEnd(EpochMetrics(1, 0.5, 0.9, None, float("inf"), 0.1), best=False),
    Log("100 %\n"),
    Finished(TrainResult("r", StopReason.CANCELLED, 7, None)),
    Finished(FlashResult(0xFFFFFFFF, was_there=True, seconds=0.5, port="COM4")),
    Cancelled(),
    Cancelled(TrainResult("r", StopReason.CANCELLED, 7, None)),
    Failed(text("No."), problem=FlashProblem.BOOT_MODE),
    Stage(Step.FLASHING, 0.5, 1.0, flashing.Stage.INSTALLING),
    Failed(text("{n} of {m}", n=1, m=text("{k} more", k=2.5)), NOTHING, text("Go {on}", on="on")),
]


@pytest.mark.parametrize("message", TO_WORKER, ids=lambda message: type(message).__name__)
def test_what_the_studio_says_survives(message: wire.ToWorker) -> None:
    assert wire.decode_to_worker(wire.encode(3, message)) == (3, message)


@pytest.mark.parametrize("message", FROM_WORKER, ids=lambda message: type(message).__name__)
def test_what_the_worker_says_survives(message: wire.FromWorker) -> None:
    assert wire.decode_from_worker(wire.encode(3, message)) == (3, message)


def test_values_of_a_sentence_that_are_no_json_travel_as_they_show() -> None:
    failed = Failed(text("{path} is gone.", path=Path("a", "b")))
    _, received = wire.decode_from_worker(wire.encode(1, failed))
    assert isinstance(received, Failed)
    assert str(received.what) == f"{Path('a', 'b')} is gone."


@pytest.mark.parametrize(
    "envelope",
    [
        {},
        [],
        {"job": "1", "kind": "Cancel", "body": {}},
        {"job": 1, "kind": "Cancel", "body": {}, "more": 1},
        {"job": 1, "kind": "Finished", "body": {}},
        {"job": 1, "kind": "NoSuch", "body": {}},
        {"job": 1, "kind": "TrainRequest", "body": {"project": "p"}},
        {"job": 1, "kind": "TrainRequest", "body": {"project": "p", "run_id": 3}},
    ],
)
def test_what_is_no_request_is_refused(envelope: object) -> None:
    with pytest.raises(CodecError):
        wire.decode_to_worker(json.dumps(envelope).encode())


@pytest.mark.parametrize(
    "envelope",
    [
        {"job": 1, "kind": "Finished", "body": None},
        {"job": 1, "kind": "Finished", "body": {"kind": "NoSuch", "body": {}}},
        {"job": 1, "kind": "Failed", "body": ["a", "b", "c"]},
        {"job": 1, "kind": "Failed", "body": []},
        {"job": 1, "kind": "Killed", "body": {"exit_code": 1, "log": []}},
        {"job": 1, "kind": "TrainRequest", "body": {"project": "p", "run_id": "r"}},
    ],
)
def test_what_is_no_answer_is_refused(envelope: object) -> None:
    with pytest.raises(CodecError):
        wire.decode_from_worker(json.dumps(envelope).encode())


@given(st.binary(max_size=60))
@settings(max_examples=200)
def test_any_bytes_are_a_message_or_a_codec_error(data: bytes) -> None:
    for decode in (wire.decode_to_worker, wire.decode_from_worker):
        with pytest.raises(CodecError):
            decode(data)
