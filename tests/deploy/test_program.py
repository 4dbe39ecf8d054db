# SPDX-License-Identifier: GPL-3.0-or-later
"""The board program's bytes, against ``docs/board-program.md``."""

from __future__ import annotations

import dataclasses
import struct
import zlib

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.core.errors import ModelError
from app.core.preprocessing import FixedPointScaling, Normaliser
from app.core.recording import Channel
from app.core.training import Task
from app.deploy.compiler.network import Interface, Network
from app.deploy.compiler.records import Kind, Plan, Record
from app.deploy.compiler.targets import CORTEX_M4F, GENERIC
from app.deploy.program import BoardProgram, program_around
from app.deploy.program_file import program_crc
from app.deploy.program_sections import ProgramInput, ProgramOutput
from tests.helpers.golden_programs import sealed

CHANNELS = (Channel("ax", "g"), Channel("température", "°C"), Channel("p"))
LABELS = ("idle", "왼쪽", "z")
NORMALISER = Normaliser((0.02, 21.5, 101_325.0), (0.5, 3.25, 740.0), (3.99, 44.0, 104_000.0))
HEADER, ENTRY, SECTIONS = 32, 16, 4
KINDS = (1, 2, 4, 5)
TABLE = Record(Kind.TABLE, {"in": 0, "count": 3, "out": 48, "table": 0})
PLAN = Plan(0, 48, 48, 3, (TABLE,)).encode()
WEIGHTS = bytes(range(256))
PROGRAM = BoardProgram(
    ProgramInput(
        CHANNELS,
        62.5,
        16,
        FixedPointScaling((1, -2, 1 << 30), (1 << 30,) * 3, (-8, 0, 60), (0, 31, 62)),
        0.25,
        -3,
    ),
    ProgramOutput(Task.MULTICLASS, LABELS, 1 / 256, -128),
    PLAN,
    WEIGHTS,
    64,
    CORTEX_M4F,
)
FILE = PROGRAM.to_bytes()


def changed(place: int, new: bytes) -> bytes:
    return sealed(FILE[:place] + new + FILE[place + len(new) :])


def entry(kind: int) -> int:
    """Where in the table a section stands."""
    return HEADER + KINDS.index(kind) * ENTRY


def section(kind: int) -> int:
    """Where in the file a section begins."""
    return struct.unpack_from("<4I", FILE, entry(kind))[1]


def word(value: int) -> bytes:
    return struct.pack("<I", value)


# --- writing and reading ---


def test_reading_gives_back_what_was_written():
    assert BoardProgram.parse(FILE) == PROGRAM


def test_the_header_is_as_documented():
    magic, version, sections, length, program_id, arena = struct.unpack_from("<4sHHIII", FILE)
    assert (magic, version, sections, length) == (b"TWBP", 2, SECTIONS, len(FILE))
    assert program_id == zlib.crc32(PLAN + WEIGHTS) == PROGRAM.program_id
    assert arena == 64
    assert FILE[20] == 1
    assert FILE[21:32] == bytes(11)


def test_sections_begin_on_multiples_of_16():
    for kind in KINDS:
        found, offset, length, crc = struct.unpack_from("<4I", FILE, entry(kind))
        assert found == kind
        assert offset % 16 == 0
        assert zlib.crc32(FILE[offset : offset + length]) == crc


def test_the_input_section_is_as_documented():
    fields = struct.unpack_from("<IIHbBf", FILE, section(1))
    assert fields == (62_500, 16, 3, -3, 0, 0.25)
    at = section(1) + 16
    assert struct.unpack_from("<iibBH", FILE, at) == (1, 1 << 30, -8, 0, 0)
    assert FILE[at + 12 : at + 20] == b"\2ax\1g\0\0\0"
    assert struct.unpack_from("<iibBH", FILE, at + 20) == (-2, 1 << 30, 0, 31, 0)


def test_program_crc_is_the_last_word():
    assert program_crc(FILE) == zlib.crc32(FILE[:-4])


def test_a_program_without_constants_has_an_empty_section():
    move = Record(
        Kind.COPY,
        dict.fromkeys(("in", "out"), 0)
        | {f"{name}_{n}": 1 for name in ("counts", "in_strides", "out_strides") for n in range(3)}
        | {"run": 48},
    )
    bare = dataclasses.replace(PROGRAM, plan=Plan(0, 48, 0, 3, (move,)).encode(), weights=b"")
    assert BoardProgram.parse(bare.to_bytes()) == bare


NAMES = st.text(max_size=60).filter(lambda name: len(name.encode(errors="replace")) <= 255)


