# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulated board as a process of its own, behind a real port."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator

import numpy as np
import pytest

from app.capture.client import BoardClient, RunResult, SampleBlock
from app.capture.link import Link, LinkState
from app.capture.messages import RunFormat
from app.core.board_settings import BoardSettings
from app.core.errors import DeployError, PortError
from app.core.own_process import BOARD_FLAG, own_command, own_environment
from app.core.recording import Channel
from app.deploy.engine import Engine
from app.deploy.program import BoardProgram
from app.deploy.simulated_hand import CHANNELS
from app.deploy.simulator import Simulator
from app.deploy.virtual_process import DIED, SimulateOptions
from tests.helpers.ports import wait_until
from tests.helpers.simulated import motion_program

TCP_PORTS = [0] if sys.platform == "win32" else [None, 0]


@pytest.fixture(scope="module", params=TCP_PORTS, ids=lambda port: "pty" if port is None else "tcp")
def simulator(request: pytest.FixtureRequest) -> Iterator[Simulator]:
    """One process for the module: every test opens its port anew."""
    options = SimulateOptions(speed=20, seed=5, tcp_port=request.param)
    with Simulator(options) as started:
        yield started


@pytest.fixture
def link(simulator: Simulator) -> Iterator[Link]:
    opened = Link(simulator.url)
    opened.open()
    yield opened
    opened.close()


def text_of(link: Link) -> bytearray:
    heard = bytearray()
    link.subscribe(heard.extend)
    return heard


def test_it_prints_its_boot_line_and_identifies(simulator: Simulator) -> None:
    link = Link(simulator.url)
    text = bytearray()
    client = BoardClient(link, on_text=text.extend)
    link.open()
    assert client.identify().serial == "simulated-5"
    wait_until(lambda: text.endswith(b"\r\n"))
    assert b"Simulated board" in text
    link.close()


def test_it_streams_faster_than_the_wall_without_a_gap(link: Link) -> None:
    client = BoardClient(link)
    client.identify()
    blocks: list[SampleBlock] = []
    client.start_stream(100.0, range(8), blocks.append)
    wait_until(lambda: sum(len(block.samples) for block in blocks) >= 1000)
    client.stop_stream()
    assert sum(block.lost for block in blocks) == 0
    times = np.concatenate(
        [block.time_us + 10_000 * np.arange(len(block.samples)) for block in blocks]
    )
    assert np.abs(np.diff(times) - 10_000).max() <= 1
    gravity = np.linalg.norm(np.concatenate([b.samples for b in blocks])[:, :3], axis=1)
    assert np.median(gravity) == pytest.approx(1.0, abs=0.1)


def test_a_model_answers_windows_and_the_boards_own_sensor(link: Link) -> None:
    client = BoardClient(link)
    client.identify()
    program = motion_program()
    info = client.send_program(program)
    assert info is not None
    assert info.window == 16
    engine = Engine(BoardProgram.parse(program))
    windows = np.random.default_rng(0).normal(0, 1, (20, 16, 3)).astype(np.float32)
    for window in windows:
        result = client.run_window(window[:, [1, 0, 2]], [CHANNELS[i] for i in (1, 0, 2)], 100.0)
        np.testing.assert_array_equal(result.output, engine.run(window))
    results: list[RunResult] = []
    client.start_run(25, results.append)
    wait_until(lambda: len(results) >= 5)
    # It goes on answering while it runs its model.
    assert client.program_info() == info
    client.stop_run()
    assert np.diff([result.time_us for result in results]) == pytest.approx(250_000, abs=1)


def test_it_prints_scores_between_its_frames(simulator: Simulator) -> None:
    link = Link(simulator.url)
    text = bytearray()
    client = BoardClient(link, on_text=text.extend)
    link.open()
    client.identify()
    client.send_program(motion_program(labels=("a", "b", "c")))
    client.start_run(25, run_format=RunFormat.TEXT)
    wait_until(lambda: text.count(b"c:") >= 3)
    client.stop_run()
    assert text.splitlines()[-1].startswith(b"a:")
    link.close()


def test_the_program_outlives_the_connection(simulator: Simulator) -> None:
    program = motion_program()
    for _ in range(2):
        link = Link(simulator.url)
        client = BoardClient(link)
        link.open()
        if client.identify().program_crc != int.from_bytes(program[-4:], "little"):
            client.send_program(program)
        link.close()
    link.open()
    assert BoardClient(link).program_info().window == 16
    link.close()


# ---- an ordinary sketch


