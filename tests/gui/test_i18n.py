# SPDX-License-Identifier: GPL-3.0-or-later
"""Sentences with values, in the language of the user."""

import pytest

from app.core.text import NOTHING, text
from app.gui.i18n import Language, install_language, tr


@pytest.fixture
def korean(qapp):
    installed = install_language(Language.KOREAN)
    yield installed
    installed.remove()
    install_language(Language.ENGLISH)


def test_english_is_the_source_itself(qapp):
    assert tr("Capture") == "Capture"
    assert tr("{count} more", count=3) == "3 more"
    assert tr(text("{hz:.4g} Hz", hz=99.98765)) == "99.99 Hz"
    assert tr(NOTHING) == ""


def test_a_value_may_be_a_sentence_itself(korean):
    assert tr("Record") != "Record"
    assert tr("{what}!", what=text("Record")) == tr("Record") + "!"


def test_a_missing_value_is_a_mistake_that_shows(qapp):
    with pytest.raises(KeyError):
        tr("{count} more", other=1)


def test_taking_the_language_out_brings_english_back(qapp):
    installed = install_language(Language.KOREAN)
    assert tr("Capture") != "Capture"
    installed.remove()
    assert tr("Capture") == "Capture"
    install_language(Language.ENGLISH)


def test_a_sentence_without_a_translation_stays_english(korean):
    assert tr("Not in any file: {n}", n=1) == "Not in any file: 1"