@given(
    st.lists(st.tuples(NAMES, NAMES), min_size=3, max_size=3),
    st.lists(NAMES, min_size=3, max_size=3),
    st.floats(0.001, 4_000_000),
)
@settings(max_examples=60)
def test_any_names_and_rates_come_back(channels, labels, rate_hz):
    known = tuple(
        Channel(name.encode("utf-8", "replace").decode(), unit.encode("utf-8", "replace").decode())
        for name, unit in channels
    )
    program = dataclasses.replace(
        PROGRAM,
        input=dataclasses.replace(PROGRAM.input, channels=known, rate_hz=round(rate_hz, 3)),
        output=dataclasses.replace(
            PROGRAM.output,
            labels=tuple(label.encode("utf-8", "replace").decode() for label in labels),
        ),
    )
    again = BoardProgram.parse(program.to_bytes())
    assert again.input.channels == known
    assert again.output == program.output
    assert again.input.rate_mhz == program.input.rate_mhz


# --- refusing ---


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not a board program"),
        (FILE[:30], "not a board program"),
        (b"XWBP" + FILE[4:], "not a board program"),
        (changed(4, b"\1\0"), "format version 1, known is 2"),
        (changed(4, b"\3\0"), "format version 3, known is 2"),
        (FILE + b"\0", "bytes, not"),
        (changed(8, word(1 << 30)), "far too many"),
        (FILE[:-1] + bytes([FILE[-1] ^ 1]), "check sum"),
        (changed(6, b"\xff\xff"), "too many sections"),
        (changed(6, b"\3\0"), "WEIGHTS is missing"),
        (changed(16, word(60)), "no multiple of 16"),
        (changed(16, word(32)), "input or output lies"),
        (changed(20, b"\3"), "target that is not known"),
        (changed(entry(1) + 4, word(section(1) + 8)), "lies where it may not"),
        (changed(entry(1) + 4, word(32)), "lies where it may not"),
        (changed(entry(2) + 4, word(section(1))), "lies where it may not"),
        (changed(entry(1) + 8, word(len(FILE))), "lies where it may not"),
        (changed(entry(1), word(9)), "0x9 is not known"),
        (changed(entry(1), word(3)), "0x3 is not known"),
        (changed(entry(1), word(2)), "twice"),
        (changed(entry(1), word(0x8000)), "INPUT is missing"),
        (changed(section(1), word(0)), "out of range"),
        (changed(section(1) + 4, word(1 << 19)), "out of range"),
        (changed(section(1) + 8, b"\0\0"), "out of range"),
        (changed(section(1) + 8, b"\4\0"), "too early"),
        (changed(section(1) + 8, b"\2\0"), "longer than its content"),
        (changed(section(1) + 12, struct.pack("<f", float("inf"))), "scale of its input"),
        (changed(section(1) + 12, struct.pack("<f", -1.0)), "scale of its input"),
        (changed(section(1) + 16 + 4, word(1)), "scaling"),
        (changed(section(1) + 16 + 8, b"\x3d"), "scaling"),
        (changed(section(1) + 16 + 9, b"\x3f"), "scaling"),
        (changed(section(1) + 16 + 13, b"\xff"), "UTF-8"),
        (changed(section(1) + 4, word(17)), "takes 48 values, a window has 51"),
        (changed(section(2), b"\3"), "task"),
        (changed(section(2) + 4, struct.pack("<f", float("nan"))), "scale"),
        (changed(section(2), b"\2"), "3 labels"),
        (changed(section(2), b"\1"), "3 labels"),
        (changed(section(2) + 1, b"\7"), "too early"),
        (changed(section(2) + 1, b"\2"), "longer than its content"),
        (changed(section(4), word(2)), "input or output lies"),
        (changed(section(4) + 12, word(4)), "gives 4 answers"),
        (changed(section(4) + 16, word(2)), "plan is malformed"),
        (changed(section(4) + 20, b"\x63"), "plan is malformed"),
        (changed(section(4) + 21, b"\x07"), "plan is malformed"),
        (changed(section(4) + 22, b"\x04"), "plan is malformed"),
    ],
)
def test_what_the_page_forbids_is_refused_by_name(data, reason):
    with pytest.raises(ModelError, match=reason):
        BoardProgram.parse(data)


def test_a_damaged_section_is_named():
    data = bytearray(FILE)
    data[section(2) + 2] ^= 1
    struct.pack_into("<I", data, len(data) - 4, zlib.crc32(data[:-4]))
    with pytest.raises(ModelError, match="OUTPUT is damaged"):
        BoardProgram.parse(bytes(data))


def test_a_program_id_of_another_network_is_refused():
    data = bytearray(FILE)
    data[12] ^= 1
    struct.pack_into("<I", data, len(data) - 4, zlib.crc32(data[:-4]))
    with pytest.raises(ModelError, match="program id"):
        BoardProgram.parse(bytes(data))


