# SPDX-License-Identifier: GPL-3.0-or-later
"""The theme as Qt reads it: a palette and one style sheet, both made from the tokens.

Views choose a look with the dynamic property ``role``: ``title``, ``muted``, ``caption``,
``number``, ``card``, ``primary``, ``danger``, ``quiet``, ``rail``, ``bar``.
"""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette

from app.gui.resources import ICONS
from app.gui.theme import CAPTION_PX, NUMBER_PX, RADIUS, TITLE_PX, Theme


def palette(theme: Theme) -> QPalette:
    """The colours of what the style sheet does not name."""
    made = QPalette()
    roles = {
        QPalette.ColorRole.Window: theme.background,
        QPalette.ColorRole.WindowText: theme.text,
        QPalette.ColorRole.Base: theme.surface,
        QPalette.ColorRole.AlternateBase: theme.raised,
        QPalette.ColorRole.Text: theme.text,
        QPalette.ColorRole.Button: theme.surface,
        QPalette.ColorRole.ButtonText: theme.text,
        QPalette.ColorRole.ToolTipBase: theme.surface,
        QPalette.ColorRole.ToolTipText: theme.text,
        QPalette.ColorRole.PlaceholderText: theme.muted,
        QPalette.ColorRole.Highlight: theme.accent,
        QPalette.ColorRole.HighlightedText: theme.on_accent,
        QPalette.ColorRole.Link: theme.accent,
        QPalette.ColorRole.Mid: theme.border,
    }
    for role, color in roles.items():
        made.setColor(role, QColor(color))
    for role in (
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
        QPalette.ColorRole.WindowText,
    ):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.muted))
    return made


