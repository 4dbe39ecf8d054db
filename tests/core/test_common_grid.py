# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from app.core.common_grid import alike
from app.core.recording import Channel, RecordingInfo


def recording(name: str, *channels: tuple[str, str], seconds: float = 1.0) -> RecordingInfo:
    measured = tuple(Channel(*each) for each in channels)
    return RecordingInfo(name, name, measured, 100.0, int(100 * seconds))


def test_a_channel_without_a_unit_goes_with_any():
    plain = recording("plain", ("x", ""), ("y", "g"), seconds=5)
    full = recording("full", ("y", "g"), ("x", "g"))
    found = alike([plain, full])
    assert found.infos == [plain, full]
    assert found.channels == (Channel("x", "g"), Channel("y", "g"))
    assert not found.warnings


def test_the_units_of_most_recorded_time_decide():
    short = [recording(name, ("x", "g")) for name in ("one", "two", "three")]
    long = recording("long", ("x", "m/s²"), seconds=10)
    found = alike([*short, long])
    assert found.infos == [long]
    assert found.channels == (Channel("x", "m/s²"),)
    assert "one, two, three" in str(found.warnings[0])


def test_layouts_that_each_disagree_in_another_channel_leave_one():
    """No recording has the commonest unit of every channel here."""
    recordings = [
        recording("first", ("x", "mg"), ("y", "g"), ("z", "g"), seconds=2),
        recording("second", ("x", "g"), ("y", "mg"), ("z", "g")),
        recording("third", ("x", "g"), ("y", "g"), ("z", "mg")),
    ]
    found = alike(recordings)
    assert [info.id for info in found.infos] == ["first"]
    assert found.channels == recordings[0].channels
