# SPDX-License-Identifier: GPL-3.0-or-later
"""Recordings of one data set brought to the same channels, in one order, at one rate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

import numpy as np

from app.core.recording import Channel, Recording, RecordingInfo, Samples
from app.core.resample import resample_uniform
from app.core.text import Text, text

SAME_RATE = 0.01
"""Rates that differ by less than this share count as equal: clocks differ by as much."""

_Layout = tuple[tuple[str, str], ...]
"""Name and unit of each channel: as strings alone they are compared at once."""
_NAME_AND_UNIT = attrgetter("name", "unit")


def common_rate(recordings: Sequence[RecordingInfo]) -> float:
    """The rate in hertz that half of the recorded time has or exceeds (the weighted median)."""
    rates = np.array([info.rate_hz for info in recordings])
    durations = np.array([info.duration_s for info in recordings])
    order = np.argsort(rates, kind="stable")
    elapsed = np.cumsum(durations[order])
    return float(rates[order][np.searchsorted(elapsed, elapsed[-1] / 2)])


def same_rate(first_hz: float, second_hz: float) -> bool:
    return abs(first_hz / second_hz - 1) < SAME_RATE


@dataclass(frozen=True, slots=True)
class Alike:
    """Recordings that measure the same channels."""

    infos: list[RecordingInfo]
    channels: tuple[Channel, ...]
    warnings: list[Text]


def alike(recordings: Sequence[RecordingInfo]) -> Alike:
    """The recordings with the channels that most recorded time has, by name and unit; a channel
    without a unit goes with any. The order is that of the first. Asked again at every edit, so it
    looks at each layout of channels once, however many recordings share it."""
    layouts: list[_Layout] = [tuple(map(_NAME_AND_UNIT, info.channels)) for info in recordings]
    recorded_s: dict[_Layout, float] = {}
    for info, layout in zip(recordings, layouts, strict=True):
        recorded_s[layout] = recorded_s.get(layout, 0.0) + info.duration_s
    kept, units = _compatible(recorded_s)
    infos = [info for info, layout in zip(recordings, layouts, strict=True) if layout in kept]
    channels = tuple(Channel(each.name, units[each.name]) for each in infos[0].channels)
    others = [
        info.name for info, layout in zip(recordings, layouts, strict=True) if layout not in kept
    ]
    if not others:
        return Alike(infos, channels, [])
    warning = text(
        "{count} recordings measure other channels or units than {channels} and are left out: "
        "{names}.",
        count=len(others),
        channels=", ".join(channel.name for channel in channels),
        names=", ".join(others[:5]) + (" …" if len(others) > 5 else ""),
    )
    return Alike(infos, channels, [warning])


def _compatible(recorded_s: Mapping[_Layout, float]) -> tuple[set[_Layout], dict[str, str]]:
    """The layouts that go together, those with the most time first, and each channel's unit."""
    names = {layout: frozenset(name for name, _ in layout) for layout in recorded_s}
    named_s: dict[frozenset[str], float] = {}
    for layout, seconds in recorded_s.items():
        named_s[names[layout]] = named_s.get(names[layout], 0.0) + seconds
    wanted = max(named_s, key=named_s.__getitem__)
    kept: set[_Layout] = set()
    units = dict.fromkeys(wanted, "")
    for layout in sorted(recorded_s, key=recorded_s.__getitem__, reverse=True):
        if names[layout] == wanted and all(
            not unit or units[name] in ("", unit) for name, unit in layout
        ):
            kept.add(layout)
            units.update((name, unit) for name, unit in layout if unit)
    return kept, units


def on_grid(recording: Recording, channels: Sequence[Channel], rate_hz: float) -> Samples:
    """The samples in the order of ``channels``, at ``rate_hz``."""
    samples = recording.samples
    names = [channel.name for channel in recording.info.channels]
    order = [names.index(channel.name) for channel in channels]
    if order != list(range(len(order))):
        samples = samples[:, order]
    if same_rate(recording.info.rate_hz, rate_hz):
        return samples
    return resample_uniform(samples, recording.info.rate_hz, rate_hz)
