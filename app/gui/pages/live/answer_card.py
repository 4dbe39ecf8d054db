# SPDX-License-Identifier: GPL-3.0-or-later
"""The answer of this moment, big enough to be read across a room, and the scores behind it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.gui import theme
from app.gui.i18n import tr
from app.gui.pages.live.board_model import Answer
from app.gui.theme import ClassStyle, Theme
from app.gui.widgets.card import Card
from app.gui.widgets.class_chip import paint_dot

ANSWER_PX = 36
_DOT = 18
_ROW = 30
_BAR = 6


class AnswerCard(Card):
    """The answer and a bar a class."""

    def __init__(self, look: Theme) -> None:
        super().__init__(tr("The board says"))
        self.word = AnswerWord(look)
        self.bars = ScoreBars(look)
        self.content.addWidget(self.word)
        self.content.addSpacing(theme.GRID)
        self.content.addWidget(self.bars)

    def show_classes(self, names: Sequence[str], styles: Sequence[ClassStyle]) -> None:
        """Get ready for answers of these classes; none for a regression."""
        self.bars.show_classes(names, styles)
        self.bars.setVisible(bool(names))
        self.word.show_word("–", None, sure=False)

    def show_answer(self, answer: Answer | None, threshold: float) -> None:
        """Show ``answer``; one whose confidence is below ``threshold`` is not believed."""
        if answer is None:
            self.word.show_word("–", None, sure=False)
            self.bars.show_scores(None, None)
            return
        if answer.top is None:
            self.word.show_word(f"{answer.number:.4g}", None, sure=True)
            return
        sure = answer.confidence >= threshold
        name = self.bars.names[answer.top] if sure else tr("unsure")
        self.word.show_word(name, self.bars.styles[answer.top] if sure else None, sure=sure)
        self.bars.show_scores(answer.scores, answer.top)


class AnswerWord(QWidget):
    """One word, as large as there is room for, with its class's dot."""

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self._look = look
        self._style: ClassStyle | None = None
        self._sure = False
        self.text = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_word(self, text: str, style: ClassStyle | None, *, sure: bool) -> None:
        if (text, style, sure) != (self.text, self._style, self._sure):
            self.text, self._style, self._sure = text, style, sure
            self.setAccessibleName(text)
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, ANSWER_PX + theme.GRID * 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = QRectF(self.rect())
        if self._style is not None:
            paint_dot(painter, QRectF(0, (area.height() - _DOT) / 2, _DOT, _DOT), self._style)
            area.setLeft(_DOT + theme.GRID * 1.5)
        painter.setFont(theme.font(ANSWER_PX, QFont.Weight.DemiBold))
        painter.setPen(QColor(self._look.text if self._sure else self._look.muted))
        shown = painter.fontMetrics().elidedText(
            self.text, Qt.TextElideMode.ElideRight, int(area.width())
        )
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.end()


class ScoreBars(QWidget):
    """A name, a bar and a percentage for each class."""

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self._look = look
        self._scores: NDArray[np.float32] | None = None
        self._top: int | None = None
        self.names: tuple[str, ...] = ()
        self.styles: tuple[ClassStyle, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Scores"))

    def show_classes(self, names: Sequence[str], styles: Sequence[ClassStyle]) -> None:
        self.names, self.styles = tuple(names), tuple(styles)
        self._scores = self._top = None
        self.updateGeometry()
        self.update()

    def show_scores(self, scores: NDArray[np.float32] | None, top: int | None) -> None:
        self._scores, self._top = scores, top
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, _ROW * len(self.names))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, name in enumerate(self.names):
            self._paint_row(painter, place, name)
        painter.end()

    def _paint_row(self, painter: QPainter, place: int, name: str) -> None:
        top, width = place * _ROW, self.width()
        score = 0.0 if self._scores is None else float(np.clip(self._scores[place], 0, 1))
        words = QRectF(0, top, width, _ROW - _BAR - 4)
        first = place == self._top
        weight = QFont.Weight.DemiBold if first else QFont.Weight.Normal
        painter.setFont(theme.font(theme.CAPTION_PX, weight))
        painter.setPen(QColor(self._look.text if first else self._look.muted))
        figure = "–" if self._scores is None else tr("{percent:.0f} %", percent=100 * score)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(words, middle | Qt.AlignmentFlag.AlignRight, figure)
        shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, width - 56)
        painter.drawText(words, middle | Qt.AlignmentFlag.AlignLeft, shown)
        bar = QRectF(0, words.bottom(), width, _BAR)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._look.raised))
        painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
        if score > 0:
            bar.setWidth(max(width * score, _BAR))
            painter.setBrush(self.styles[place].color)
            painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
