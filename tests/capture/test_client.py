# SPDX-License-Identifier: GPL-3.0-or-later
"""The conversation with a board, stated byte for byte by a scripted transport."""

from __future__ import annotations

import threading
from collections.abc import Callable

import numpy as np
import pytest

from app.capture import client as client_module
from app.capture.client import BoardClient, RunResult, SampleBlock
from app.capture.frames import Demultiplexer, Frame, encode_frame
from app.capture.messages import (
    Act,
    AskProgram,
    Done,
    Echo,
    EchoAnswer,
    Identity,
    LogEvent,
    ProgramBegin,
    ProgramData,
    ProgramEnd,
    ProgramInfo,
    RateAnswer,
    ReceivedAnswer,
    Refusal,
    ResultEvent,
    RunStart,
    RunStop,
    SamplesEvent,
    Selftest,
    SelftestAnswer,
    SensorChannel,
    SensorList,
    SettingsAnswer,
    SettingsRead,
    SettingsWrite,
    Status,
    StreamStart,
    StreamStop,
    WindowAnswer,
    WindowBegin,
    WindowChannel,
    WindowData,
    WindowRun,
)
from app.capture.refusals import REFUSALS
from app.capture.wire import Structure
from app.core.board_settings import BoardSettings
from app.core.errors import BoardError, DataError, PortError, PortProblem, ProtocolError
from app.core.recording import Channel

IDENTITY = Identity(1, 512, 1, 1000, 2000, 0, 64_000_000, "virtual", "1", "", "s")
PATIENCE_S = client_module.ANSWER_S
INFO = ProgramInfo(0x44332211, 200, 100_000, 6, 5, 4096)


class ScriptedBoard:
    """A transport whose other end follows a script: what it expects, what it answers.

    An answer is bytes, or a structure that is framed with the request's type and tag.
    """

    url = "script://"
    baud = 115_200

    def __init__(self) -> None:
        self._script: list[tuple[int, Structure | None, list[bytes | Structure]]] = []
        self._demultiplexer = Demultiplexer(1 << 15)
        self._receive: Callable[[bytes], None] = lambda _: None
        self.tags: list[int] = []
        self.speed = self.baud

    def expect(self, type_: int, request: Structure | None, *answers: bytes | Structure) -> None:
        self._script.append((type_, request, list(answers)))

    def subscribe(self, receive: Callable[[bytes], None]) -> Callable[[], None]:
        self._receive = receive

        def unsubscribe() -> None:
            self._receive = lambda _: None

        return unsubscribe

    def set_speed(self, baud: int) -> bool:
        self.speed = baud
        return True

    def write(self, data: bytes) -> None:
        frames = self._demultiplexer.feed(data).frames
        assert frames, f"no frame in {data!r}"
        for frame in frames:
            assert self._script, f"unexpected {frame}"
            type_, request, answers = self._script.pop(0)
            assert frame.type == type_
            if request is not None:
                assert frame.payload == request.encode()
            self.tags.append(frame.tag)
            for answer in answers:
                self.say(answer if isinstance(answer, bytes) else framed(frame, answer))

    def say(self, data: bytes) -> None:
        """From a thread of its own, as a link's reader does."""
        reader = threading.Thread(target=self._receive, args=(data,))
        reader.start()
        reader.join()

    def event(self, type_: int, event: Structure) -> None:
        self.say(encode_frame(Frame(type_, 0, event.encode())))

    def finished(self) -> bool:
        return not self._script


def framed(request: Frame, answer: Structure) -> bytes:
    kind = 0xFF if isinstance(answer, Refusal) else request.type | 0x80
    return encode_frame(Frame(kind, request.tag, answer.encode()))


@pytest.fixture(autouse=True)
def _short_times(monkeypatch: pytest.MonkeyPatch) -> None:
    """Scripted answers come at once; only what never comes is waited for."""
    monkeypatch.setattr(client_module, "ANSWER_S", (0.05, 0.05, 0.1))
    monkeypatch.setattr(client_module, "SLOW_ANSWER_S", (0.05, 0.05))
    monkeypatch.setattr(client_module, "IDENTIFY_EVERY_S", 0.05)


@pytest.fixture
def board():
    scripted = ScriptedBoard()
    yield scripted
    assert scripted.finished(), "the client said less than it should have"


def test_identify_hears_the_answer_behind_a_boot_log(board: ScriptedBoard) -> None:
    heard: list[bytes] = []
    client = BoardClient(board, on_text=heard.append)
    board.expect(0x01, None, b"rst:0x1\r\nready\r\n", IDENTITY)
    assert client.identify() == IDENTITY
    assert b"".join(heard) == b"rst:0x1\r\nready\r\n"


