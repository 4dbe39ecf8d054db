# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the Debian package and the portable archive of what PyInstaller built.

Both are the same bytes for the same input: names in order, nobody's names in them, and every time
the one of the last commit.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "packaging")]
import product  # noqa: E402 - beside us, in no package

from app.core.board import BOARDS  # noqa: E402
from app.core.own_process import CONSOLE_PROGRAM  # noqa: E402

LINUX = ROOT / "packaging" / "linux"
ICONS = ROOT / "resources" / "icons" / "app"
PROGRAMS = (product.WINDOW_PROGRAM, CONSOLE_PROGRAM)
SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
LEVEL = 2
"""Of xz. Level 6, its own choice, takes three times as long for a package a tenth smaller."""

# Whose boards can be recorded, whichever they are. Beside them every id in the table of boards.
MAKERS = {
    0x0D28: "Arm: micro:bit",
    0x1B4F: "SparkFun",
    0x2341: "Arduino",
    0x239A: "Adafruit",
    0x2886: "Seeed Studio",
    0x2A03: "Arduino, from dog hunter",
    0x2E8A: "Raspberry Pi",
    0x303A: "Espressif",
}
# Chips between USB and a board, and one board whose maker has no vendor id: vendor and product.
BRIDGES = {
    (0x0403, 0x6010): "FTDI FT2232",
    (0x0403, 0x6014): "FTDI FT232H",
    (0x067B, 0x2303): "Prolific PL2303",
    (0x10C4, 0xEA70): "Silicon Labs CP2105",
    (0x16C0, 0x0483): "Teensy",
    (0x1A86, 0x5523): "WCH CH341",
    (0x1A86, 0x55D3): "WCH CH343",
}

DEPENDS = (
    "libegl1",
    "libfontconfig1",
    "libfreetype6",
    "libgl1",
    "libglib2.0-0 | libglib2.0-0t64",
    "libopengl0",
    "libx11-6",
    "libxcb1",
    "libxkbcommon0",
    "fonts-dejavu-core | fonts-noto-core",
)
RECOMMENDS = "fonts-noto-cjk"
DESCRIPTION = """teach a microcontroller to recognise what its sensors feel
 Record a movement or any other signal from a live board, mark what happens in
 it, train a small neural network on this computer, put it on the board and see
 there whether it answers as it did here. A simulated board comes with it.
 .
 Nothing leaves the computer."""


