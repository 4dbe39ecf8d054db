# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults as they are written on a command line."""

from __future__ import annotations

import pytest

from app.core.errors import DataError
from app.deploy.virtual_faults import NO_FAULTS, Faults, parse_faults


def test_faults_are_read() -> None:
    assert parse_faults([]) == NO_FAULTS
    assert parse_faults(["drop-frames=0.25", "mute"]) == Faults(drop_frames=0.25, mute=1)


@pytest.mark.parametrize("fault", ["fly", "drop-frames=much", "die-after=-1", "mute=nan", ""])
def test_a_fault_that_does_not_exist_is_said(fault: str) -> None:
    with pytest.raises(DataError, match="knows no fault") as error:
        parse_faults([fault])
    assert "drop-frames" in str(error.value)
