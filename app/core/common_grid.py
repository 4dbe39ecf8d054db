# SPDX-License-Identifier: GPL-3.0-or-later
"""Recordings of one data set brought to the same channels, in one order, at one rate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.core.recording import Channel, Recording, RecordingInfo, Samples
from app.core.resample import resample_uniform
from app.core.text import Text, text

SAME_RATE = 0.01
"""Rates that differ by less than this share count as equal: clocks differ by as much."""


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
    without a unit goes with any. The order is that of the first."""
    measured: dict[frozenset[str], list[RecordingInfo]] = {}
    for info in recordings:
        measured.setdefault(frozenset(each.name for each in info.channels), []).append(info)
    named = max(measured.values(), key=lambda infos: sum(info.duration_s for info in infos))
    units = {channel.name: _common_unit(named, channel.name) for channel in named[0].channels}
    infos = [
        info
        for info in named
        if all(channel.unit in ("", units[channel.name]) for channel in info.channels)
    ]
    channels = tuple(Channel(each.name, units[each.name]) for each in infos[0].channels)
    kept = {info.id for info in infos}
    others = [info.name for info in recordings if info.id not in kept]
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


def _common_unit(recordings: Sequence[RecordingInfo], name: str) -> str:
    """The unit most recordings give the channel ``name``; empty where none gives one."""
    units = Counter(
        channel.unit
        for info in recordings
        for channel in info.channels
        if channel.name == name and channel.unit
    )
    return units.most_common(1)[0][0] if units else ""


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
