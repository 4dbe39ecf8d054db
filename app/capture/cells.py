# SPDX-License-Identifier: GPL-3.0-or-later
"""The pieces of a line of text: cells parted by separators, numbers with units, names."""

from __future__ import annotations

import math
import re

from app.core.recording import Channel

MAX_NAME = 40
GAP = math.nan
MAX_VALUE = 3.4028234663852886e38
"""The greatest number that a sample (float32) holds; beyond is a gap."""

# No two parts of these patterns can match the same characters, so that a line of garbage costs
# time in proportion to its length.
NUMBER = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?"
_HEX = r"[+-]?0[xX][0-9a-fA-F]{1,8}"
_GAP = r"[+-]?(?:nan|inf|infinity|ovf|null|none|n/a)|-*"
_UNIT = r"[a-z%°µμΩ][a-z%°µμΩ/²³^·]{0,8}\d?"
_UNIT_AFTER_SPACE = (
    r"°|°?[CFK]|%|m?g|[mkuµ]?V|[muµ]?A|m?W|[kM]?Hz|[hk]?Pa|m/s(?:\^?2|²)?|deg(?:/s)?|dps"
    r"|rad(?:/s)?|[uµ]T|lux|lx|pp[mb]|[muµ]?s|min|[cmk]?m|dB|rpm|m?bar"
)
_CELL = re.compile(
    rf"(?P<hex>{_HEX})|(?P<number>{NUMBER})(?:(?P<unit>{_UNIT})|\s(?P<spaced>{_UNIT_AFTER_SPACE}))?"
    rf"|(?P<gap>{_GAP})",
    re.IGNORECASE | re.ASCII,
)
_DECIMAL_COMMA = re.compile(r"(?:.*[:=]\s*)?[+-]?\d+,\d+(?:[^\d,].*)?", re.ASCII)
_NAME = re.compile(r"[^\W\d][^:=<>{}!?\"]*")
_NAME_WITH_UNIT = re.compile(r"([^\[(]*[^\[(\s])\s*[\[(]([^\[\]()]*)[\])]")
_VALUE_IN_A_NAME = re.compile(r"\s[+-]?(?:\d{3}|\d*\.\d)")
_WORDS_IN_A_NAME = 4


def read_cell(token: str) -> tuple[float, str] | None:
    """The value and unit of a cell: ``12`` ``1e3`` ``0x1F`` ``1.0m/s2`` ``21 °C``; NaN where there
    is none (empty, ``nan``, ``inf``, ``-``); ``None`` where it is text."""
    match = _CELL.fullmatch(token)
    if match is None:
        return None
    if match["number"] is not None:
        value = float(match["number"])
        return value if abs(value) <= MAX_VALUE else GAP, match["unit"] or match["spaced"] or ""
    if match["hex"] is not None:
        return float(int(match["hex"], 16)), ""
    return GAP, ""


def split_cells(line: str) -> tuple[list[str], str]:
    """The stripped cells of ``line`` and the separator that parts them: ``;``, tab, comma or space.

    Where ``;`` or a tab separates, a comma is a decimal comma and comes back as a point. One
    separator at the end of the line makes no further cell.
    """
    for separator in (";", "\t"):
        tokens = _split_at(line, separator)
        if len(tokens) == 1:
            line = tokens[0]  # a separator at the end, if any, ends the line and parts nothing
        elif not any("," in token for token in tokens):
            return tokens, separator
        elif all("," not in token or _DECIMAL_COMMA.fullmatch(token) for token in tokens):
            return [token.replace(",", ".") for token in tokens], separator
        else:
            parts = [part for token in tokens for part in _split_at(token, ",")]
            return parts, ","
    if "," in line:
        return _split_at(line, ","), ","
    return line.split(), " "


def read_names(tokens: list[str]) -> tuple[Channel, ...] | None:
    """The channels that a header's cells name; ``None`` when one of them is no name."""
    for token in tokens:
        if not (
            len(token) <= MAX_NAME
            and _NAME.fullmatch(token)
            and not _VALUE_IN_A_NAME.search(token)
            and len(token.split()) <= _WORDS_IN_A_NAME
            and token[-1] not in ".,"
        ):
            return None
    return tuple(channel_named(token) for token in tokens)


def channel_named(name: str) -> Channel:
    """The channel that ``temp (°C)`` or ``ax [g]`` names."""
    match = _NAME_WITH_UNIT.fullmatch(name)
    return Channel(match[1], match[2].strip()) if match else Channel(name)


def without_brackets(line: str) -> str:
    """``(1, 2.5)`` and ``[1, 2.5]`` without what surrounds the values."""
    if len(line) > 2 and (line[0], line[-1]) in (("(", ")"), ("[", "]"), ("{", "}")):
        return line[1:-1].strip()
    return line


def _split_at(line: str, separator: str) -> list[str]:
    tokens = [token.strip() for token in line.split(separator)]
    if len(tokens) > 1 and not tokens[-1]:
        tokens.pop()
    return tokens
