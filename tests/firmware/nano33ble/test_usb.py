# SPDX-License-Identifier: GPL-3.0-or-later
"""A computer enumerates the board, however rudely, and no byte is lost."""

from __future__ import annotations

import struct
from contextlib import suppress
from random import Random

import pytest

from app.core.board import NANO33BLE
from app.core.board_settings import Action, ActionKind, BoardSettings
from tests.firmware.nano33ble.common import (
    ITEMS,
    SERIAL,
    encode,
)
from tests.firmware.nrf52840.usb_host import StalledError
from tests.firmware.nrf52840.usbd import PACKET, Handshake


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
    assert tuple(association[2:8]) == (0, 2, 2, 2, 1, 4)
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


PORT_TEXT = "Tinywright sensors and networks"
"""Fills one packet of a control request to its last byte."""


def test_its_texts_name_it(plugged):
    texts = [plugged.host.descriptor(3, index, language=0x0409) for index in (1, 2, 3, 4)]
    assert all(text[:2] == bytes((len(text), 3)) for text in texts)
    told = [text[2:].decode("utf-16-le") for text in texts]
    assert told == ["Arduino", "Nano 33 BLE", SERIAL, PORT_TEXT]
    assert plugged.host.descriptor(3) == b"\x04\x03\x09\x04"


@pytest.mark.parametrize("length", [1, 8, 9, 63, 64, 65, 74, 75, 76, 255, 4096])
def test_a_reply_ends_where_the_host_wants_it_to(plugged, length):
    assert len(plugged.host.descriptor(2, length=length)) == min(length, 75)
    assert len(plugged.host.descriptor(1, length=length)) == min(length, 18)


@pytest.mark.parametrize(
    ("length", "packets"), [(64, [64]), (65, [64, 0]), (255, [64, 0]), (63, [63])]
)
def test_a_reply_of_full_packets_ends_with_an_empty_one_where_it_must(plugged, length, packets):
    """Where it is shorter than asked for; the host cannot tell otherwise that it is whole."""
    plugged.host.control_packets.clear()
    assert len(plugged.host.descriptor(3, 4, length, 0x0409)) == min(64, length)
    assert plugged.host.control_packets == packets
    plugged.host.control_packets.clear()
    assert len(plugged.host.descriptor(2, length=75)) == 75
    assert plugged.host.control_packets == [64, 11]
    assert plugged.host.read(0, 8, 0, 0, 1) == b"\1", "and it goes on"


@pytest.mark.parametrize("moment", range(4))
def test_a_reset_between_the_packets_of_a_reply_begins_anew(plugged, moment):
    """After the request, the first packet, the empty one, before the end."""
    host, usbd = plugged.host, plugged.chip.usbd
    usbd.take_setup(struct.pack("<BBHHH", 0x80, 6, 3 << 8 | 4, 0x0409, 255))
    for _ in range(moment):
        host.run_ms(1)
        usbd.give(0)
    usbd.bus_reset()
    host.run_ms(20)
    host.enumerate()
    host.open_port()
    assert len(host.descriptor(3, 4, 255, 0x0409)) == 64
    assert plugged.ask(0x01).type == 0x81


@pytest.mark.parametrize("moment", range(3))
def test_a_host_may_break_a_reply_off(plugged, moment):
    """It goes to the status stage, or to another request, when it has enough."""
    host, usbd = plugged.host, plugged.chip.usbd
    usbd.take_setup(struct.pack("<BBHHH", 0x80, 6, 2 << 8, 0, 75))
    for _ in range(moment):
        host.run_ms(1)
        usbd.give(0)
    host.run_ms(1)
    with suppress(StalledError):
        host.write(0x21, 0x22, 3, 0)
    assert len(host.descriptor(2, length=75)) == 75
    assert plugged.ask(0x01).type == 0x81


def test_a_stalled_request_stalls_no_other(plugged):
    """By USB 2.0, 8.5.3.4, a request's stall ends with the next request."""
    host, usbd = plugged.host, plugged.chip.usbd
    for _ in range(3):
        usbd.take_setup(struct.pack("<BBHHH", 0xC0, 1, 0, 0, 8))
        host.run_ms(1)
        assert usbd.give(0)[0] is Handshake.STALL
        assert usbd.take_status_out() is Handshake.STALL
        assert len(host.descriptor(1, length=18)) == 18


@pytest.mark.parametrize("endpoint", [0x81, 0x82, 0x02])
def test_halts_are_set_and_cleared_each_for_itself(plugged, endpoint):
    host = plugged.host
    others = [other for other in (0x81, 0x82, 0x02) if other != endpoint]
    host.write(2, 3, 0, endpoint)
    host.write(2, 3, 0, endpoint)  # again
    assert host.read(2, 0, 0, endpoint, 2) == b"\1\0"
    assert all(host.read(2, 0, 0, other, 2) == b"\0\0" for other in others)
    assert host.read(2, 0, 0, 0x00, 2) == host.read(2, 0, 0, 0x80, 2) == b"\0\0"
    host.configure()
    assert host.read(2, 0, 0, endpoint, 2) == b"\0\0", "another configuration clears it"
    host.open_port()
    host.clear_halt(endpoint)  # which is none
    assert plugged.ask(0x01).type == 0x81


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


def test_unplugged_it_comes_back(board):
    client = board.connect()
    board.host.unplug()
    board.run_ms(50)
    board.host.plug_in()
    board.host.enumerate()
    board.host.open_port()
    assert client.identify().serial == SERIAL


def test_nothing_is_lost_when_it_has_no_time(board):
    """While flash is tested nobody takes what comes: the controller turns the host away."""
    board.connect()
    board.host.send(encode(0x60, bytes((ITEMS.index("flash"), 0)), 100))
    for tag in range(1, 251):
        for _ in range(3):
            board.host.send(encode(0x04, b"", tag))
    board.run_ms(500)
    assert board.host.refused_packets > 0
    tags = [frame.tag for frame in board.answers if frame.type == 0x84]
    assert tags == [tag for tag in range(1, 251) for _ in range(3)]


def test_no_answer_is_lost_however_much_is_asked(board):
    """Requests whose answers are long, faster than they can go: the host has to wait with them."""
    board.connect()
    asked = 60
    for tag in range(1, asked + 1):
        board.host.send(encode(0x02, b"", tag))
    board.host.listens = False
    board.run_ms(20)
    board.host.listens = True
    board.run_until(lambda: len(board.answers) > asked, 2000, "all answers")
    assert [frame.tag for frame in board.answers if frame.type == 0x82] == [*range(1, asked + 1)]


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
