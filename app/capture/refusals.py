# SPDX-License-Identifier: GPL-3.0-or-later
"""A board's refusal in words: the status says what failed and what to do, the board's text why."""

from __future__ import annotations

from collections.abc import Mapping

from app.capture.messages import Refusal, Status
from app.core.errors import BoardError
from app.core.text import NOTHING, Text, text

_UPDATE = text("Flash the firmware that comes with this studio.")
_MODEL_CHANNELS = text(
    "Choose a board with these sensors, or train a model on what this board can measure."
)

REFUSALS: Mapping[Status, tuple[Text, Text]] = {
    Status.UNKNOWN_REQUEST: (text("The board does not know this request."), _UPDATE),
    Status.BAD_PAYLOAD: (text("The board could not use a request."), _UPDATE),
    Status.NO_PROGRAM: (text("No model is on the board."), text("Flash a model first.")),
    Status.BAD_PROGRAM: (
        text("The board cannot run the model that was sent."),
        text("Flash it again; if that does not help, update the board's firmware."),
    ),
    Status.NO_ROOM: (
        text("The model is too big for this board."),
        text("Train a smaller model: fewer filters or units, or a shorter window."),
    ),
    Status.CHANNEL_MISMATCH: (
        text("The model needs a channel that is not there."),
        _MODEL_CHANNELS,
    ),
    Status.UNIT_MISMATCH: (
        text("The model was trained on another unit."),
        text("Train on data in the unit that the board measures."),
    ),
    Status.RATE_MISMATCH: (
        text("The model needs another sample rate."),
        text("Train on data at a rate that the board can supply."),
    ),
    Status.LENGTH_MISMATCH: (
        text("The window does not have the length that the model needs."),
        text("Flash the model that belongs to this data."),
    ),
    Status.BUSY: (
        text("The board is busy."),
        text("Stop what it is doing, then try again."),
    ),
    Status.SENSOR_FAILED: (
        text("The board's sensor does not answer."),
        text("Check the sensor's wiring, and press the board's reset button."),
    ),
    Status.NOT_BEGUN: (
        text("The board lost track of what was being sent."),
        text("Try again. If the board restarts by itself, check its power supply."),
    ),
}


def board_error(refusal: Refusal) -> BoardError:
    """The error to raise for ``refusal``; a status of a newer firmware is told by its number."""
    why = text("{reason}", reason=refusal.text) if refusal.text else NOTHING
    if refusal.status not in tuple(Status):
        what = text("The board refused with code {status}.", status=refusal.status)
        return BoardError(refusal.status, what, why, text("Update this studio."))
    what, action = REFUSALS[Status(refusal.status)]
    return BoardError(refusal.status, what, why, action)
