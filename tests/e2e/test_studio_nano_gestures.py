# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole loop through the real window with recordings of a real board, which came as files."""

from collections import Counter

import pytest

from app.core.recording import Part
from tests.helpers.person import NO_SCREEN, Person
from tests.helpers.shared_data import shared_path

CLASSES = ("circ", "flex", "hori", "punch", "vert")
TEST_WINDOWS = 79
RATE_HZ = 119.0
EPOCHS = 4

pytestmark = [
    pytest.mark.slow,
    pytest.mark.shared_data,
    pytest.mark.qt_log_ignore(NO_SCREEN),
]


def test_from_files_to_a_model_that_answers(person: Person):
    folder = shared_path("data", "nano_gestures")
    person.make_project("Nano gestures")
    import_by_dropping(person, sorted(folder.glob("*.csv")))
    look_at_labels(person)
    run = person.train(epochs=EPOCHS)
    assert run.classes == CLASSES
    assert run.float_test.windows == TEST_WINDOWS
    deployed = person.deploy()
    assert deployed.board_check.agreement == 1.0
    assert deployed.board_check.evaluation.windows == TEST_WINDOWS
    person.watch_live(["shake"], CLASSES)
    assert not person.complaints


def import_by_dropping(person: Person, files):
    """All files at once, the author's split among them, which is kept."""
    page = person.go_to("capture")
    person.drop(page, files)
    person.tell_rate(RATE_HZ)
    person.wait(lambda: bool(person.studio.document.recordings))
    document = person.studio.document
    assert tuple(sorted(each.name for each in document.classes)) == CLASSES
    parts = Counter(info.part for info in document.recordings)
    assert {info.rate_hz for info in document.recordings} == {RATE_HZ}
    assert parts[Part.TEST] == TEST_WINDOWS
    assert parts.total() == len(document.spans) > 250
    assert None not in parts
    assert page.recordings.model.rowCount() == parts.total()


def look_at_labels(person: Person):
    """Each recording is listed with its label, and the first is drawn."""
    page = person.go_to("label")
    person.wait(lambda: bool(page.recording.plot.lanes.lanes))
    document = person.studio.document
    info = next(each for each in document.recordings if each.id == page.recordings.current)
    assert person.reads(info.name)
    assert page.classes.list.count() == len(CLASSES)
    assert not person.complaints
