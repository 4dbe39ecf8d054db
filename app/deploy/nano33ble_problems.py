# SPDX-License-Identifier: GPL-3.0-or-later
"""The words for each reason why firmware did not get onto a Nano 33 BLE. The port's own reasons
have the same words on every board."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from contextlib import contextmanager

from app.core.errors import FlashError, FlashProblem, PortError
from app.core.text import NOTHING, Text, text
from app.deploy.flash_problems import WORDS, Words, of_port_error
from app.deploy.samba import SilentLoaderError, WrongAnswerError

_AGAIN = text(
    "Press the small button on the board twice, quickly, so that the orange light fades in and"
    " out; then try again. The boot loader itself is never written to."
)

NANO_WORDS: Mapping[FlashProblem, Words] = {
    FlashProblem.BOOT_MODE: Words(
        text("The board did not enter its boot loader."),
        text("It did not react when it was asked to restart."),
        _AGAIN,
    ),
    FlashProblem.SYNC_LOST: Words(
        text("The boot loader stopped making sense."),
        text("Bytes were lost on the way, or another program uses the same port."),
        text("Use a short cable straight into the computer, then try again."),
    ),
    FlashProblem.WRITE_FAILED: Words(
        text("The firmware was written in part only."),
        text("The boot loader stopped answering."),
        _AGAIN,
    ),
    FlashProblem.VERIFY_FAILED: Words(
        text("The board's flash does not hold what was written."),
        text("Its check sum is wrong, also after writing it again."),
        _AGAIN,
    ),
    FlashProblem.WRONG_CHIP: Words(
        text("This is not the boot loader of a Nano 33 BLE. Nothing was written."),
        text("Another board or another boot loader is behind this port."),
        text("Use an Arduino Nano 33 BLE (Sense, Sense Rev2), or choose another port."),
    ),
    FlashProblem.SILENT: Words(
        text("The firmware is installed, but the board does not answer."),
        text("It did not come back after its restart."),
        text("Press the small button on the board once, choose its port, then try again."),
    ),
}


def nano_error(reason: FlashProblem, why: Text = NOTHING) -> FlashError:
    """The error for ``reason``, with a better ``why`` where it is known."""
    words = NANO_WORDS.get(reason) or WORDS[reason]
    return FlashError(reason, words.what, why or words.why, words.action)


@contextmanager
def explained(silent: FlashProblem, nonsense: FlashProblem) -> Generator[None]:
    """A loader that is silent inside is so for one reason, one that makes no sense for another;
    a port that is gone is gone."""
    try:
        yield
    except PortError as error:
        raise of_port_error(error) from error
    except SilentLoaderError as error:
        raise nano_error(silent) from error
    except WrongAnswerError as error:
        why = text("It said something else: {said}.", said=str(error))
        raise nano_error(nonsense, why) from error
    except TimeoutError as error:
        raise nano_error(silent, text("The board takes no data.")) from error
    except OSError as error:
        raise nano_error(FlashProblem.PORT_LOST) from error
