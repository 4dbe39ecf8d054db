# SPDX-License-Identifier: GPL-3.0-or-later
"""Signal quality in a line, before anything is recorded: rate, jitter, losses, channels."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.capture.signal_quality import SignalQuality
from app.gui import theme
from app.gui.i18n import tr
from app.gui.widgets.card import label


class QualityStrip(QWidget):
    """Quiet while all is well; what is wrong is said in the colour of warnings."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GRID * 2)
        self.rate = label("", "caption")
        self.rate.setToolTip(
            tr("Samples a second, measured. A network works only at the rate it learned at.")
        )
        self.jitter = label("", "caption")
        self.jitter.setToolTip(
            tr("Jitter: how much the time between two samples varies. Small against it is good.")
        )
        self.lost = label("", "caption")
        self.lost.setToolTip(
            tr(
                "Samples the board sent and that never arrived, and times when nothing came for "
                "longer than it should."
            )
        )
        self.channels = label("", "caption")
        self.channels.setToolTip(
            tr(
                "Clipping: the sensor is at the end of its range and cuts the peaks off. "
                "Stuck: the value never changes, as from a loose wire."
            )
        )
        for part in (self.rate, self.jitter, self.lost, self.channels):
            row.addWidget(part)
        row.addStretch(1)
        self.show_quality(None)

    def show_quality(self, quality: SignalQuality | None) -> None:
        """Show what was measured; ``None`` without a signal."""
        if quality is None:
            for part in (self.rate, self.jitter, self.lost, self.channels):
                part.setText("")
            return
        rate = quality.rate_hz
        _say(self.rate, tr("measuring the rate…") if rate is None else tr("{hz:.4g} Hz", hz=rate))
        jitter = quality.jitter_ms
        uneven = jitter is not None and rate is not None and jitter > 0.25 * 1000 / rate
        words = "" if jitter is None else tr("jitter {ms:.2g} ms", ms=jitter)
        _say(self.jitter, words, warn=uneven)
        _say(
            self.lost,
            _lost(quality) if rate is not None else "",
            warn=quality.lost + quality.silences > 0,
        )
        faults = [
            *(tr("{name} clips", name=q.channel.name) for q in quality.channels if q.clipping),
            *(tr("{name} is stuck", name=q.channel.name) for q in quality.channels if q.stuck),
        ]
        _say(self.channels, ", ".join(faults[:4]), warn=True)


def _lost(quality: SignalQuality) -> str:
    if quality.lost:
        return tr("{count} samples lost", count=quality.lost)
    if quality.silences:
        return tr("no sample lost; pauses: {count}", count=quality.silences)
    return tr("no sample lost")


def _say(part: QLabel, words: str, *, warn: bool = False) -> None:
    role = "warn" if warn and words else "caption"
    if part.property("role") != role:
        part.setProperty("role", role)
        part.style().polish(part)
    part.setText(words)