def test_identify_is_repeated_while_the_board_starts(board: ScriptedBoard) -> None:
    client = BoardClient(board)
    board.expect(0x01, None, b"booting")
    board.expect(0x01, None)
    board.expect(0x01, None, IDENTITY)
    assert client.identify(patience_s=0.2) == IDENTITY
    assert len(set(board.tags)) == 1


def test_another_protocol_version_is_said(board: ScriptedBoard) -> None:
    board.expect(0x01, None, WindowData(0x02, b""))
    with pytest.raises(ProtocolError, match="speaks version 2"):
        BoardClient(board).identify()


def test_too_small_messages_are_refused(board: ScriptedBoard) -> None:
    board.expect(0x01, None, Identity(1, 255, 0, 0, 0, 0, 0, "", "", "", ""))
    with pytest.raises(ProtocolError, match="255 bytes"):
        BoardClient(board).identify()


def test_a_board_that_hears_the_third_sending_is_no_error(board: ScriptedBoard) -> None:
    client = BoardClient(board)
    board.expect(0x70, None)
    board.expect(0x70, None)
    board.expect(0x70, Act(1, 0, "wave"), Done())
    client.act("wave", 1, 0)
    assert board.tags == [1, 1, 1]


def test_silence_is_told_within_four_seconds() -> None:
    assert sum(PATIENCE_S) <= 4.0


def test_a_silent_board_is_an_error_after_two_repeats(board: ScriptedBoard) -> None:
    client = BoardClient(board)
    board.expect(0x02, None)
    board.expect(0x02, None)
    board.expect(0x02, None)
    with pytest.raises(PortError, match="does not answer") as silent:
        client.sensors()
    assert (silent.value.problem, silent.value.port) == (PortProblem.SILENT, "script://")
    assert board.tags == [1, 1, 1]


def test_late_and_foreign_answers_are_ignored(board: ScriptedBoard) -> None:
    client = BoardClient(board)
    late = encode_frame(Frame(0x82, 77, SensorList(()).encode()))
    foreign = encode_frame(Frame(0x84, 1, b""))
    damaged = bytearray(encode_frame(Frame(0x82, 1, SensorList(()).encode())))
    damaged[4] ^= 0x40
    channels = (SensorChannel(1, 2, "ax", "g", "imu"),)
    board.expect(0x02, None, late, foreign, bytes(damaged), SensorList(channels), SensorList(()))
    assert client.sensors() == channels
    assert client.damaged == 1


def test_tags_go_round_without_zero(board: ScriptedBoard) -> None:
    client = BoardClient(board)
    for _ in range(256):
        board.expect(0x04, StreamStop(), Done())
        client.stop_stream()
    assert board.tags == [*range(1, 256), 1]


@pytest.mark.parametrize("status", Status)
def test_every_refusal_has_its_sentence(board: ScriptedBoard, status: Status) -> None:
    board.expect(0x31, RunStop(), Refusal(status, 0x31, "Channel gz is missing."))
    with pytest.raises(BoardError) as refused:
        BoardClient(board).stop_run()
    what, action = REFUSALS[status]
    assert refused.value.status == status
    assert str(refused.value) == f"{what} Channel gz is missing. {action}"


def test_a_status_of_the_future_is_told_by_its_number(board: ScriptedBoard) -> None:
    board.expect(0x31, RunStop(), Refusal(99, 0x31, ""))
    with pytest.raises(BoardError, match="code 99"):
        BoardClient(board).stop_run()


def test_an_answer_that_makes_no_sense_is_an_error(board: ScriptedBoard) -> None:
    board.expect(0x13, AskProgram(), Done())
    with pytest.raises(ProtocolError, match="ProgramInfo message"):
        BoardClient(board).program_info()


def test_a_stream_tells_what_was_lost(board: ScriptedBoard) -> None:
    client = BoardClient(board)
    blocks: list[SampleBlock] = []
    stray = SamplesEvent.of(500, 1, np.ones((1, 2), np.float32))
    board.event(0x40, stray)  # of a stream that somebody else began
    board.expect(0x03, StreamStart(100_000, b"\1\0"), RateAnswer(99_875))
    assert client.start_stream(100.0, [1, 0], blocks.append) == 99.875
    rows = np.arange(6, dtype=np.float32).reshape(3, 2)
    for sequence in (0, 3, 10):
        board.event(0x40, SamplesEvent.of(sequence, 7, rows))
    assert [(block.sequence, block.lost) for block in blocks] == [(0, 0), (3, 0), (10, 4)]
    np.testing.assert_array_equal(blocks[0].samples, rows)
    board.expect(0x04, StreamStop(), Done())
    client.stop_stream()
    board.event(0x40, SamplesEvent.of(13, 7, rows))
    assert len(blocks) == 3


