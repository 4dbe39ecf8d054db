# SPDX-License-Identifier: GPL-3.0-or-later
"""A board is checked from outside and from inside, and the report says what failed."""

from __future__ import annotations

import json

import pytest

from app.capture.client import SampleBlock
from app.cli.main import main
from app.core.errors import PortError
from app.deploy import selftest
from app.deploy.selftest import report_lines, selftest_at
from app.deploy.simulator import Simulator
from app.deploy.virtual_process import SimulateOptions
from tests.helpers.simulated import Bench


@pytest.fixture(autouse=True)
def _short_stream(monkeypatch):
    monkeypatch.setattr(selftest, "STREAM_S", 0.3)


@pytest.fixture
def simulated():
    """The port of a simulated board with these faults."""
    started: list[Simulator] = []

    def start(*faults: str) -> str:
        simulator = Simulator(SimulateOptions(seed=5, faults=faults))
        started.append(simulator)
        return simulator.start()

    yield start
    for simulator in started:
        simulator.stop()


def test_a_good_board_passes(simulated) -> None:
    done: list[float] = []
    report = selftest_at(simulated(), progress=done.append)
    assert report.passed
    assert [str(check.name) for check in report.checks] == [
        "Link",
        "Stream",
        "The board's own test 1",
        "The board's own test 2",
    ]
    assert report.identity.serial == "simulated-5"
    assert report.round_trip_ms > 0
    assert report.jitter_us is not None
    assert report.jitter_us < 10  # its samples lie on a grid; times are whole microseconds
    assert done == sorted(done)
    assert done[-1] == 1.0
    assert report_lines(report)[0] == "Board     virtual, 64 MHz, serial simulated-5"
    assert report_lines(report)[-1] == "All passed."


def test_what_failed_is_in_the_report(simulated, capsys) -> None:
    code = main(["selftest", "--port", simulated("sensor-failed"), "--json"])
    told = json.loads(capsys.readouterr().out)
    assert code == 1
    assert not told["passed"]
    failed = {check["name"]: check["found"] for check in told["checks"] if not check["passed"]}
    assert failed == {
        "Stream": "The motion sensor does not answer.",
        "The board's own test 1": "Motion sensor and switches.",
    }
    assert told["jitter_us"] is None


def test_the_command_prints_the_report(simulated, capsys) -> None:
    assert main(["selftest", "--port", simulated()]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed[1] == "Firmware  simulated 1"
    assert sum(line.startswith("passed ") for line in printed) == 4
    assert printed[-1] == "All passed."


def test_a_port_without_a_board_is_an_error(tmp_path) -> None:
    with pytest.raises(PortError):
        selftest_at(str(tmp_path / "nothing"))


def test_a_stream_that_loses_samples_or_wavers_fails(monkeypatch) -> None:
    import numpy as np

    def checked(blocks: list[SampleBlock]) -> selftest.SelftestReport:
        with Bench() as bench:

            def start_stream(rate_hz, _channels, on_samples) -> float:
                for block in blocks:
                    on_samples(block)
                return rate_hz

            monkeypatch.setattr(bench.client, "start_stream", start_stream)
            return selftest.selftest(bench.client)

    row = np.zeros((1, 6), np.float32)

    def block(sequence: int, late_us: int = 0, lost: int = 0) -> SampleBlock:
        return SampleBlock(row, sequence, 1000 + 10_000 * sequence + late_us, lost)

    steady = [block(n) for n in range(5)]
    assert checked(steady).passed
    assert not checked([*steady, block(7, lost=2)]).passed
    late = checked([*steady, block(5, late_us=6000)])
    assert (late.passed, late.jitter_us) == (False, 6000.0)
    assert not checked([]).passed
