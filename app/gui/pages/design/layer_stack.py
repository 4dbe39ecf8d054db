# SPDX-License-Identifier: GPL-3.0-or-later
"""The layers as a stack of cards that are dragged, edited and deleted with mouse or keyboard."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from app.core import model_edits
from app.core.layers import LAYERS
from app.core.model_report import ModelReport
from app.core.model_spec import LayerSpec, ModelSpec, ParameterValue
from app.core.text import Text, text
from app.gui import theme
from app.gui.i18n import tr
from app.gui.pages.design.layer_card import LayerCard
from app.gui.pages.design.layer_editor import LayerAction
from app.gui.theme import Theme


class LayerStack(QWidget):
    """Shows a :class:`ModelSpec`; what the user does to it comes out of :attr:`edited`.

    ``edited(ModelSpec, Text)``: the changed network and the name of the step, for undo. The stack
    itself changes only when :meth:`show_model` is called.
    """

    edited = Signal(object, object)
    selection_changed = Signal(int)
    """The place of the selected layer, -1 for none."""

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self._look = look
        self._model = ModelSpec(())
        self._selected = -1
        self._pressed: tuple[int, QPoint] | None = None
        self._drop_at = -1
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.GRID)
        self._drop_line = _DropLine(look, self)
        self.cards: list[LayerCard] = []
        self.setAccessibleName(tr("Layers"))

    @property
    def selected(self) -> int:
        """The place of the selected layer, -1 for none."""
        return self._selected

    def show_model(self, model: ModelSpec, report: ModelReport) -> None:
        """Show ``model``. Cards of layers that only moved or stayed are kept, open fields too."""
        selected = self.cards[self._selected] if self._selected >= 0 else None
        focused = self._focused_card()
        self._arrange(_matched(self.cards, self._model.layers, model.layers))
        self._model = model
        rows = zip(self.cards, model.layers, report.layers, strict=True)
        for number, (card, layer, layer_report) in enumerate(rows, start=1):
            card.show_layer(number, layer, layer_report)
        place = self.cards.index(selected) if selected in self.cards else -1
        if place != self._selected:
            self._selected = place
            self.selection_changed.emit(place)
        if focused is not None and focused not in self.cards:
            self._focus_near(self._selected)

    def select(self, place: int, *, focus: bool = True) -> None:
        """Open the layer at ``place`` and close the others; -1 closes all."""
        self._selected = place if 0 <= place < len(self.cards) else -1
        for index, card in enumerate(self.cards):
            card.set_selected(index == self._selected)
        if focus and self._selected >= 0:
            self.cards[self._selected].setFocus(Qt.FocusReason.OtherFocusReason)
        self.selection_changed.emit(self._selected)

    def insert(self, kind: str) -> None:
        """Add a layer of ``kind`` behind the selected one, or before the last (the answer)."""
        behind = self._selected + 1 if self._selected >= 0 else max(len(self.cards) - 1, 0)
        model = model_edits.insert_layer(self._model, behind, LayerSpec(kind))
        self.edited.emit(model, text("Add {layer}", layer=LAYERS[kind].title))
        self.select(behind)

    # --- what keys and buttons do ------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = self._focused_place()
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        action = _KEYS.get((event.key(), modifiers))
        if place < 0 or action is None:
            super().keyPressEvent(event)
            return
        if isinstance(action, LayerAction):
            self._act(place, action)
        elif action == 0:
            self.select(-1 if self._selected == place else place)
        else:
            self.cards[max(0, min(place + action, len(self.cards) - 1))].setFocus()
        event.accept()

    def _act_on(self, card: LayerCard, action: LayerAction) -> None:
        self._act(self.cards.index(card), action)

    def _act(self, place: int, action: LayerAction) -> None:
        name = _name(self._model.layers[place])
        match action:
            case LayerAction.DELETE:
                self.edited.emit(
                    model_edits.remove_layer(self._model, place),
                    text("Delete {layer}", layer=name),
                )
                self._focus_near(place)
            case LayerAction.DUPLICATE:
                self.edited.emit(
                    model_edits.duplicate_layer(self._model, place),
                    text("Duplicate {layer}", layer=name),
                )
                self.select(place + 1)
            case LayerAction.MOVE_UP:
                self._move(place, place - 1)
            case LayerAction.MOVE_DOWN:
                self._move(place, place + 1)

    def _move(self, place: int, to: int) -> None:
        if place == to or not 0 <= to < len(self.cards):
            return
        name = _name(self._model.layers[place])
        model = model_edits.move_layer(self._model, place, to)
        self.edited.emit(model, text("Move {layer}", layer=name))
        self.cards[to].setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_parameter(self, card: LayerCard, name: str, value: ParameterValue) -> None:
        if card not in self.cards:  # the field let go of its value while its card was going
            return
        place = self.cards.index(card)
        layer = self._model.layers[place]
        if layer.parameters.get(name, _Missing) == value:
            return
        model = model_edits.set_parameter(self._model, place, name, value)
        self.edited.emit(model, text("Change {layer}", layer=_name(layer)))

    # --- dragging ----------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._place_under(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and place >= 0:
            self._pressed = (place, event.position().toPoint())
            event.accept()
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            super().mouseMoveEvent(event)
            return
        here = event.position().toPoint()
        if self._drop_at < 0:
            distance = (here - self._pressed[1]).manhattanLength()
            if distance < QApplication.startDragDistance():
                return
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        self._drop_at = sum(here.y() > card.geometry().center().y() for card in self.cards)
        self._show_drop_line()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            super().mouseReleaseEvent(event)
            return
        (place, _), drop_at = self._pressed, self._drop_at
        self._end_drag()
        if drop_at < 0:
            self.select(-1 if self._selected == place else place)
        else:
            self._move(place, drop_at - (drop_at > place))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and self._drop_at >= 0:
            assert isinstance(event, QKeyEvent)  # noqa: S101 - what Qt sends under this type
            if event.key() == Qt.Key.Key_Escape:
                self._end_drag()
                event.accept()
                return True
        return super().event(event)

    def _end_drag(self) -> None:
        self._pressed, self._drop_at = None, -1
        self._drop_line.hide()
        self.unsetCursor()

    def _show_drop_line(self) -> None:
        below = self._drop_at < len(self.cards)
        edge = (
            self.cards[self._drop_at].geometry().top() - theme.GRID // 2
            if below
            else self.cards[-1].geometry().bottom() + 2
        )
        self._drop_line.setGeometry(QRect(QPoint(0, max(0, edge - 2)), QSize(self.width(), 3)))
        self._drop_line.raise_()
        self._drop_line.show()

    # --- helpers -----------------------------------------------------------------------------

    def _arrange(self, matches: list[tuple[LayerCard | None, LayerSpec]]) -> None:
        kept = {card for card, _ in matches}
        for card in self.cards:
            self._layout.removeWidget(card)
            if card not in kept:
                card.hide()
                card.deleteLater()
        self.cards = [card or self._new_card(layer) for card, layer in matches]
        previous: QWidget | None = None
        for card in self.cards:
            self._layout.addWidget(card)
            if previous is not None:
                QWidget.setTabOrder(previous, card)
            previous = card

    def _new_card(self, layer: LayerSpec) -> LayerCard:
        card = LayerCard(self._look, layer)
        card.parameter_changed.connect(partial(self._set_parameter, card))
        card.action_chosen.connect(partial(self._act_on, card))
        return card

    def _place_under(self, point: QPoint) -> int:
        return next((i for i, card in enumerate(self.cards) if card.geometry().contains(point)), -1)

    def _focused_card(self) -> LayerCard | None:
        focused = QApplication.focusWidget()
        return next(
            (card for card in self.cards if focused is card or card.isAncestorOf(focused)), None
        ) if focused else None  # fmt: skip

    def _focused_place(self) -> int:
        focused = QApplication.focusWidget()
        return next((i for i, card in enumerate(self.cards) if card is focused), -1)

    def _focus_near(self, place: int) -> None:
        if self.cards:
            self.cards[max(0, min(place, len(self.cards) - 1))].setFocus()


class _DropLine(QWidget):
    """Where a dragged layer will go."""

    def __init__(self, look: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._color = QColor(look.accent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._color)
        painter.end()


class _Missing:
    """Stands for a parameter the layer does not name."""


_NONE = Qt.KeyboardModifier.NoModifier
_KEYS: dict[tuple[int, Qt.KeyboardModifier], LayerAction | int] = {
    (Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier): LayerAction.MOVE_UP,
    (Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier): LayerAction.MOVE_DOWN,
    (Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier): LayerAction.DUPLICATE,
    (Qt.Key.Key_Delete, _NONE): LayerAction.DELETE,
    (Qt.Key.Key_Backspace, _NONE): LayerAction.DELETE,
    (Qt.Key.Key_Up, _NONE): -1,
    (Qt.Key.Key_Down, _NONE): 1,
    (Qt.Key.Key_Return, _NONE): 0,
    (Qt.Key.Key_Enter, _NONE): 0,
    (Qt.Key.Key_Space, _NONE): 0,
}
"""Keys on a card: an action, a step to another card, or 0 to open and close it."""


def _name(layer: LayerSpec) -> Text:
    kind = LAYERS.get(layer.kind)
    return kind.title if kind else text("layer")


def _matched(
    cards: list[LayerCard], old: tuple[LayerSpec, ...], new: tuple[LayerSpec, ...]
) -> list[tuple[LayerCard | None, LayerSpec]]:
    """For each new layer the card that showed it: the same layer's wherever it was, else the one
    left over of the same kind at the same distance from the start (its parameters changed)."""
    free = {id(layer): card for layer, card in zip(old, cards, strict=True)}
    same = [free.pop(id(layer), None) for layer in new]
    left = set(free.values())
    matches: list[tuple[LayerCard | None, LayerSpec]] = []
    for place, (card, layer) in enumerate(zip(same, new, strict=True)):
        found = card
        if found is None and place < len(old) and old[place].kind == layer.kind:
            candidate = cards[place]
            if candidate in left:
                left.discard(candidate)
                found = candidate
        matches.append((found, layer))
    return matches
