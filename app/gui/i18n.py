# SPDX-License-Identifier: GPL-3.0-or-later
"""Translation: every sentence a person reads goes through :func:`tr`.

Sentences are marked with ``tr("…")`` here and ``text("…")`` in the core; ``resources/translations/
update.py`` extracts both into ``ko.ts``. A language switch rebuilds the window, so a view
translates once, when it is built.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from app.core.text import Text
from app.gui.resources import TRANSLATIONS


class Language(Enum):
    """The languages the studio ships in; the value is the locale's code."""

    ENGLISH = "en"
    KOREAN = "ko"


def tr(sentence: str | Text, /, **values: object) -> str:
    """Translate ``sentence`` and fill in its values.

    A literal is a ``str.format`` template for ``values``; a :class:`Text` carries its own values,
    which may be Texts themselves. Raises ``KeyError`` where a template names a missing value.
    """
    if isinstance(sentence, Text):
        return _fill(sentence.template, sentence.values)
    return _fill(sentence, values)


def _fill(template: str, values: Mapping[str, object]) -> str:
    if not template:
        return ""
    translated = QCoreApplication.translate("", template)
    if not values:
        return translated.replace("{{", "{").replace("}}", "}")
    shown = {
        name: tr(value) if isinstance(value, Text) else value for name, value in values.items()
    }
    return translated.format(**shown)


def system_language() -> Language:
    """The system's language where the studio speaks it, English otherwise."""
    code = QLocale.system().name().partition("_")[0]
    return next((language for language in Language if language.value == code), Language.ENGLISH)


@dataclass(frozen=True, slots=True)
class InstalledLanguage:
    """What :func:`install_language` put into the application; ``remove()`` before the next."""

    language: Language
    translators: tuple[QTranslator, ...]

    def remove(self) -> None:
        for translator in self.translators:
            QCoreApplication.removeTranslator(translator)


def install_language(language: Language) -> InstalledLanguage:
    """Make :func:`tr` and Qt's own dialogs speak ``language``.

    Raises ``FileNotFoundError`` when the compiled translation is missing: a broken installation.
    """
    QLocale.setDefault(QLocale(language.value))
    if language is Language.ENGLISH:
        return InstalledLanguage(language, ())
    own = QTranslator()
    path = TRANSLATIONS / f"{language.value}.qm"
    if not own.load(str(path)):
        raise FileNotFoundError(path)
    translators = [own]
    qt = QTranslator()
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if qt.load(f"qtbase_{language.value}", folder):
        translators.append(qt)
    for translator in translators:
        QCoreApplication.installTranslator(translator)
    return InstalledLanguage(language, tuple(translators))
