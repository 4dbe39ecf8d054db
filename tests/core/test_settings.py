# SPDX-License-Identifier: GPL-3.0-or-later
"""What the application remembers."""

import json
from dataclasses import fields, replace
from pathlib import Path

import pytest

from app.core.codec import encode
from app.core.settings import (
    OPTIONS,
    RECENT_PROJECTS,
    Settings,
    SettingsError,
    checked,
    load_settings,
    save_settings,
)


def test_no_file_is_no_problem(tmp_path: Path) -> None:
    settings, problem = load_settings(tmp_path / "settings.json")
    assert settings == Settings()
    assert not problem


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "설정" / "settings.json"
    settings = replace(Settings(), language="ko", baud=9600, recent_projects=("projects/손짓",))
    save_settings(path, settings)
    assert load_settings(path) == (settings, load_settings(tmp_path / "none")[1])
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("data", [b"", b"\xff", b"[", b"[]", b"3", b"[" * 100_000])
def test_a_broken_file_gives_defaults_and_is_reported(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(data)
    settings, problem = load_settings(path)
    assert settings == Settings()
    assert "defaults are used" in str(problem)
    assert path.read_bytes() == data


def test_one_bad_option_does_not_spoil_the_others(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"baud": "fast", "theme": "pink", "last_port": "COM3", "new": 1}))
    settings, problem = load_settings(path)
    assert settings == replace(Settings(), last_port="COM3")
    assert "theme, baud" in str(problem)


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="cannot be saved"):
        save_settings(tmp_path / "file" / "settings.json", Settings())


def test_the_table_is_whole() -> None:
    assert [option.name for option in OPTIONS] == [field.name for field in fields(Settings)]
    for option in OPTIONS:
        assert str(option.help)
        assert checked(option, encode(option.default)) == option.default


def test_recent_projects_are_newest_first_and_few(tmp_path: Path) -> None:
    settings = Settings()
    for index in [*range(RECENT_PROJECTS + 2), 5]:
        settings = settings.with_recent(tmp_path / str(index))
    assert len(settings.recent_projects) == RECENT_PROJECTS
    assert [Path(p).name for p in settings.recent_projects[:3]] == ["5", "9", "8"]