def main() -> None:
    """``build.py FOLDER OUT``: from the folder with the programs to files in ``OUT``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="what PyInstaller built")
    parser.add_argument("out", type=Path, help="where the files go")
    parser.add_argument("--scratch", type=Path, default=ROOT / "build" / "deb")
    options = parser.parse_args()
    epoch = commit_time()
    os.umask(0o022)
    options.out.mkdir(parents=True, exist_ok=True)
    version = product.version(ROOT)
    made = [
        debian_package(options.folder, options.scratch, options.out, version, epoch),
        portable(options.folder, options.out, version, epoch),
    ]
    sums = options.out / "SHA256SUMS"
    sums.write_text("".join(f"{sha256(file)}  {file.name}\n" for file in made), "utf-8")
    for file in made:
        print(f"{file.stat().st_size / 1e6:8.1f} MB  {file}")


def commit_time() -> int:
    """Seconds since 1970 of the last commit."""
    return int(
        subprocess.run(
            ["git", "log", "-1", "--format=%ct"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    )


def debian_package(folder: Path, scratch: Path, out: Path, version: str, epoch: int) -> Path:
    """The ``.deb``; ``scratch`` is where its tree is put together."""
    shutil.rmtree(scratch, ignore_errors=True)
    shutil.copytree(folder, scratch / "usr/lib/tinywright", symlinks=True)
    (scratch / "usr/bin").mkdir(parents=True)
    for program in PROGRAMS:
        (scratch / "usr/bin" / program).symlink_to(f"../lib/tinywright/{program}")
    share = scratch / "usr/share"
    put(LINUX / "tinywright.desktop", share / "applications" / "tinywright.desktop")
    put(LINUX / "tinywright.xml", share / "mime/packages/tinywright.xml")
    rules = scratch / "usr/lib/udev/rules.d/70-tinywright.rules"
    rules.parent.mkdir(parents=True)
    rules.write_text(udev_rules(), "utf-8")
    for size in SIZES:
        place = share / "icons/hicolor" / f"{size}x{size}" / "apps/tinywright.png"
        put(ICONS / f"tinywright-{size}.png", place)
    put(ICONS / "tinywright.svg", share / "icons/hicolor/scalable/apps/tinywright.svg")
    doc = share / "doc/tinywright"
    put(LINUX / "copyright", doc / "copyright")
    changes = (ROOT / "CHANGELOG.md").read_bytes()
    (doc / "changelog.gz").write_bytes(gzip.compress(changes, mtime=0))
    control = scratch / "DEBIAN"
    control.mkdir()
    for script in ("postinst", "postrm"):
        put(LINUX / "reload-rules", control / script, 0o755)
    (control / "control").write_text(control_file(scratch, version), "utf-8")
    target = out / f"tinywright_{version}_{product.machine()}.deb"
    for path in (scratch, *scratch.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
        os.utime(path, (epoch, epoch), follow_symlinks=False)
    os.environ["SOURCE_DATE_EPOCH"] = str(epoch)  # of the archive around the two others
    run("dpkg-deb", "--root-owner-group", "-Zxz", f"-z{LEVEL}", "--build", scratch, target)
    return target


def udev_rules() -> str:
    """Whoever sits at the computer may open the ports of boards, and no modem program asks them
    anything. Read before 73-seat-late.rules, which acts on the tag."""
    known = {usb for board in BOARDS.values() for usb in (*board.usb_ids, *board.bridge_ids)}
    by_id = sorted({(usb.vendor, usb.product) for usb in known} | set(BRIDGES))
    matches = [f'ATTRS{{idVendor}}=="{vendor:04x}"' for vendor in MAKERS]
    matches += [
        f'ATTRS{{idVendor}}=="{vendor:04x}", ATTRS{{idProduct}}=="{product:04x}"'
        for vendor, product in by_id
        if vendor not in MAKERS
    ]
    granted = 'TAG+="uaccess", ENV{ID_MM_DEVICE_IGNORE}="1"'
    lines = [f'SUBSYSTEM=="tty", {match}, {granted}' for match in matches]
    return "\n".join(["# Boards that can be plugged in to record with Tinywright.", *lines]) + "\n"


def control_file(tree: Path, version: str) -> str:
    """What Debian wants to know of the package in ``tree``."""
    size_kib = sum(file.lstat().st_size for file in tree.rglob("*") if not file.is_dir()) // 1024
    # What the programs were linked against is the oldest C library they run with.
    depends = (f"libc6 (>= {platform.libc_ver()[1]})", *DEPENDS)
    return f"""Package: tinywright
Version: {version}
Architecture: {product.machine()}
Section: education
Priority: optional
Maintainer: {product.MAINTAINER}
Installed-Size: {size_kib}
Depends: {", ".join(depends)}
Recommends: {RECOMMENDS}
Description: {DESCRIPTION}
"""


def portable(folder: Path, out: Path, version: str, epoch: int) -> Path:
    """The ``.tar.xz`` that runs from wherever it is unpacked."""
    name = f"tinywright-{version}-linux-{platform.machine()}"
    target = out / f"{name}.tar.xz"
    target.unlink(missing_ok=True)
    plain = target.with_suffix("")
    run(
        *("tar", "--create", f"--file={plain}", "--sort=name", f"--mtime=@{epoch}", "--owner=0"),
        *("--group=0", "--numeric-owner", "--mode=go-w,a+rX"),
        *(f"--transform=flags=r;s,^{folder.name},{name},", f"--directory={folder.parent}"),
        folder.name,
    )
    # The number of threads does not change the bytes as long as there are blocks.
    run("xz", f"-{LEVEL}", "-T2", plain)
    return target


def put(source: Path, target: Path, mode: int = 0o644) -> None:
    """Copy one file, its folders too."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    target.chmod(mode)


def sha256(file: Path) -> str:
    """The check sum in hexadecimal."""
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()


def run(*command: str | Path) -> None:
    """Run it; raises ``CalledProcessError`` where it fails."""
    subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
