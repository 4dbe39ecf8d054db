# SPDX-License-Identifier: GPL-3.0-or-later
"""The hand that edits label spans on a plot: mouse and keys become commands of a span editor.

Drag on empty signal adds a label, an end resizes it, its body moves it; a double click cuts it.
While dragging, the spans are drawn as letting go would leave them, trimmed neighbours and all;
letting go makes it one step, Escape makes it none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from app.core.recording import LabelSpan
from app.gui.widgets.span_editor import SpanEditor
from app.gui.widgets.span_gestures import Grip, dragged, grip_at

EDGE_PX = 6
"""How near to an end of a span the pointer takes hold of it."""
_NUDGE = 0.01
"""The share of what is on screen that a key moves an end by."""
_GRIP_KEYS = {
    Qt.KeyboardModifier.ShiftModifier: Grip.BODY,
    Qt.KeyboardModifier.AltModifier: Grip.START,
    Qt.KeyboardModifier.ControlModifier: Grip.STOP,
}
_CURSORS = {
    Grip.START: Qt.CursorShape.SizeHorCursor,
    Grip.STOP: Qt.CursorShape.SizeHorCursor,
    Grip.BODY: Qt.CursorShape.OpenHandCursor,
}


@dataclass(frozen=True, slots=True)
class _Drag:
    """The left button is down: where it went down, and on what. No span: a new one begins.
    ``to`` is where letting go would put it, ``None`` until the pointer has moved."""

    x: float
    at: int
    span: LabelSpan | None
    grip: Grip
    to: LabelSpan | None = None


class SpanHand(QObject):
    """Watches the plot of ``editor``."""

    class_key_pressed = Signal(int)
    """A digit was pressed: the place of a class, first is 0."""

    def __init__(self, editor: SpanEditor) -> None:
        super().__init__(editor)
        self._editor = editor
        self._plot = editor.plot
        self._drag: _Drag | None = None
        self._hover: int | None = None
        self._surface = self._plot.lanes.viewport()
        self._surface.setMouseTracking(True)
        self._surface.installEventFilter(self)
        self._plot.installEventFilter(self)
        self._acts: dict[int, Callable[[], None]] = {
            Qt.Key.Key_S: lambda: editor.split(self._hover),
            Qt.Key.Key_Delete: editor.delete,
            Qt.Key.Key_Backspace: editor.delete,
            Qt.Key.Key_Insert: editor.add_in_view,
            Qt.Key.Key_A: editor.add_in_view,
            Qt.Key.Key_Escape: self._escape,
            Qt.Key.Key_PageDown: lambda: editor.select_next(1),
            Qt.Key.Key_PageUp: lambda: editor.select_next(-1),
        }

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._editor.info is None:
            return False
        if watched is self._surface:
            if isinstance(event, QMouseEvent):
                return self._on_mouse(event)
            if event.type() == QEvent.Type.Leave:
                self._hover = None
        elif isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and event.key() in self._acts:
                event.accept()  # the key is ours, whatever the window has it for
                return True
            if event.type() == QEvent.Type.KeyPress:
                return self._on_key(event)
        return False

    # --- the mouse ---------------------------------------------------------------------------

    def _on_mouse(self, event: QMouseEvent) -> bool:
        x = event.position().x()
        left = event.button() == Qt.MouseButton.LeftButton
        match event.type():
            case QEvent.Type.MouseButtonPress if left:
                self._plot.setFocus(Qt.FocusReason.MouseFocusReason)
                span, grip = self._grip(x)
                self._drag = _Drag(x, self._sample(x), span, grip)
            case QEvent.Type.MouseMove if self._drag is not None:
                self._pull(self._drag, x)
            case QEvent.Type.MouseMove:
                self._hover = self._sample(x)
                self._show_cursor(x)
                return False  # the plot may want to know where the pointer is
            case QEvent.Type.MouseButtonRelease if left and self._drag is not None:
                self._let_go(self._drag)
            case QEvent.Type.MouseButtonDblClick if left:
                self._editor.split(self._sample(x))
            case _:
                return False
        return True

    def _pull(self, drag: _Drag, x: float) -> None:
        editor = self._editor
        if drag.to is None and abs(x - drag.x) < QApplication.startDragDistance() / 2:
            return
        if drag.span is None and not editor.new_label:
            self._drag = None
            editor.label_needed.emit()
            return
        at = self._sample(x)
        if drag.span is None:
            to = editor.new_span(drag.at, at)
        else:
            to = dragged(drag.span, drag.grip, at - drag.at, self._length())
        if to is None:
            return
        self._drag = replace(drag, to=to)
        editor.preview(drag.span, to)

    def _let_go(self, drag: _Drag) -> None:
        self._drag = None
        if drag.to is None:
            self._editor.select(drag.span)
        elif drag.span is None:
            self._editor.add(drag.to.start, drag.to.stop)
        elif drag.to == drag.span:
            self._editor.redraw()
        else:
            self._editor.take(drag.span, drag.to, drag.grip)

    def _escape(self) -> None:
        if self._drag is None:
            self._editor.select(None)
        else:
            self._drag = None
            self._editor.redraw()

    def _grip(self, x: float) -> tuple[LabelSpan | None, Grip]:
        reach = EDGE_PX * self._samples_per_pixel()
        return grip_at(self._editor.spans, self._sample(x), reach)

    def _show_cursor(self, x: float) -> None:
        span, grip = self._grip(x)
        shape = Qt.CursorShape.CrossCursor if span is None else _CURSORS[grip]
        if self._surface.cursor().shape() != shape:
            self._surface.setCursor(shape)

    # --- keys --------------------------------------------------------------------------------

    def _on_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        digit = key - Qt.Key.Key_1
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(key), 0)
        grip = _GRIP_KEYS.get(modifiers)
        span = self._editor.selected
        if step and grip is not None and span is not None:
            left, right = self._plot.view
            by = max(1, round((right - left) * _NUDGE * self._rate_hz()))
            self._editor.take(span, dragged(span, grip, step * by, self._length()), grip)
        elif modifiers != Qt.KeyboardModifier.NoModifier:
            return False
        elif 0 <= digit < 9:
            self.class_key_pressed.emit(digit)
        elif key in self._acts:
            self._acts[key]()
        else:
            return False
        return True

    # --- pixels and samples ------------------------------------------------------------------

    def _sample(self, x: float) -> int:
        """The sample at ``x`` pixels of the surface, within the recording."""
        lane = self._plot.lanes.view_boxes[0].sceneBoundingRect()
        scene_x = self._plot.lanes.mapToScene(QPoint(round(x), 0)).x()
        left, right = self._plot.view
        at_s = left + (scene_x - lane.left()) / max(lane.width(), 1.0) * (right - left)
        return max(0, min(round(at_s * self._rate_hz()), self._length()))

    def _samples_per_pixel(self) -> float:
        lane = self._plot.lanes.view_boxes[0].sceneBoundingRect()
        left, right = self._plot.view
        return (right - left) * self._rate_hz() / max(lane.width(), 1.0)

    def _rate_hz(self) -> float:
        info = self._editor.info
        return 1.0 if info is None else info.rate_hz

    def _length(self) -> int:
        info = self._editor.info
        return 0 if info is None else info.length
