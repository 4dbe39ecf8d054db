# SPDX-License-Identifier: GPL-3.0-or-later
"""Renders ``tinywright.svg`` in every size and container that a system asks for, and draws the name
plate. Run it after a change to the drawing: ``python resources/icons/app/render.py``."""

from __future__ import annotations

import re
import struct
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QPointF, Qt
from PySide6.QtGui import QFont, QGuiApplication, QImage, QPainter, QPainterPath
from PySide6.QtSvg import QSvgRenderer

HERE = Path(__file__).resolve().parent
SOURCE = HERE / "tinywright.svg"
SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
ICNS_TYPES = {32: b"ic11", 64: b"ic12", 128: b"ic07", 256: b"ic08", 512: b"ic09"}
NAME = "Tinywright"
LETTERING = "Noto Sans CJK KR"


def png(renderer: QSvgRenderer, size: int) -> bytes:
    """The drawing as a square PNG of ``size`` pixels."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def ico(pictures: dict[int, bytes]) -> bytes:
    """Windows' container: a directory of PNGs; a size of 256 is written as 0."""
    head = struct.pack("<HHH", 0, 1, len(pictures))
    offset = len(head) + 16 * len(pictures)
    entries = b""
    for size, data in pictures.items():
        entries += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(data), offset)
        offset += len(data)
    return head + entries + b"".join(pictures.values())


def icns(pictures: dict[int, bytes]) -> bytes:
    """Apple's container: PNGs, each behind its type and length."""
    blocks = b"".join(
        ICNS_TYPES[size] + struct.pack(">I", 8 + len(data)) + data
        for size, data in pictures.items()
    )
    return b"icns" + struct.pack(">I", 8 + len(blocks)) + blocks


def outline(word: str) -> str:
    """``word`` as the path of an SVG, its base line beginning at (80, 46): no font is needed."""
    font = QFont(LETTERING, weight=QFont.Weight.Medium)
    font.setPixelSize(42)
    path = QPainterPath()
    path.addText(QPointF(80, 46), font, word)
    pieces: list[str] = []
    corners = [path.elementAt(index) for index in range(path.elementCount())]
    letters = {QPainterPath.ElementType.MoveToElement: "M"}
    letters |= {QPainterPath.ElementType.LineToElement: "L"}
    letters |= {QPainterPath.ElementType.CurveToElement: "C"}
    for corner in corners:
        letter = letters.get(corner.type, "")  # the two others of a curve follow without one
        pieces.append(f"{letter}{corner.x:.1f} {corner.y:.1f}")
    return " ".join(pieces)


def name_plate() -> str:
    """The drawing with the name beside it; the name is dark on light and light on dark."""
    drawing = re.search(r"<svg[^>]*>(.*)</svg>", SOURCE.read_text("utf-8"), re.DOTALL)
    if drawing is None:
        raise ValueError(f"{SOURCE} is no SVG")
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="320" height="64" viewBox="0 0 320 64" '
        f'role="img" aria-label="{NAME}">\n'
        "  <style>.name{fill:#1B1F26}@media(prefers-color-scheme:dark){.name{fill:#E8EBF0}}</style>"
        f'{drawing.group(1)}  <path class="name" d="{outline(NAME)}"/>\n</svg>\n'
    )


def main() -> None:
    """Write every file anew."""
    application = QGuiApplication(["render", "-platform", "offscreen"])
    renderer = QSvgRenderer(str(SOURCE))
    pictures = {size: png(renderer, size) for size in SIZES}
    for size, data in pictures.items():
        (HERE / f"tinywright-{size}.png").write_bytes(data)
    small = {size: data for size, data in pictures.items() if size <= 256}
    (HERE / "tinywright.ico").write_bytes(ico(small))
    (HERE / "tinywright.icns").write_bytes(icns({s: pictures[s] for s in ICNS_TYPES}))
    (HERE / "name-plate.svg").write_text(name_plate(), "utf-8")
    application.quit()


if __name__ == "__main__":
    main()
