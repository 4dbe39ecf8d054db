# SPDX-License-Identifier: GPL-3.0-or-later
"""The Nano 33 BLE's firmware, byte for byte as it is flashed, runs on an emulated chip: a computer
enumerates it, the studio's client talks to it. The chip's models fail a test that misuses them."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from random import Random

import numpy as np
import pytest

from app.capture.client import BoardClient, RunResult, SampleBlock
from app.capture.frames import Frame, encode_frame
from app.capture.messages import Flag
from app.core.board import NANO33BLE
from app.core.board_settings import Action, ActionKind, BoardSettings
from app.core.errors import BoardError
from app.core.preprocessing import Normaliser
from app.core.recording import Channel
from app.core.training import Task
from app.deploy.compiler.targets import TARGETS
from app.deploy.engine import Engine
from app.deploy.program import BoardProgram, compile_program
from app.deploy.program_file import program_crc
from tests.firmware.nrf52840.chip import WRITABLE
from tests.firmware.nrf52840.nano33ble import IMAGE, Nano33Ble
from tests.firmware.nrf52840.twim import Bmi270, Hs3003
from tests.firmware.nrf52840.usb_host import StalledError
from tests.firmware.nrf52840.usbd import PACKET
from tests.helpers.golden_programs import bench_vectors, golden_vectors
from tests.helpers.shared_data import shared_path
from tests.helpers.simulated import GOLDEN, NETWORK

SERIAL = "0123456789ABCDEF"
PROGRAM = (GOLDEN / "network-cortex-m4f.bin").read_bytes()
UNSCALED = Normaliser((0.0,) * 3, (1.0,) * 3, (4.0,) * 3)
LABELS = ("up", "down", "to the left")
RED, GREEN, BLUE = 22, 23, 24
MEASURED_MS = 60
RESTART_ITEM = 4
RED_PAD, GREEN_PAD, BLUE_PAD = 24, 16, 6


@pytest.fixture
def bare() -> Nano33Ble:
    """Started, not plugged in."""
    return Nano33Ble()


@pytest.fixture(scope="module")
def shared() -> tuple[Nano33Ble, BoardClient]:
    board = Nano33Ble()
    return board, board.connect()


@pytest.fixture
def plugged(shared) -> Iterator[Nano33Ble]:
    """Enumerated and opened; for tests that leave it so."""
    board, _ = shared
    yield board
    assert board.chip.usbd.attached


@pytest.fixture
def board() -> Nano33Ble:
    return Nano33Ble()


def encode(type_: int, payload: bytes, tag: int) -> bytes:
    return encode_frame(Frame(type_, tag, payload))


# ---- start


def test_the_image_leaves_the_boot_loaders_alone():
    stack, entry = struct.unpack_from("<II", IMAGE)
    assert 0x2000_0400 < stack <= 0x2004_0000
    assert 0x1_0000 < entry < 0x1_0000 + len(IMAGE)
    assert entry & 1
    assert len(IMAGE) <= WRITABLE.start - 0x1_0000


def test_it_takes_over_what_the_boot_loader_left(bare):
    bare.run_ms(20)
    chip = bare.chip
    assert chip.system.values[0xD94] == 0, "memory protection is off"
    assert chip.system.values[0xD08] == 0x1_0000, "its own vectors"
    assert chip.system.values[0x010] == 0, "no tick"
    assert not any(chip.system.enabled + chip.system.pending)
    assert (chip.rtc.runs, chip.rtc.interrupts, chip.rtc.routed) == (False, 0, 0)
    assert chip.uarte.values[0x500] == 0
    assert (chip.pwm.runs, chip.pwm.values[0x500]) == (False, 0)
    assert chip.power.crystal_runs
    assert chip.gpio.level(22) == 1, "the sensors have their supply"
    assert chip.gpio.level(32) == 1, "and their bus its pull-ups"
    assert chip.system.values[0xDFC] == 0, "on a pin that tracing does not use"
    assert [chip.gpio.level(pad) for pad in (RED_PAD, GREEN_PAD, BLUE_PAD)] == [1, 1, 1], "dark"


def test_without_a_crystal_it_stays_off_the_bus(bare):
    bare.chip.power.crystal_works = False
    bare.chip.power.supplied = True
    bare.run_ms(150)
    assert not bare.chip.usbd.attached


def test_an_attached_controller_lets_go_first(bare):
    """As after a boot loader that jumps without a reset."""
    bare.chip.power.supplied = True
    bare.chip.usbd.values[0x500] = bare.chip.usbd.values[0x504] = 1
    bare.chip.usbd.ready = True
    bare.host.run_until(lambda: not bare.chip.usbd.attached, 50, "it lets go")
    left_us = bare.chip.now_us
    bare.host.run_until(lambda: bare.chip.usbd.attached, 100, "it comes back")
    assert bare.chip.now_us - left_us >= 20_000


HARD_FAULT = 3


def test_after_a_fault_it_restarts_and_tells():
    board = Nano33Ble()
    board.run_ms(20)
    board.chip.start(HARD_FAULT)
    board.run_ms(1)
    assert board.chip.restarted
    assert board.chip.power.gpregret == 0, "not into the boot loader"
    again = board.power_cycle()
    again.chip.power.values[0x520] = board.chip.power.values[0x520]  # outlasts a restart
    passed = {item.item: bool(item.passed) for item in again.connect().selftest()}
    assert [item for item, well in passed.items() if not well] == [RESTART_ITEM]


def test_ram_that_the_boot_loader_may_keep_is_left_alone(bare):
    kept = bytes(range(256)) * 4
    bare.chip.store(0x2000_0000, kept)
    bare.connect()
    assert bare.chip.load(0x2000_0000, len(kept)) == kept


# ---- enumeration


def parsed(configuration: bytes) -> list[bytes]:
    parts = []
    while configuration:
        parts.append(configuration[: configuration[0]])
        configuration = configuration[configuration[0] :]
    return parts


def test_a_host_enumerates_it(bare):
    bare.host.plug_in()
    device, configuration = bare.host.enumerate()
    length, kind, usb, *_, vendor, product, _, _, _, _, configurations = struct.unpack(
        "<BBHBBBBHHHBBBB", device
    )
    assert (length, kind, usb, configurations) == (18, 1, 0x0200, 1)
    assert (vendor, product) == (0x2341, 0x805A)
    assert (vendor, product) in [(known.vendor, known.product) for known in NANO33BLE.usb_ids]
    assert device[4:8] == bytes((0xEF, 2, 1, PACKET)), "a function of several interfaces"
    head, *parts = parsed(configuration)
    assert struct.unpack("<BBHBBBBB", head)[2:5] == (len(configuration), 2, 1)
    assert head[7] & 0x80, "bit 7 is always set"
    association = next(part for part in parts if part[1] == 11)
    assert tuple(association[2:7]) == (0, 2, 2, 2, 1)
    interfaces = [tuple(part[2:8]) for part in parts if part[1] == 4]
    assert interfaces == [(0, 0, 1, 2, 2, 1), (1, 0, 2, 10, 0, 0)]
    endpoints = [(part[2], part[3], part[4] | part[5] << 8) for part in parts if part[1] == 5]
    assert endpoints == [(0x81, 3, 16), (0x02, 2, 64), (0x82, 2, 64)]
    functional = {part[2]: part[3:] for part in parts if part[1] == 0x24}
    assert functional[0x00] == b"\x10\x01"
    assert functional[0x06] == b"\x00\x01", "both interfaces are one port"
    assert functional[0x02][0] & 0x02, "it takes line coding and line state"
    assert bare.chip.usbd.values[0x510] == 0b111
    assert bare.chip.usbd.values[0x514] == 0b101


def test_its_texts_name_it(plugged):
    texts = [plugged.host.descriptor(3, index, language=0x0409) for index in (1, 2, 3)]
    assert all(text[:2] == bytes((len(text), 3)) for text in texts)
    assert [text[2:].decode("utf-16-le") for text in texts] == ["Arduino", "Nano 33 BLE", SERIAL]
    assert plugged.host.descriptor(3) == b"\x04\x03\x09\x04"


@pytest.mark.parametrize("length", [1, 8, 9, 63, 64, 65, 74, 75, 76, 255, 4096])
def test_a_reply_ends_where_the_host_wants_it_to(plugged, length):
    assert len(plugged.host.descriptor(2, length=length)) == min(length, 75)
    assert len(plugged.host.descriptor(1, length=length)) == min(length, 18)


@pytest.mark.parametrize(
    ("kind", "request_", "value", "index", "length"),
    [
        (0x00, 6, 6 << 8, 0, 10),  # device qualifier: it is at full speed only
        (0x00, 6, 15 << 8, 0, 5),  # BOS, which USB 2.0 does not have
        (0x00, 6, 2 << 8 | 1, 0, 9),  # a second configuration
        (0x00, 6, 3 << 8 | 9, 0x0409, 255),
        (0x00, 6, 3 << 8 | 0xEE, 0, 18),  # Microsoft's OS string
        (0x01, 0, 0, 2, 2),  # a third interface
        (0x02, 0, 0, 0x83, 2),  # an endpoint that is not there
        (0x02, 0, 0, 0x01, 2),
        (0x21, 0x21, 0, 5, 7),
        (0x40, 1, 0, 0, 8),  # a vendor's request
        (0x00, 77, 0, 0, 8),
        (0x00, 5, 9, 0, 8),  # SET_ADDRESS sends nothing back
    ],
)
def test_what_it_does_not_know_it_stalls(plugged, kind, request_, value, index, length):
    with pytest.raises(StalledError):
        plugged.host.read(kind, request_, value, index, length)
    assert plugged.host.read(0, 8, 0, 0, 1) == b"\1", "and it goes on"


@pytest.mark.parametrize(
    ("kind", "request_", "value", "index", "data"),
    [
        (0x00, 9, 2, 0, b""),  # there is one configuration
        (0x00, 3, 1, 0, b""),  # it wakes nobody
        (0x01, 11, 1, 0, b""),  # there is one setting
        (0x02, 3, 7, 0x82, b""),
        (0x21, 0x20, 0, 0, bytes(5)),  # no line coding
        (0x21, 0x20, 0, 3, bytes(7)),
        (0x00, 6, 1 << 8, 0, b""),  # reads in the wrong direction
    ],
)
def test_what_it_cannot_do_it_stalls(plugged, kind, request_, value, index, data):
    with pytest.raises(StalledError):
        plugged.host.write(kind, request_, value, index, data)
    assert plugged.host.read(0, 8, 0, 0, 1) == b"\1"


def test_it_keeps_the_line_coding(plugged):
    plugged.host.set_line_coding(921_600)
    assert plugged.host.read(0x21, 0x21, 0, 0, 7) == struct.pack("<IBBB", 921_600, 0, 0, 8)
    plugged.host.write(0x21, 0x23, 100, 0)  # a break
    plugged.host.set_line_coding(115_200)


@pytest.mark.parametrize("endpoint", [0x82, 0x02])
def test_a_halted_endpoint_stalls_until_it_is_cleared(plugged, endpoint):
    host = plugged.host
    host.write(2, 3, 0, endpoint)
    assert host.read(2, 0, 0, endpoint, 2) == b"\1\0"
    host.send(b"x") if endpoint == 0x02 else None
    host.run_ms(2)
    assert host.halted_in == (endpoint == 0x82)
    assert host.halted_out == (endpoint == 0x02)
    host.clear_halt(endpoint)
    assert host.read(2, 0, 0, endpoint, 2) == b"\0\0"
    assert plugged.ask(0x01).type == 0x81, "both begin with DATA0 again"


@pytest.mark.parametrize("numbers", [(1,), (0, 1)])
def test_it_is_configured_again_while_a_packet_waits(plugged, numbers):
    plugged.host.listens = False
    plugged.host.send(encode(0x01, b"", 5))
    plugged.run_ms(5)
    for number in numbers:
        plugged.host.configure(number)
    plugged.host.set_lines(ready=True)
    plugged.host.send(encode(0x01, b"", 6))
    plugged.run_ms(5)
    plugged.host.listens = True
    plugged.run_ms(5)
    assert plugged.ask(0x01, tag=78).tag == 78


def test_a_new_request_ends_the_one_before(plugged):
    usbd = plugged.chip.usbd
    for wait_slices in range(0, 12, 3):
        usbd.take_setup(struct.pack("<BBHHH", 0x80, 6, 2 << 8, 0, 75))
        for _ in range(wait_slices):
            plugged.host.run_slice()
        assert len(plugged.host.descriptor(1, length=18)) == 18
    usbd.take_setup(struct.pack("<BBHHH", 0x21, 0x20, 0, 0, 7))  # its data never come
    plugged.run_ms(1)
    assert len(plugged.host.descriptor(1, length=18)) == 18


@pytest.mark.parametrize("slices", [0, 1, 3, 7, 20, 60])
def test_a_reset_at_any_moment_begins_anew(plugged, slices):
    plugged.host.send(encode(0x01, b"", 3) * 4)
    for _ in range(slices):
        plugged.host.run_slice()
    plugged.chip.usbd.take_setup(struct.pack("<BBHHH", 0x80, 6, 2 << 8, 0, 75))
    for _ in range(slices):
        plugged.host.run_slice()
    plugged.host.enumerate()
    plugged.host.open_port()
    assert plugged.ask(0x01).type == 0x81


@pytest.mark.parametrize("seed", range(4))
def test_a_rude_host_finds_it_alive(plugged, seed):
    """Requests of any bytes, cut short or not, data, and resets, at any moment."""
    random = Random(seed)
    host, usbd = plugged.host, plugged.chip.usbd
    for _ in range(60):
        kind = random.choice([0, 1, 2, 0x21, 0x40])
        request = random.choice([*range(13), 0x20, 0x22])
        value = random.choice([0, 1, 0x100, 0x200, 0x303])
        index = random.choice([0, 1, 2, 0x81, 0x82])
        length = random.choice([0, 1, 7, 64, 255])
        doing = random.randrange(6)
        try:
            if doing == 0:
                usbd.take_setup(struct.pack("<BBHHH", kind | 0x80, request, value, index, length))
            elif doing == 1:
                host.read(kind, request, value, index, max(length, 1))
            elif doing == 2 and request not in (5, 9):
                host.write(kind, request, value, index, bytes(random.choice([0, 7])))
            elif doing == 3:
                host.send(random.randbytes(random.randrange(1, 200)))
            elif doing == 4 and random.randrange(4) == 0:
                usbd.bus_reset()
        except StalledError:
            pass
        for _ in range(random.randrange(30)):
            host.run_slice()
    host.enumerate()
    host.open_port()
    plugged.ask(0x01)
    plugged.run_ms(10)  # answers to what it had taken before may still come
    assert plugged.ask(0x01, tag=77).tag == 77
    assert not plugged.chip.restarted


def test_it_is_silent_until_it_is_configured(plugged):
    plugged.host.reset()
    with pytest.raises(StalledError):
        plugged.host.set_lines(ready=True)
    assert plugged.chip.usbd.values[0x510] == 1
    assert plugged.chip.usbd.values[0x514] == 1
    plugged.host.enumerate()
    plugged.host.open_port()


def test_suspended_or_unplugged_it_comes_back(board):
    client = board.connect()
    board.chip.usbd.suspend()
    board.run_ms(5)
    board.chip.usbd.resume()
    assert client.identify().board == "nano33ble"
    board.host.unplug()
    board.run_ms(50)
    board.host.plug_in()
    board.host.enumerate()
    board.host.open_port()
    assert client.identify().serial == SERIAL


# ---- the touch


def test_the_touch_of_1200_baud_restarts_into_the_boot_loader(board):
    board.connect()
    board.host.set_line_coding(1200)
    board.host.set_lines(ready=True)
    board.run_ms(100)
    assert not board.chip.restarted
    board.host.close_port()
    board.run_ms(100)
    assert board.chip.restarted
    assert board.chip.power.gpregret == 0xB0
    assert not board.chip.usbd.attached


def test_a_port_that_closes_otherwise_does_not(plugged):
    plugged.host.close_port()
    plugged.run_ms(100)
    plugged.host.set_line_coding(1200)
    plugged.host.set_line_coding(115_200)
    plugged.run_ms(100)
    plugged.host.open_port()
    assert plugged.ask(0x01).type == 0x81
    assert not plugged.chip.restarted


# ---- bytes


def test_nothing_is_lost_when_it_has_no_time(board):
    """While flash is tested nobody takes what comes: the controller turns the host away."""
    board.connect()
    board.host.send(encode(0x60, bytes((5,)), 100))
    for tag in range(1, 251):
        for _ in range(3):
            board.host.send(encode(0x04, b"", tag))
    board.run_ms(500)
    assert board.host.refused_packets > 0
    tags = [frame.tag for frame in board.answers if frame.type == 0x84]
    assert tags == [tag for tag in range(1, 251) for _ in range(3)]


def test_a_full_packet_at_the_end_is_followed_by_an_empty_one(board):
    client = board.connect()
    for letters in range(PACKET):
        client.write_settings(
            BoardSettings(actions=(Action(0, ActionKind.PRINT, text="x" * letters),))
        )
        before, at = len(board.host.heard), len(board.host.packets)
        client.settings()
        board.run_ms(1)
        if (len(board.host.heard) - before) % PACKET == 0:
            assert board.host.packets[at:][-2:] == [PACKET, 0]
            return
    pytest.fail("no answer filled its packets")


# ---- the studio's protocol


def test_it_says_who_it_is(shared):
    board, client = shared
    damaged_by_resets, said = client.damaged, board.text
    identity = client.identify()
    assert (identity.board, identity.serial) == (NANO33BLE.id, SERIAL)
    assert identity.flags == Flag.SETTINGS | Flag.SELFTEST
    assert identity.clock_hz == NANO33BLE.clock_hz
    assert identity.program_capacity >= NANO33BLE.program_bytes
    assert identity.arena_capacity >= NANO33BLE.arena_bytes
    assert client.damaged == damaged_by_resets
    assert board.text == said


def test_it_lists_what_is_soldered_to_it(shared):
    _, client = shared
    listed = [(c.name, c.unit) for c in client.sensors()]
    assert listed[:6] == [(axis, "g") for axis in ("ax", "ay", "az")] + [
        (axis, "deg/s") for axis in ("gx", "gy", "gz")
    ]
    assert listed[6:9] == [(axis, "uT") for axis in ("mx", "my", "mz")]


def test_a_stream_brings_what_the_parts_measure_without_a_gap(shared):
    board, client = shared
    board.motion.put_words(0x28, (8192, -8192, 100))
    board.motion.put_words(0x18, (1000, -1000, 1))
    blocks: list[SampleBlock] = []
    assert client.start_stream(100.0, [0, 1, 2, 3, 4, 5], blocks.append) == 100.0
    assert (0x20, 3 << 5 | 2 << 3) in board.motion.written, "119 Hz, 4 g"
    assert (0x10, 3 << 5 | 3 << 3) in board.motion.written, "119 Hz, 2000 deg/s"
    board.run_ms(300)
    client.stop_stream()
    samples = np.concatenate([block.samples for block in blocks])
    assert len(samples) >= 28
    expected = (0.999424, -0.999424, 0.0122, 70.0, -70.0, 0.07)
    assert np.allclose(samples, expected, rtol=1e-5)
    assert sum(block.lost for block in blocks) == 0
    times = np.array([block.time_us for block in blocks])
    sequences = np.array([block.sequence for block in blocks])
    assert np.allclose(np.diff(times), np.diff(sequences) * 10_000, atol=500)


def test_rev2_is_configured_and_measures():
    board = Nano33Ble()
    motion, air = Bmi270(), Hs3003(bytes((0x1F, 0xFF, 0x66, 0x00)))
    board.chip.twim.parts = {0x68: motion, 0x44: air}
    client = board.connect()
    names = [channel.name for channel in client.sensors()]
    assert names == ["ax", "ay", "az", "gx", "gy", "gz", "humidity", "temperature"]
    motion.put_words(0x0C, (8192, -4096, 2048))
    blocks: list[SampleBlock] = []
    client.start_stream(50.0, [0, 1, 2, 6, 7], blocks.append)
    assert motion.loaded() in IMAGE
    assert len(motion.loaded()) == motion.CONFIGURATION_BYTES
    board.run_ms(100)
    client.stop_stream()
    assert air.asked > 0
    turned = (0.5, -1.0, 0.25, 50.0, 25.74)
    assert np.allclose(blocks[0].samples[0], turned, atol=0.01)


def test_a_bus_that_hangs_is_told_and_usb_goes_on():
    board = Nano33Ble()
    client = board.connect()
    client.start_stream(50.0, [0], lambda _: None)
    board.run_ms(50)
    board.chip.twim.stuck = True
    board.run_until(lambda: bool(board.log), 500, "it tells")
    assert board.log[0].startswith("The LSM9DS1 does not answer")
    assert board.host.descriptor(1, length=18)
    board.chip.twim.stuck = False
    blocks: list[SampleBlock] = []
    client.start_stream(50.0, [0], blocks.append)
    board.run_until(lambda: len(blocks) > 2, 500, "samples come again")


def test_a_board_without_its_parts_still_answers():
    board = Nano33Ble()
    board.chip.twim.parts = {}
    client = board.connect()
    assert client.sensors() == ()


def test_windows_are_answered_as_on_the_pc(shared):
    board, client = shared
    info = client.send_program(PROGRAM)
    assert info is not None
    assert info.program_crc == program_crc(PROGRAM)
    assert board.chip.load(0x3_2000, len(PROGRAM)) == PROGRAM
    assert client.identify().program_crc == info.program_crc
    source = BoardProgram.parse(PROGRAM).input
    vectors = golden_vectors("network")
    for window, output in zip(vectors.windows[:8], vectors.outputs, strict=False):
        answer = client.run_window(window, source.channels, source.rate_mhz / 1000)
        assert answer.output.tobytes() == output.tobytes()
        assert answer.micros > 0


def test_program_and_settings_outlive_a_power_cut():
    board = Nano33Ble()
    client = board.connect()
    settings = BoardSettings(analogue_pins=(14,))
    client.send_program(PROGRAM)
    client.write_settings(settings)
    assert all(page in WRITABLE for page in board.chip.nvmc.erased)
    again = board.power_cycle()
    client = again.connect()
    assert client.identify().program_crc == program_crc(PROGRAM)
    assert client.settings() == settings


def test_flash_that_is_worn_out_is_told(board):
    client = board.connect()
    board.chip.nvmc.worn_out = True
    client.send_program(PROGRAM)  # over pages that were never written
    with pytest.raises(BoardError):
        client.send_program(PROGRAM[:-8] + b"another!")


ACCELERATION = tuple(Channel(name, "g") for name in ("ax", "ay", "az"))


def own_program(target: str) -> BoardProgram:
    """Of what the board measures itself."""
    return compile_program(
        NETWORK, ACCELERATION, 100.0, 16, UNSCALED, Task.MULTICLASS, LABELS, TARGETS[target]
    )


def test_it_runs_on_its_own_sensor_and_acts(board):
    client = board.connect()
    client.send_program(own_program("cortex-m4f").to_bytes())
    board.motion.put_words(0x28, (1000, -2000, 8000))
    window = np.tile(np.array((1000, -2000, 8000), np.float32) * np.float32(0.000122), (16, 1))
    wanted = client.run_window(window, ACCELERATION, 100.0)
    assert wanted.top is not None
    on_pc = Engine(own_program("generic")).run(window)
    assert on_pc.tobytes() == wanted.output.tobytes()
    client.write_settings(
        BoardSettings(
            actions=(
                Action(wanted.top, ActionKind.SET, pin=RED, threshold=0, windows=2),
                Action(wanted.top, ActionKind.PWM, pin=BLUE, value=250, threshold=0, windows=1),
                Action(wanted.top, ActionKind.SET, pin=2, threshold=0, windows=1),
                Action(wanted.top, ActionKind.PRINT, text="seen", threshold=0, windows=1),
            )
        )
    )
    results: list[RunResult] = []
    assert client.start_run(8, results.append) == 100.0
    board.run_until(lambda: len(results) == 1, 400, "a result")
    board.run_ms(2)
    assert board.chip.gpio.level(RED_PAD) == 1, "dark after one window"
    assert board.chip.gpio.level(43) == 1, "D2"
    assert board.chip.pwm.duty == {BLUE_PAD: pytest.approx(0.75)}, "lit a quarter of the time"
    assert board.text == b"seen\r\n"
    board.run_until(lambda: len(results) == 3, 400, "more results")
    assert board.chip.gpio.level(RED_PAD) == 0, "lit after two"
    assert [result.output.tobytes() for result in results] == [wanted.output.tobytes()] * 3
    client.stop_run()


def test_analogue_pins_measure_volts(board):
    client = board.connect()
    client.write_settings(BoardSettings(analogue_pins=(14, 18)))
    board.chip.saadc.volts[2], board.chip.saadc.volts[7] = 1.5, 3.3
    names = [channel.name for channel in client.sensors()]
    places = [names.index("adc14"), names.index("adc18")]
    blocks: list[SampleBlock] = []
    client.start_stream(200.0, places, blocks.append)
    board.run_until(lambda: len(blocks) > 3, 500, "samples")
    assert np.allclose(blocks[-1].samples, (1.5, 3.3), atol=0.001)


def test_pins_it_does_not_have_are_refused(shared):
    _, client = shared
    for settings in (
        BoardSettings(analogue_pins=(3,)),
        BoardSettings(touch_pins=(3,)),
        BoardSettings(actions=(Action(0, ActionKind.SET, pin=30),)),
    ):
        with pytest.raises(BoardError):
            client.write_settings(settings)


def test_it_tests_itself(board):
    client = board.connect()
    items = list(client.selftest())
    assert [(item.item, bool(item.passed)) for item in items] == [(n, True) for n in range(7)]
    assert "50 frames" in items[3].text
    board.chip.saadc.hangs = True
    board.chip.nvmc.worn_out = True
    failed = [item.item for item in client.selftest() if not item.passed]
    assert failed == [5, 6]


# ---- time


def test_200_bytes_a_frame_reach_the_host_while_it_infers(board):
    """A network that takes longer than the time between two windows, on 500 samples a second."""
    network = shared_path("bench", "models", "M3.tflite").read_bytes()
    labels = tuple(f"class {place}" for place in range(bench_vectors("M3")[1].shape[1]))
    program = compile_program(
        network, ACCELERATION, 500.0, 200, UNSCALED, Task.MULTICLASS, labels, TARGETS["cortex-m4f"]
    )
    client = board.connect()
    client.send_program(program.to_bytes())
    results: list[RunResult] = []
    assert client.start_run(1, results.append) == 500.0
    board.run_until(lambda: len(results) >= 2, 1000, "results")
    began, at_us, had = len(board.host.heard), board.chip.now_us, len(results)
    slowest_us = 0.0
    while board.chip.now_us < at_us + MEASURED_MS * 1000:
        board.host.send(encode(0x01, b"", 7) * 3)
        board.run_ms(1)
        asked_us = board.chip.now_us
        board.host.descriptor(1, length=18)
        slowest_us = max(slowest_us, board.chip.now_us - asked_us)
    assert slowest_us < 5000, "control requests are answered in time"
    assert sum(result.lost for result in results[had:]) > 0, "it infers all the time"
    assert (len(board.host.heard) - began) / MEASURED_MS >= 200
    assert max(result.micros for result in results) > 2000


def test_its_clock_goes_on_when_the_timer_wraps(board):
    client = board.connect()
    board.chip.timer.ahead_us = (1 << 32) - int(board.chip.now_us) - 200_000
    blocks: list[SampleBlock] = []
    client.start_stream(100.0, [0], blocks.append)
    board.run_ms(200)
    times = np.array([block.time_us for block in blocks])
    assert times[0] < 1 << 32 < times[-1]
    assert (np.diff(times) > 0).all()