def stylesheet(theme: Theme) -> str:
    """The whole application's style sheet."""
    t = theme
    arrow = (ICONS / "chevron-field.svg").as_posix()
    tick = (ICONS / ("tick-dark.svg" if t.dark else "tick-light.svg")).as_posix()
    return f"""
QWidget {{ color: {t.text}; }}
QMainWindow, QDialog {{ background: {t.background}; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QToolTip {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.border};
    padding: 6px 8px; font-size: {CAPTION_PX}px; }}

QLabel {{ background: transparent; }}
QLabel[role="title"] {{ font-size: {TITLE_PX}px; font-weight: 600; }}
QLabel[role="number"] {{ font-size: {NUMBER_PX}px; font-weight: 500; }}
QLabel[role="muted"] {{ color: {t.muted}; }}
QLabel[role="caption"] {{ color: {t.muted}; font-size: {CAPTION_PX}px; }}
QLabel[role="strong"] {{ font-weight: 600; }}
QLabel[role="warn"] {{ color: {t.warn}; }}
QLabel[role="error"] {{ color: {t.error}; }}

QFrame[role="card"] {{ background: {t.surface}; border: 1px solid {t.border};
    border-radius: {RADIUS}px; }}
QFrame[role="line"] {{ background: {t.border}; border: none; }}
QWidget[role="rail"] {{ background: {t.surface}; border-right: 1px solid {t.border}; }}
QWidget[role="bar"] {{ background: {t.surface}; border-bottom: 1px solid {t.border}; }}
QStatusBar {{ background: {t.surface}; border-top: 1px solid {t.border}; color: {t.muted}; }}
QStatusBar::item {{ border: none; }}
QStatusBar QLabel {{ color: {t.muted}; font-size: {CAPTION_PX}px; }}

QPushButton, QToolButton {{ background: {t.surface}; border: 1px solid {t.border};
    border-radius: 6px; padding: 6px 12px; min-height: 18px; }}
QPushButton:hover, QToolButton:hover {{ background: {t.raised}; }}
QPushButton:pressed, QToolButton:pressed {{ background: {t.border}; }}
QPushButton:checked, QToolButton:checked {{ color: {t.accent}; border-color: {t.accent}; }}
QPushButton:disabled, QToolButton:disabled {{ color: {t.muted}; }}
QPushButton:focus, QToolButton:focus {{ border: 1px solid {t.accent}; }}
QPushButton[role="primary"] {{ background: {t.accent}; color: {t.on_accent};
    border: 2px solid {t.accent}; font-weight: 600; padding: 6px 20px; min-height: 22px; }}
QPushButton[role="primary"]:hover {{ border-color: {t.text}; }}
QPushButton[role="primary"]:focus {{ border-color: {t.text}; }}
QPushButton[role="primary"]:disabled {{ background: {t.raised}; color: {t.muted};
    border-color: {t.border}; }}
QPushButton[role="danger"] {{ color: {t.error}; }}
QPushButton[role="quiet"], QToolButton[role="quiet"] {{ background: transparent;
    border: 1px solid transparent; padding: 6px 8px; }}
QPushButton[role="quiet"]:hover, QToolButton[role="quiet"]:hover {{ background: {t.raised}; }}
QPushButton[role="quiet"]:focus, QToolButton[role="quiet"]:focus {{ border-color: {t.accent}; }}
QPushButton[role="quiet"]:checked, QToolButton[role="quiet"]:checked {{ background: {t.raised};
    border-color: transparent; }}
QPushButton[role="way"] {{ min-height: 56px; }}
QPushButton[role="way"]:focus {{ border: 2px solid {t.accent}; outline: none; }}
QPushButton[role="recording"] {{ background: {t.error}; color: {t.on_accent};
    border: 2px solid {t.error}; font-weight: 600; padding: 6px 20px; min-height: 22px; }}
QPushButton[role="recording"]:focus {{ border-color: {t.text}; }}
QToolButton[role="legend"] {{ background: transparent; border: 1px solid transparent;
    color: {t.muted}; font-size: {CAPTION_PX}px; padding: 2px; text-decoration: line-through; }}
QToolButton[role="legend"]:checked {{ color: {t.text}; text-decoration: none; }}
QToolButton[role="legend"]:hover {{ background: {t.raised}; }}
QToolButton[role="legend"]:focus {{ border-color: {t.accent}; }}
QToolButton[role="step"] {{ background: transparent; border: none;
    border-left: 3px solid transparent; border-radius: 0; color: {t.muted};
    font-size: {CAPTION_PX}px; padding: 10px 3px 8px 0; }}
QToolButton[role="step"]:hover {{ background: {t.raised}; color: {t.text}; }}
QToolButton[role="step"]:focus {{ background: {t.raised}; }}
QToolButton[role="step"]:checked {{ border-left-color: {t.accent}; color: {t.accent};
    font-weight: 600; }}
QToolButton::menu-indicator {{ image: none; }}

QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox, QPlainTextEdit, QTextEdit {{
    background: {t.surface}; border: 1px solid {t.border}; border-radius: 6px;
    padding: 5px 8px; min-height: 18px; selection-background-color: {t.accent};
    selection-color: {t.on_accent}; }}
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus,
QPlainTextEdit:focus, QTextEdit:focus {{ border-color: {t.accent}; }}
QLineEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled, QComboBox:disabled {{
    color: {t.muted}; background: {t.background}; }}
QComboBox QLineEdit {{ border: none; padding: 0; background: transparent; min-height: 0; }}
QComboBox::drop-down {{ border: none; width: 24px; }}
QComboBox::down-arrow {{ image: url({arrow}); width: 14px; height: 14px; }}
QComboBox QAbstractItemView {{ background: {t.surface}; border: 1px solid {t.border};
    selection-background-color: {t.raised}; selection-color: {t.text}; padding: 4px;
    outline: none; }}
QSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::up-button,
QDoubleSpinBox::down-button {{ width: 0; border: none; }}

QCheckBox, QRadioButton {{ background: transparent; spacing: 8px; }}
QCheckBox::indicator {{ width: 14px; height: 14px; border: 1px solid {t.muted};
    border-radius: 4px; background: {t.surface}; }}
QCheckBox::indicator:checked {{ background: {t.accent}; border-color: {t.accent};
    image: url({tick}); }}
QCheckBox:focus {{ color: {t.accent}; }}
QRadioButton::indicator {{ width: 14px; height: 14px; border: 1px solid {t.muted};
    border-radius: 8px; background: {t.surface}; }}
QRadioButton::indicator:checked {{ width: 6px; height: 6px; border: 5px solid {t.accent}; }}
QRadioButton:disabled {{ color: {t.muted}; }}
QRadioButton:focus {{ color: {t.accent}; }}
QMenu {{ background: {t.surface}; border: 1px solid {t.border}; padding: 6px; }}
QMenu::item {{ padding: 6px 24px 6px 12px; border-radius: 4px; }}
QMenu::item:selected {{ background: {t.raised}; }}
QMenu::item:disabled {{ color: {t.muted}; }}
QMenu::separator {{ height: 1px; background: {t.border}; margin: 6px 4px; }}

QListView, QTreeView, QTableView {{ background: {t.surface}; border: 1px solid {t.border};
    border-radius: {RADIUS}px; outline: none; selection-background-color: {t.raised};
    selection-color: {t.text}; }}
QHeaderView::section {{ background: {t.surface}; color: {t.muted}; border: none;
    border-bottom: 1px solid {t.border}; padding: 6px 4px; font-size: {CAPTION_PX}px; }}
QTableCornerButton::section {{ background: {t.surface}; border: none; }}
QTabWidget::pane {{ border: none; }}
QTabBar::tab {{ background: transparent; color: {t.muted}; padding: 6px 12px;
    border: none; border-bottom: 2px solid transparent; }}
QTabBar::tab:selected {{ color: {t.text}; border-bottom-color: {t.accent}; }}
QTabBar::tab:focus {{ color: {t.accent}; }}

QProgressBar {{ background: {t.raised}; border: none; border-radius: 3px;
    min-height: 6px; max-height: 6px; }}
QProgressBar::chunk {{ background: {t.accent}; border-radius: 3px; }}
QSlider::groove:horizontal {{ height: 4px; background: {t.border}; border-radius: 2px; }}
QSlider::handle:horizontal {{ width: 14px; height: 14px; margin: -5px 0; border-radius: 7px;
    background: {t.accent}; }}
QSplitter::handle {{ background: transparent; }}
QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: none; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
QScrollBar::handle {{ background: {t.border}; border-radius: 4px; margin: 1px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:hover {{ background: {t.muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""
