# SPDX-License-Identifier: GPL-3.0-or-later
"""The shared firmware in a process, with sanitizers, driven by the studio's own client."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.helpers.host_board import HostBoard


@pytest.fixture
def board(sanitised, tmp_path) -> Iterator[HostBoard]:
    started = HostBoard(sanitised / "board", tmp_path / "flash")
    started.client.identify()
    yield started
    started.close()


@pytest.fixture(scope="module")
def victim(sanitised, tmp_path_factory) -> Iterator[HostBoard]:
    """One board for many rude hosts."""
    started = HostBoard(sanitised / "board", tmp_path_factory.mktemp("victim") / "flash")
    started.client.identify()
    yield started
    started.close()
