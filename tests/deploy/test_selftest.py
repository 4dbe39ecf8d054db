# SPDX-License-Identifier: GPL-3.0-or-later
"""A board is checked from outside and from inside, and the report says what failed."""

from __future__ import annotations

import json
from types import SimpleNamespace

import numpy as np
import pytest

from app.capture.client import SampleBlock
from app.capture.discovery import DiscoveredPort
from app.cli.main import main
from app.core.board import UsbId
from app.core.errors import PortError
from app.deploy import selftest
from app.deploy.selftest import selftest_at
from app.deploy.selftest_report import SelftestReport, report_lines
from app.deploy.simulator import Simulator
from app.deploy.virtual_faults import Faults
from app.deploy.virtual_process import SimulateOptions
from tests.helpers.simulated import Bench, motion_program

NAMES = ["Link", "Speed", "Clock", "Stream", "Sensors", "Model"]


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
    port = simulated()
    report = selftest_at(port, progress=done.append)
    assert report.passed, report_lines(report)
    assert [str(check.name) for check in report.checks] == NAMES
    assert report.identity.serial == "simulated-5"
    figures = report.figures
    assert figures.round_trip_ms > 0
    assert figures.jitter_us is not None
    assert figures.jitter_us < 10  # its samples lie on a grid; times are whole microseconds
    assert done == sorted(done)
    assert done[-1] == 1.0
    lines = report_lines(report)
    assert lines[0].startswith("Tinywright ")
    assert "pyserial" in lines[1]
    assert lines[2] == f"Port      {port} at 921600 baud"
    assert lines[3] == "Board     virtual, 64 MHz, serial simulated-5"
    assert [line.split()[0] for line in lines[6:-1]] == ["PASS"] * len(NAMES)
    assert lines[-1] == "All passed."


def test_the_report_names_the_port(monkeypatch, simulated) -> None:
    url = simulated()
    found = DiscoveredPort(url, "CP2102", serial_number="0001", usb=UsbId(0x10C4, 0xEA60))
    monkeypatch.setattr(selftest, "list_ports", lambda: [found])
    lines = report_lines(selftest_at(url))
    assert lines[2] == f"Port      {url} at 921600 baud, CP2102, USB 10C4:EA60, serial 0001"


def test_what_failed_is_in_the_report(simulated, capsys) -> None:
    code = main(["selftest", "--port", simulated("sensor-failed"), "--json"])
    told = json.loads(capsys.readouterr().out)
    assert code == 1
    assert not told["passed"]
    failed = {check["name"]: check["found"] for check in told["checks"] if not check["passed"]}
    assert failed == {
        "Stream": "The motion sensor does not answer.",
        "Sensors": "Motion sensor and switches.",
    }
    assert told["jitter_us"] is None


