# SPDX-License-Identifier: GPL-3.0-or-later
"""The emulated boot loader of a Nano 33 BLE at hand, and what can go wrong on the way to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from app.deploy.loader_port import LoaderStoppedError
from app.deploy.samba import PAGE_BYTES
from app.deploy.virtual_bootloader import Layout, VirtualBootloader, new_flash

STAGES = (
    *("greet", "version", "chip", "look", "blank", "data", "source"),
    *("write", "check", "recheck", "first", "last", "restart"),
)
"""The messages of an installation: N, V, I; Z before anything is written; Y that erases the first
page; a page into the buffer; Y that names the buffer; Y of another page; Z after it; Z of all pages
but the first; Y of the first page; Z after it; K."""


class LoaderAtHand:
    """A loader and the port before it. No time passes: what has not come will not come."""

    def __init__(self, layout: Layout, application: bytes = b"") -> None:
        self.layout = layout
        self.flash = new_flash(layout, application)
        self.timeout = 0.0
        self.fault: Fault | None = None
        self.restarts = 0
        self._received = bytearray()
        self.plug_in()

    def plug_in(self) -> None:
        """The boot loader starts anew, over the same flash."""
        self.loader = VirtualBootloader(self.flash, self.receive, self.restart, self.layout)
        self.gone = False
        self._received.clear()
        self.begin()

    def begin(self) -> None:
        """Another installation: what its messages are for is told apart from here on."""
        self._blanked = False
        self._data_left = 0
        self._before = b""

    def restart(self) -> None:
        """The chip restarts, by the command K."""
        self.restarts += 1

    def receive(self, data: bytes) -> None:
        """Bytes from the loader."""
        self._received += data

    def reset_input_buffer(self) -> None:
        self._received.clear()

    def read(self, size: int = 1) -> bytes:
        if self.gone:
            raise OSError("gone")
        data = bytes(self._received[:size])
        del self._received[:size]
        return data

    def write(self, data: bytes) -> None:
        if self.gone:
            raise OSError("gone")
        stage = self._stage(data)
        if self.fault is None or not self.fault.strikes(stage):
            self.loader.receive(data)
            return
        self.fault.kind.strike(Exchange(self, data))

    def answer_to(self, data: bytes) -> bytes:
        """Let the loader hear ``data``; what it says to that."""
        before = bytes(self._received)
        self._received.clear()
        self.loader.receive(data)
        answer = bytes(self._received)
        self._received[:] = before
        return answer

    def _stage(self, data: bytes) -> str:
        before, self._before = self._before, data
        letter = data[:1]
        if len(data) == PAGE_BYTES:
            return "data" if before[:1] == b"S" else ""
        if letter == b"Y" and data.endswith(b",0#"):
            return "source"
        first_page = data[1:9] == b"00000000"
        if letter == b"Y" and first_page:
            return "first" if self._blanked else "blank"
        if letter == b"Y":
            self._blanked = True
            return "write"
        if letter == b"Z" and before[:1] == b"Y":
            return ("last" if self._blanked else "") if first_page else "check"
        if letter == b"Z":
            return "recheck" if self._blanked else "look"
        return {b"N": "greet", b"V": "version", b"I": "chip", b"K": "restart"}.get(letter, "")


@dataclass
class Exchange:
    """A message on its way to the loader."""

    port: LoaderAtHand
    message: bytes

    def pass_on(self, message: bytes | None = None) -> bytes:
        """Let the loader hear it, or another in its stead; what it answers."""
        return self.port.answer_to(self.message if message is None else message)

    def reply(self, data: bytes) -> None:
        """What the studio gets to read."""
        self.port.receive(data)

    @property
    def flash(self) -> bytearray:
        return self.port.flash

    @property
    def page(self) -> slice:
        """The page that a Y is about."""
        begin = 0x10000 + int(self.message[1:9], 16)
        return slice(begin, begin + PAGE_BYTES)


Strike = Callable[[Exchange], None]


def _answer(change: Callable[[bytes], bytes]) -> Strike:
    return lambda exchange: exchange.reply(change(exchange.pass_on()))


def _message(change: Callable[[bytes], bytes]) -> Strike:
    return lambda exchange: exchange.reply(exchange.pass_on(change(exchange.message)))


def _unheard(_exchange: Exchange) -> None:
    """Nobody hears it."""


def _answer_lost(exchange: Exchange) -> None:
    exchange.pass_on()


def _unplugged(exchange: Exchange) -> None:
    exchange.port.gone = True
    raise OSError("unplugged")


def _unplugged_after(exchange: Exchange) -> None:
    exchange.pass_on()
    exchange.port.gone = True


def _nobody_takes_it(_exchange: Exchange) -> None:
    raise TimeoutError


def _echo(exchange: Exchange) -> None:
    exchange.reply(exchange.message + exchange.pass_on())


def _stopped(_exchange: Exchange) -> None:
    raise LoaderStoppedError


def _stopped_after(exchange: Exchange) -> None:
    exchange.pass_on()
    raise LoaderStoppedError


def _restarted(exchange: Exchange) -> None:
    """Its power fails for a moment; the port has not noticed."""
    exchange.port.loader = VirtualBootloader(
        exchange.flash, exchange.port.receive, exchange.port.restart, exchange.port.layout
    )


def _instead(words: bytes) -> Strike:
    def strike(exchange: Exchange) -> None:
        exchange.pass_on()
        exchange.reply(words)

    return strike


def _not_written(exchange: Exchange) -> None:
    exchange.reply(exchange.pass_on())
    exchange.flash[exchange.page] = b"\xff" * PAGE_BYTES


def _not_erased(exchange: Exchange) -> None:
    before = exchange.flash[exchange.page]
    exchange.reply(exchange.pass_on())
    exchange.flash[exchange.page] = before


def _half_written(exchange: Exchange) -> None:
    exchange.reply(exchange.pass_on())
    half = exchange.page.start + PAGE_BYTES // 2
    exchange.flash[half : exchange.page.stop] = b"\xff" * (PAGE_BYTES // 2)


def _worn(exchange: Exchange) -> None:
    exchange.reply(exchange.pass_on())
    exchange.flash[exchange.page.start + 77] ^= 0x10


def _zeroed(exchange: Exchange) -> None:
    exchange.reply(exchange.pass_on())
    exchange.flash[exchange.page] = bytes(PAGE_BYTES)


def _flip(data: bytes, at: int = 0, bit: int = 1) -> bytes:
    return data[:at] + bytes((data[at] ^ bit,)) + data[at + 1 :] if data else data


EVERYWHERE = frozenset(STAGES) - {"data"}
ANSWERED = EVERYWHERE - {"restart"}
SUMS = frozenset({"look", "check", "recheck", "last"})
WRITES = frozenset({"blank", "write", "first"})


@dataclass(frozen=True)
class Kind:
    """A fault: how it strikes, where it can, how often (``None``: whenever it can)."""

    strike: Strike
    at: frozenset[str] = ANSWERED
    times: int | None = None


@dataclass
class Fault:
    """A kind at a stage."""

    stage: str
    kind: Kind
    struck: int = field(default=0)

    def strikes(self, stage: str) -> bool:
        if stage != self.stage or self.struck == self.kind.times:
            return False
        self.struck += 1
        return True


KINDS: Mapping[str, Kind] = {
    "silence": Kind(_unheard, EVERYWHERE | {"data"}),
    "silence once": Kind(_unheard, EVERYWHERE | {"data"}, 1),
    "silence twice": Kind(_unheard, ANSWERED, 2),
    "answer lost": Kind(_answer_lost),
    "answer lost once": Kind(_answer_lost, times=1),
    "half an answer": Kind(_answer(lambda said: said[: len(said) // 2])),
    "half an answer once": Kind(_answer(lambda said: said[: len(said) // 2]), times=1),
    "first byte lost": Kind(_answer(lambda said: said[1:])),
    "first byte lost once": Kind(_answer(lambda said: said[1:]), times=1),
    "noise before": Kind(_answer(lambda said: b"\x00\xf8" + said)),
    "noise before once": Kind(_answer(lambda said: b"\x00\xf8" + said), times=1),
    "noise after": Kind(_answer(lambda said: said + b"\xf8\x00")),
    "answered twice": Kind(_answer(lambda said: said + said)),
    "only zeros": Kind(_answer(lambda said: bytes(len(said)))),
    "only ones": Kind(_answer(lambda said: b"\xff" * len(said))),
    "a sketch talks": Kind(_instead(b"12,34,56\r\n" * 3)),
    "a sketch talks once": Kind(_instead(b"12,34,56\r\n" * 3), times=1),
    "a modem answers": Kind(_instead(b"\r\nERROR\r\n")),
    "echo": Kind(_echo),
    "echo once": Kind(_echo, times=1),
    "line ends rewritten": Kind(_answer(lambda said: said.replace(b"\n\r", b"\r\n"))),
    "line ends lost": Kind(_answer(lambda said: said.replace(b"\n\r", b""))),
    "parity bit set": Kind(_answer(lambda said: bytes(byte | 0x80 for byte in said))),
    "first byte changed": Kind(_answer(_flip)),
    "first byte changed once": Kind(_answer(_flip), times=1),
    "small letters": Kind(_answer(bytes.lower), SUMS | WRITES | {"chip"}),
    "unplugged": Kind(_unplugged, EVERYWHERE | {"data"}, 1),
    "unplugged afterwards": Kind(_unplugged_after, ANSWERED | {"data"}, 1),
    "nobody takes it": Kind(_nobody_takes_it, EVERYWHERE | {"data"}),
    "stopped by the user": Kind(_stopped, EVERYWHERE | {"data"}, 1),
    "stopped afterwards": Kind(_stopped_after, EVERYWHERE | {"data"}, 1),
    "power gone a moment": Kind(_restarted, ANSWERED | {"data"}, 1),
    "letter changed": Kind(_message(lambda said: _flip(said, 0, 0x20))),
    "letter changed once": Kind(_message(lambda said: _flip(said, 0, 0x20)), times=1),
    "end of it lost": Kind(_message(lambda said: said[:-1])),
    "end of it lost once": Kind(_message(lambda said: said[:-1]), times=1),
    "sent twice": Kind(_message(lambda said: said + said)),
    "a byte of it lost once": Kind(_message(lambda said: said[1:]), frozenset({"data"}), 1),
    "a bit of it changed": Kind(_message(lambda said: _flip(said, 99)), frozenset({"data"})),
    "a bit changed once": Kind(_message(lambda said: _flip(said, 99)), frozenset({"data"}), 1),
    "wrong check sum": Kind(_answer(lambda said: _flip(said, 8)), SUMS),
    "wrong check sum once": Kind(_answer(lambda said: _flip(said, 8)), SUMS, 1),
    "no number": Kind(_answer(lambda said: said[:4] + b"-" + said[5:]), SUMS),
    "answered, not written": Kind(_not_written, WRITES - {"blank"}),
    "not written once": Kind(_not_written, WRITES - {"blank"}, 1),
    "answered, not erased": Kind(_not_erased, WRITES),
    "not erased once": Kind(_not_erased, WRITES, 1),
    "half written": Kind(_half_written, WRITES - {"blank"}),
    "half written once": Kind(_half_written, WRITES - {"blank"}, 1),
    "a worn bit": Kind(_worn, WRITES),
    "a bit wrong once": Kind(_worn, WRITES, 1),
    "all bits cleared": Kind(_zeroed, WRITES, 1),
    "another chip": Kind(_instead(b"nRF52832-QFAA\n\r\0X"), frozenset({"chip"})),
    "a Zero's loader": Kind(_instead(b"SAMD21G18A\n\r"), frozenset({"chip"})),
    "an older loader": Kind(
        _instead(b"Arduino Bootloader (SAM-BA extended) 1.0 [Arduino:IKX]\n\r"),
        frozenset({"version"}),
    ),
    "a plain SAM-BA": Kind(_instead(b"v1.1 Dec 15 2010 19:25:04\n\r"), frozenset({"version"})),
}