def test_an_optional_section_is_passed_over():
    """A later version may add a section of kind 0x8000 or above."""
    places = [struct.unpack_from("<4I", FILE, entry(kind)) for kind in KINDS]
    contents = [(kind, FILE[at : at + size]) for kind, at, size, _ in places]
    contents.append((0x8001, b"a later idea"))
    table, body, end = b"", b"", HEADER + len(contents) * ENTRY
    for kind, content in contents:
        padding = -end % 16
        table += struct.pack("<4I", kind, end + padding, len(content), zlib.crc32(content))
        body += bytes(padding) + content
        end += padding + len(content)
    data = FILE[:6] + struct.pack("<HI", len(contents), end + 4) + FILE[12:32] + table + body
    data += word(zlib.crc32(data))
    assert BoardProgram.parse(data) == PROGRAM


@given(st.integers(0, len(FILE) - 1))
@settings(max_examples=60)
def test_a_cut_program_is_refused(length):
    with pytest.raises(ModelError):
        BoardProgram.parse(FILE[:length])


@given(st.integers(0, len(FILE) - 1), st.integers(1, 255))
@settings(max_examples=100)
def test_a_program_with_a_changed_byte_is_refused(place, flip):
    damaged = bytearray(FILE)
    damaged[place] ^= flip
    with pytest.raises(ModelError):
        BoardProgram.parse(bytes(damaged))


@given(
    st.lists(st.tuples(st.integers(0, section(5)), st.integers(0, 255)), min_size=1, max_size=4),
    st.integers(0, 8),
)
@example([(6, 0)], 0)
@settings(max_examples=400)
def test_a_program_forged_with_right_check_sums_is_refused_or_whole(changes, cut):
    """Whatever the header, table and sections say, reading refuses or gives a program that can be
    written again."""
    forged = bytearray(FILE)
    for place, value in changes:
        forged[place] = value
    if cut:
        del forged[-cut:]
        struct.pack_into("<I", forged, 8, len(forged))
    try:
        program = BoardProgram.parse(sealed(bytes(forged)))
    except ModelError:
        return
    assert BoardProgram.parse(program.to_bytes()) == program


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"labels": ("a", "b", "c" * 256)}, "too long"),
        ({"labels": ("a", "b")}, "gives 3 answers"),
        ({"labels": tuple(map(str, range(256)))}, "at most 255"),
        ({"scale": 0.0}, "scale of its answers"),
        ({"zero_point": 200}, "out of range"),
    ],
)
def test_answers_that_the_format_cannot_hold_are_never_written(changes, reason):
    program = dataclasses.replace(PROGRAM, output=dataclasses.replace(PROGRAM.output, **changes))
    with pytest.raises(ModelError, match=reason):
        program.to_bytes()


@pytest.mark.parametrize("rate_hz", [0.0001, 1e9])
def test_rates_that_the_format_cannot_hold_are_never_written(rate_hz):
    program = dataclasses.replace(
        PROGRAM, input=dataclasses.replace(PROGRAM.input, rate_hz=rate_hz)
    )
    with pytest.raises(ModelError, match="out of range"):
        program.to_bytes()


# --- around a network ---


def around(**changes) -> BoardProgram:
    network = Network(
        GENERIC, PLAN, WEIGHTS, 64, Interface((16, 3), 0.5, 7), Interface((3,), 1 / 256, -128), ()
    )
    arguments = {
        "channels": CHANNELS,
        "rate_hz": 62.5,
        "window": 16,
        "normaliser": NORMALISER,
        "task": Task.MULTICLASS,
        "labels": LABELS,
    }
    return program_around(network, **{**arguments, **changes})


def test_a_program_has_its_networks_own_quantisation():
    program = around()
    assert (program.input.scale, program.input.zero_point) == (0.5, 7)
    assert (program.output.scale, program.output.zero_point) == (1 / 256, -128)
    assert program.input.values == 48
    assert BoardProgram.parse(program.to_bytes()) == program


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"window": 17}, "48 values, a window has 51"),
        ({"labels": ("a", "b")}, "3 answers, the task needs 2"),
        ({"task": Task.BINARY, "labels": ("no", "yes")}, "3 answers, the task needs 1"),
    ],
)
def test_a_network_that_does_not_fit_is_refused(changes, reason):
    with pytest.raises(ModelError, match=reason):
        around(**changes)


# --- answers ---


def test_answers_become_scores_and_classes():
    output = ProgramOutput(Task.MULTICLASS, ("a", "b", "c"), 1 / 256, -128)
    answers = np.array([[-128, 127, 0], [5, 5, -1]], np.int8)
    np.testing.assert_allclose(output.real(answers)[0], [0, 255 / 256, 0.5])
    assert output.decide(answers).tolist() == [1, 0]


def test_a_binary_answer_is_yes_from_a_half_on():
    output = ProgramOutput(Task.BINARY, ("no", "yes"), 1 / 256, -128)
    assert output.decide(np.array([[-128], [-1], [0], [127]], np.int8)).tolist() == [0, 0, 1, 1]
