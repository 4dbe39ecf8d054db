# SPDX-License-Identifier: GPL-3.0-or-later
"""An nRF52840 as far as the firmware uses it: its core in an emulator, its peripherals written from
Nordic's product specification (version 1.11) and errata, strict about misuse."""