@pytest.mark.parametrize("width", [1, 3])
def test_samples_of_other_channels_than_asked_for_are_passed_over(
    board: ScriptedBoard, width: int
) -> None:
    client = BoardClient(board)
    blocks: list[SampleBlock] = []
    board.expect(0x03, None, RateAnswer(1000))
    client.start_stream(1.0, [0, 1], blocks.append)
    board.event(0x40, SamplesEvent.of(0, 0, np.zeros((4, width), np.float32)))
    board.event(0x40, SamplesEvent.of(0, 0, np.zeros((4, 2), np.float32)))
    assert [block.samples.shape for block in blocks] == [(4, 2)]
    assert client.damaged == 1


def test_the_count_of_samples_wraps(board: ScriptedBoard) -> None:
    client = BoardClient(board)
    blocks: list[SampleBlock] = []
    board.expect(0x03, None, RateAnswer(1000))
    client.start_stream(1.0, [0], blocks.append)
    one = np.zeros((1, 1), np.float32)
    for sequence in (2**31 - 1, 2**32 - 2, 2**32 - 1, 0, 2, 1):
        board.event(0x40, SamplesEvent.of(sequence, 0, one))
    # The last one goes back, as after a restart of the board.
    assert [block.lost for block in blocks] == [2**31 - 1, 2**31 - 2, 0, 0, 1, 0]


def test_events_right_behind_the_answer_are_not_missed(board: ScriptedBoard) -> None:
    client = BoardClient(board)
    blocks: list[SampleBlock] = []
    event = SamplesEvent.of(0, 7, np.zeros((1, 1), np.float32))
    answer = encode_frame(Frame(0x83, 1, RateAnswer(1000).encode()))
    board.expect(0x03, None, answer + encode_frame(Frame(0x40, 0, event.encode())))
    client.start_stream(1.0, [0], blocks.append)
    assert len(blocks) == 1


def test_a_damaged_event_is_counted_and_passed_over(board: ScriptedBoard) -> None:
    logged: list[str] = []
    client = BoardClient(board, on_log=logged.append)
    board.say(encode_frame(Frame(0x40, 0, b"\1")) + encode_frame(Frame(0x42, 0, b"hello")))
    board.event(0x42, LogEvent("again"))
    assert logged == ["hello", "again"]
    assert client.damaged == 1


def test_a_program_is_sent_in_pieces(board: ScriptedBoard) -> None:
    client = BoardClient(board)
    program = bytes(range(1, 256)) * 2 + b"\x11\x22\x33\x44"
    steps: list[tuple[int, int]] = []
    board.expect(0x10, ProgramBegin(514, 0x44332211), Done())
    for start in (0, 252, 504):
        piece = program[start : start + 252]
        board.expect(0x11, ProgramData(start, piece), ReceivedAnswer(start + len(piece)))
    board.expect(0x12, ProgramEnd(), INFO)
    assert client.send_program(program, lambda *step: steps.append(step)) == INFO
    assert steps == [(252, 514), (504, 514), (514, 514)]


def test_after_identify_the_pieces_are_as_long_as_the_board_allows(board: ScriptedBoard) -> None:
    client = BoardClient(board)
    board.expect(0x01, None, IDENTITY)
    client.identify()
    board.expect(0x10, None, Done())
    board.expect(0x11, ProgramData(0, bytes(508)), ReceivedAnswer(508))
    board.expect(0x11, ProgramData(508, bytes(2)), ReceivedAnswer(510))
    board.expect(0x12, None, INFO)
    client.send_program(bytes(510))


def test_a_board_that_lost_a_piece_gets_it_again(board: ScriptedBoard) -> None:
    client = BoardClient(board)
    board.expect(0x10, None, Done())
    board.expect(0x11, ProgramData(0, bytes(252)), ReceivedAnswer(0))
    board.expect(0x11, ProgramData(0, bytes(252)), ReceivedAnswer(252))
    board.expect(0x11, ProgramData(252, bytes(48)), ReceivedAnswer(300))
    board.expect(0x12, None, INFO)
    assert client.send_program(bytes(300)) == INFO


@pytest.mark.parametrize("received", [[0, 0], [301]])
def test_sending_that_does_not_get_on_ends(board: ScriptedBoard, received: list[int]) -> None:
    client = BoardClient(board)
    board.expect(0x10, None, Done())
    for count in received:
        board.expect(0x11, None, ReceivedAnswer(count))
    with pytest.raises(ProtocolError, match="does not get on"):
        client.send_program(bytes(300))


def test_sending_can_be_cancelled(board: ScriptedBoard) -> None:
    client = BoardClient(board)
    board.expect(0x10, None, Done())
    board.expect(0x11, None, ReceivedAnswer(252))
    assert client.send_program(bytes(10_000), cancelled=lambda: True) is None


