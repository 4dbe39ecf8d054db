# SPDX-License-Identifier: GPL-3.0-or-later
"""Older projects, by a version 0 made up for the purpose."""

import json

import pytest

from app.core import project_file
from app.core.document import ClassLabel, Document
from app.core.errors import ProjectError
from app.core.migrations import VERSION, Contents, migrate


def from_version_0(contents: Contents) -> Contents:
    """Version 0 kept class names only, and called the document ``project``."""
    document = dict(contents["project"])
    document["classes"] = [
        {"name": name, "color": index} for index, name in enumerate(document["classes"])
    ]
    return {"format": contents["format"], "document": document}


DOCUMENT = Document("old", classes=(ClassLabel("wave", 0), ClassLabel("tap", 1)))


def version_0() -> Contents:
    contents = json.loads(project_file.to_bytes(DOCUMENT))
    project = contents.pop("document")
    project["classes"] = ["wave", "tap"]
    return {**contents, "version": 0, "project": project}


def test_an_old_project_is_read_as_a_new_one() -> None:
    data = json.dumps(version_0()).encode()
    assert project_file.from_bytes(data, table={0: from_version_0}) == DOCUMENT


def test_an_old_project_that_breaks_its_own_rules_is_damaged() -> None:
    data = json.dumps({**version_0(), "project": {}}).encode()
    with pytest.raises(ProjectError, match="not a proper version 0"):
        project_file.from_bytes(data, table={0: from_version_0})


def test_steps_are_taken_in_order_and_counted() -> None:
    table = {
        0: lambda contents: {**contents, "steps": ["0"]},
        1: lambda contents: {**contents, "steps": [*contents["steps"], "1"]},
    }
    assert migrate({"version": 0}, 0, to=2, table=table) == {"version": 2, "steps": ["0", "1"]}
    with pytest.raises(LookupError):
        migrate({}, -1, table=table)


def test_todays_version_needs_no_step() -> None:
    contents: Contents = {"version": VERSION}
    assert migrate(contents, VERSION) is contents