def test_a_sketch_prints_lines_and_obeys() -> None:
    with Simulator(SimulateOptions(text=True, board="esp32", speed=20)) as simulator:
        link = Link(simulator.url)
        text = text_of(link)
        link.open()
        wait_until(lambda: text.count(b"ax:") > 300)
        link.write(b"act fly\n")
        wait_until(lambda: b"act: The simulated hand cannot" in text)
        link.close()
    assert text.count(b"gz:") > 300


# ---- its life


def test_it_ends_with_the_with() -> None:
    simulator = Simulator()
    with simulator:
        assert simulator.running
        assert simulator.pid is not None
    assert not simulator.running
    assert simulator.stop() is None


def test_asking_is_enough_to_end_it() -> None:
    simulator = Simulator()
    simulator.start()
    assert simulator.stop() == 0


def test_it_ends_with_its_parent() -> None:
    """The parent is killed outright; what the child inherited from it closes."""
    parent = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import os; from app.deploy.simulator import Simulator, SimulateOptions;"
            "s = Simulator(SimulateOptions(tcp_port=0));"
            "s.start(); print(s.url, flush=True); os._exit(9)",
        ],
        env=own_environment(),
        stdout=subprocess.PIPE,
    )
    out, _ = parent.communicate(timeout=60)
    url = out.decode().strip()
    assert parent.returncode == 9

    def gone() -> bool:
        link = Link(url)
        try:
            link.open()
        except PortError:
            return True
        link.close()
        return False

    wait_until(gone)


def test_the_process_prints_its_port_first() -> None:
    process = subprocess.Popen(
        own_command(BOARD_FLAG, "--tcp", "0", "--with-parent"),
        env=own_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdin is not None
    assert process.stdout.readline().startswith(b"socket://127.0.0.1:")
    process.stdin.close()
    assert process.wait(30) == 0
    process.stdout.close()


def test_a_board_that_dies_takes_its_port_with_it() -> None:
    with Simulator(SimulateOptions(faults=("die-after=0.5",))) as simulator:
        link = Link(simulator.url)
        link.open()
        wait_until(lambda: link.state is LinkState.LOST)
        wait_until(lambda: not simulator.running)
        link.close()
        assert simulator.stop() == DIED


def test_what_keeps_it_from_starting_is_said() -> None:
    with pytest.raises(DeployError, match="knows no fault"):
        Simulator(SimulateOptions(faults=("fly",))).start()


def test_a_process_that_names_no_port_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    silent = [sys.executable, "-c", "import time; time.sleep(600)"]
    monkeypatch.setattr("app.deploy.simulator.own_command", lambda *_: silent)
    simulator = Simulator()
    with pytest.raises(DeployError, match="said nothing within"):
        simulator.start(timeout_s=0.1)
    assert not simulator.running


def test_it_loads_neither_tensorflow_nor_qt() -> None:
    script = (
        "import sys, json, app.deploy.virtual_process as p;"
        "from app.deploy.virtual_program import load_model;"
        "from tests.helpers.simulated import motion_program;"
        "load_model(motion_program(), 1 << 20);"
        "print(json.dumps([m for m in ('tensorflow', 'keras', 'PySide6') if m in sys.modules]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=own_environment(),
        capture_output=True,
        check=True,
        timeout=60,
    )
    assert json.loads(done.stdout.splitlines()[-1]) == []


def test_options_come_back_from_their_command_line() -> None:
    import argparse

    from app.deploy.virtual_process import add_arguments, options_of

    chosen = SimulateOptions(
        "nano33ble", True, 2.5, 7, 3, 4711, ("mute", "drop-frames=0.1"), True, True, True
    )
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    parser.add_argument("--json", action="store_true")
    for options in (chosen, SimulateOptions()):
        assert options_of(parser.parse_args(options.arguments())) == options


def test_two_hosts_on_one_board_do_not_hang_it(simulator: Simulator) -> None:
    """A host that leaves in the middle of a stream disturbs nobody after it."""
    first = Link(simulator.url)
    client = BoardClient(first)
    first.open()
    client.identify()
    came = threading.Event()
    client.start_stream(100.0, [0], lambda _: came.set())
    assert came.wait(20)
    first.close()
    second = Link(simulator.url)
    after = BoardClient(second)
    second.open()
    assert after.identify(patience_s=10).board == "virtual"
    assert [Channel(c.name, c.unit) for c in after.sensors()][:6] == list(CHANNELS)
    second.close()


def test_a_board_restarts_for_each_host_however_soon_it_comes() -> None:
    with Simulator(SimulateOptions(tcp_port=0)) as board:
        for visit in range(6):
            link, told = Link(board.url), list[str]()
            link.open()
            client = BoardClient(link, on_log=told.append)
            client.identify()
            assert len(told) == min(visit, 1), visit  # it cannot run by itself, and says so
            client.write_settings(BoardSettings(runs_by_itself=True))
            link.close()