def test_a_window_is_sent_in_sensor_units(board: ScriptedBoard) -> None:
    client = BoardClient(board)
    window = np.arange(100 * 2, dtype=np.float32).reshape(100, 2)
    names = (WindowChannel("ax", "g"), WindowChannel("T", "°C"))
    board.expect(0x20, WindowBegin(99_875, 100, names), Done())
    for start in (0, 63, 126, 189):
        piece = window.ravel()[start : start + 63]
        answer = ReceivedAnswer(start + len(piece))
        board.expect(0x21, WindowData.of(start, piece), answer)
    board.expect(0x22, WindowRun(), WindowAnswer(321, 1, b"\x80\x7f\xff"))
    result = client.run_window(window, [Channel("ax", "g"), Channel("T", "°C")], 99.875)
    assert result.output.tolist() == [-128, 127, -1]
    assert (result.top, result.micros) == (1, 321)


def test_a_window_of_too_many_channels_is_not_sent(board: ScriptedBoard) -> None:
    channels = [Channel(f"feature number {n}", "") for n in range(20)]
    with pytest.raises(ProtocolError, match="does not fit into one message"):
        BoardClient(board).run_window(np.zeros((1, 20), np.float32), channels, 1.0)


def test_a_run_delivers_its_results(board: ScriptedBoard) -> None:
    client = BoardClient(board)
    results: list[RunResult] = []
    board.expect(0x30, RunStart(25, 0), RateAnswer(100_000))
    assert client.start_run(25, results.append) == 100.0
    board.event(0x41, ResultEvent(0, 2_000_000, 900, 1, b"\x01\x02"))
    board.event(0x41, ResultEvent(3, 2_750_000, 901, 255, b"\x80"))
    assert [(result.top, result.lost, result.time_us) for result in results] == [
        (1, 0, 2_000_000),
        (None, 2, 2_750_000),
    ]
    assert results[1].output.tolist() == [-128]
    board.expect(0x31, RunStop(), Done())
    client.stop_run()
    board.event(0x41, ResultEvent(4, 0, 0, 0, b"\x01"))
    assert len(results) == 2


def test_the_hand_is_told_what_to_do(board: ScriptedBoard) -> None:
    board.expect(0x70, Act(7, 2, "circle"), Done())
    BoardClient(board).act("circle", 7, 2)


def test_settings_are_read_and_written(board: ScriptedBoard) -> None:
    settings = BoardSettings((34,), i2c_sda=21, i2c_scl=22)
    board.expect(0x50, SettingsRead(), SettingsAnswer(settings.to_bytes()))
    board.expect(0x51, SettingsWrite(settings.to_bytes()), Done())
    client = BoardClient(board)
    assert client.settings() == settings
    client.write_settings(settings)


def test_settings_of_a_newer_board_are_not_guessed(board: ScriptedBoard) -> None:
    board.expect(0x50, None, SettingsAnswer(b"\x03\0\0\0\xff\xff\0"))
    with pytest.raises(DataError, match="version 3"):
        BoardClient(board).settings()


def test_a_selftest_ends_where_the_board_has_no_more_items(board: ScriptedBoard) -> None:
    items = [SelftestAnswer(0, 1, "a", "one"), SelftestAnswer(1, 0, "b", "two")]
    for answer in items:
        board.expect(0x60, Selftest(answer.item, 1), answer)
    board.expect(0x60, Selftest(2, 1), Refusal(Status.BAD_PAYLOAD, 0x60, "no such item"))
    assert list(BoardClient(board).selftest(drive_pins=True)) == items


def test_an_echo_tells_the_boards_time_and_is_held_to_its_bytes(board: ScriptedBoard) -> None:
    board.expect(0x06, Echo(b"abc"), EchoAnswer(5_000_000_123, b"abc"))
    board.expect(0x06, Echo(b"abc"), EchoAnswer(0, b"abd"))
    client = BoardClient(board)
    assert client.echo(b"abc") == 5_000_000_123
    with pytest.raises(ProtocolError, match="other bytes"):
        client.echo(b"abc")


def test_a_selftest_that_is_refused_is_an_error(board: ScriptedBoard) -> None:
    board.expect(0x60, Selftest(0, 0), Refusal(Status.BUSY, 0x60, "it streams"))
    with pytest.raises(BoardError, match="it streams"):
        list(BoardClient(board).selftest())


def test_a_closed_client_hears_nothing(board: ScriptedBoard) -> None:
    heard: list[bytes] = []
    client = BoardClient(board, on_text=heard.append)
    client.close()
    board.say(b"hello")
    assert heard == []