def test_the_command_prints_the_report(simulated, capsys) -> None:
    assert main(["selftest", "--port", simulated()]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed[4] == "Firmware  simulated 1, protocol 1"
    assert sum(line.startswith("PASS ") for line in printed) == len(NAMES)
    assert printed[-1] == "All passed."


def test_a_port_without_a_board_is_an_error(tmp_path) -> None:
    with pytest.raises(PortError):
        selftest_at(str(tmp_path / "nothing"))


# ---- a board whose time is in the test's hand


class Slow(Bench):
    """Behind a line of ``bytes_per_s`` (else what its speed carries), with a clock that goes
    ``clock`` times as fast as it should; ``pc_s`` is the computer's time."""

    def __init__(self, bytes_per_s: float | None = None, clock: float = 1.0, **options) -> None:
        self.pc_s = 0.0
        self._bytes_per_s, self._clock = bytes_per_s, clock
        super().__init__(**options)

    def wait(self, seconds: float) -> None:
        self.pc_s += seconds
        self.pass_time(seconds * self._clock)

    def write(self, data: bytes) -> None:
        self.wait(self._takes_s(data))
        super().write(data)

    def _send(self, data: bytes) -> bool:
        self.pc_s += self._takes_s(data)
        self.wall_s += self._takes_s(data) * self._clock
        return super()._send(data)

    def _takes_s(self, data: bytes) -> float:
        return len(data) / (self._bytes_per_s or self.speed / 10)


@pytest.fixture
def checked(monkeypatch):
    """The report on a bench."""

    def check(bench: Slow, drive_pins: bool = False) -> SelftestReport:
        clock = SimpleNamespace(perf_counter=lambda: bench.pc_s, sleep=bench.wait)
        monkeypatch.setattr(selftest, "time", clock)
        monkeypatch.setattr(selftest, "STREAM_S", 2.0)
        return selftest.selftest(bench.client, drive_pins=drive_pins)

    return check


def failed(report: SelftestReport) -> list[str]:
    return [str(check.name) for check in report.checks if not check.passed]


def test_the_links_speed_is_measured_and_judged(checked) -> None:
    with Slow() as bench:
        report = checked(bench)
        assert report.figures.bytes_per_s == pytest.approx(bench.speed / 10, rel=0.01)
        assert failed(report) == []
        assert f"{bench.speed} baud carry" in str(report.checks[1].found)
    with Slow(bytes_per_s=0.4 * bench.speed / 10) as bench:
        assert failed(checked(bench)) == ["Speed"]


@pytest.mark.parametrize(("clock", "right"), [(1.0004, True), (0.9996, True), (1.05, False)])
def test_the_boards_clock_is_held_against_the_computers(checked, clock, right) -> None:
    with Slow(clock=clock) as bench:
        report = checked(bench)
    assert report.figures.clock_ppm == pytest.approx((clock - 1) * 1e6, rel=0.02)
    assert failed(report) == ([] if right else ["Clock"])


def test_damaged_frames_are_counted(checked, monkeypatch) -> None:
    with Slow(faults=Faults(corrupt_frames=0.1)) as bench:
        monkeypatch.setattr("app.capture.client.ANSWER_S", (0.01,) * 9)
        monkeypatch.setattr("app.capture.client.SLOW_ANSWER_S", (0.01,) * 9)
        monkeypatch.setattr("app.capture.client.IDENTIFY_EVERY_S", 0.01)
        report = checked(bench)
        assert "Link" in failed(report)
        assert bench.client.repeated > 0
        assert bench.client.damaged > 0


def test_the_stored_model_is_timed(checked) -> None:
    with Slow() as bench:
        bench.client.identify()
        bench.client.send_program(motion_program())
        report = checked(bench)
    assert str(report.checks[-1].found).startswith("One window takes ")


def test_an_item_that_is_not_known_keeps_its_name() -> None:
    check = selftest._own_check(selftest.SelftestAnswer(9, 1, "gyroscope", "turns"))
    assert (str(check.name), str(check.found)) == ("gyroscope", "turns")


def test_a_stream_that_loses_samples_or_wavers_fails(checked, monkeypatch) -> None:
    row = np.zeros((1, 6), np.float32)

    def block(sequence: int, late_us: int = 0, lost: int = 0) -> SampleBlock:
        return SampleBlock(row, sequence, 1000 + 10_000 * sequence + late_us, lost)

    def streamed(blocks: list[SampleBlock]) -> SelftestReport:
        with Slow() as bench:

            def start_stream(rate_hz, _channels, on_samples) -> float:
                for each in blocks:
                    on_samples(each)
                return rate_hz

            monkeypatch.setattr(bench.client, "start_stream", start_stream)
            return checked(bench)

    steady = [block(n) for n in range(5)]
    assert streamed(steady).passed
    assert failed(streamed([*steady, block(7, lost=2)])) == ["Stream"]
    late = streamed([*steady, block(5, late_us=6000)])
    assert (late.passed, late.figures.jitter_us) == (False, 6000.0)
    assert not streamed([]).passed
