# SPDX-License-Identifier: GPL-3.0-or-later
"""The emulated chip notices what the documentation forbids: each misuse fails a test."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.firmware.nrf52840.chip import Nrf52840
from tests.firmware.nrf52840.peripheral import MisuseError

IN_2, OUT_2 = 0x00C, 0x030
RAM_AT = 0x2000_1000
DO = 1


@pytest.fixture
def chip() -> Nrf52840:
    """Its image is an endless loop; crystal and USB controller are up."""
    image = (0x2000_2000).to_bytes(4, "little") + (0x1_0009).to_bytes(4, "little") + b"\xfe\xe7"
    chip = Nrf52840(image)
    chip.start()
    chip.power.supplied = True
    chip.power.write(0, 1)
    force_power(chip, 0xC0, 3)
    chip.usbd.write(0x500, 1)
    run_ms(chip, 1)
    force_power(chip, 0, 0)
    chip.usbd.write(0x510, 0b111)
    chip.usbd.write(0x514, 0b101)
    return chip


def run_ms(chip: Nrf52840, ms: float) -> None:
    until = chip.now_us + 1000 * ms
    while chip.now_us < until:
        chip.run_slice()


def force_power(chip: Nrf52840, e171: int, e187: int) -> None:
    chip.errata.write(0xC00, 0x9375)
    chip.errata.write(0xC14, e171)
    chip.errata.write(0xD14, e187)
    chip.errata.write(0xC00, 0x9375)


def start_dma(chip: Nrf52840, task: int, heed_199: bool = True, at: int = RAM_AT) -> None:
    chip.usbd.write(0x628, at)
    chip.usbd.write(0x62C, 8)
    if heed_199:
        chip.usbd.write(0xC1C, 0x82)
    chip.usbd.write(task, DO)


def two_transfers(chip: Nrf52840) -> None:
    start_dma(chip, IN_2)
    chip.usbd.write(IN_2, DO)


def a_packet_over_another(chip: Nrf52840) -> None:
    for _ in range(2):
        start_dma(chip, IN_2)
        run_ms(chip, 0.02)


def status_during_dma(chip: Nrf52840) -> None:
    start_dma(chip, IN_2)
    chip.usbd.write(0x050, DO)


def nothing_to_take(chip: Nrf52840) -> None:
    chip.usbd.write(0xC1C, 0x82)
    chip.usbd.write(OUT_2, DO)


def other_length(chip: Nrf52840) -> None:
    chip.usbd.write(0x4A8, 0)
    chip.usbd.take(2, b"12345", 0)
    chip.usbd.write(0x728, RAM_AT)
    chip.usbd.write(0x72C, 4)
    nothing_to_take(chip)


def switched_off(chip: Nrf52840) -> None:
    chip.usbd.write(0x500, 0)
    chip.usbd.read(0x46C)


def pulled_up_without_a_crystal(chip: Nrf52840) -> None:
    chip.power.crystal_runs = False
    chip.usbd.write(0x504, 1)


def pulled_up_with_errata_set(chip: Nrf52840) -> None:
    force_power(chip, 0xC0, 3)
    chip.usbd.write(0x504, 1)


def low_power_without_suspend(chip: Nrf52840) -> None:
    chip.usbd.write(0x52C, 1)


def put_to_sleep(chip: Nrf52840) -> None:
    chip.usbd.write(0x504, 1)
    chip.usbd.suspend()
    chip.usbd.write(0x52C, 1)
    chip.power.write(0x004, DO)


def touched_asleep(chip: Nrf52840) -> None:
    put_to_sleep(chip)
    chip.usbd.read(0x46C)


def woken_without_a_crystal(chip: Nrf52840) -> None:
    put_to_sleep(chip)
    chip.usbd.write(0x52C, 0)


def crystal_stopped_at_work(chip: Nrf52840) -> None:
    chip.usbd.write(0x504, 1)
    chip.power.write(0x004, DO)


def clear_199_too_early(chip: Nrf52840) -> None:
    start_dma(chip, IN_2)
    chip.usbd.write(0xC1C, 0)


def errata_behind_their_lock(chip: Nrf52840) -> None:
    chip.errata.write(0xC14, 0xC0)


def bus_of_a_disabled_controller(chip: Nrf52840) -> None:
    chip.twim.write(0x548, 1)
    chip.twim.write(0x544, RAM_AT)
    chip.twim.write(0x008, DO)


def bus_from_flash(chip: Nrf52840) -> None:
    chip.twim.write(0x500, 6)
    chip.twim.write(0x544, 0x1_0000)
    chip.twim.write(0x548, 1)
    chip.twim.write(0x008, DO)


def pins_of_an_enabled_bus(chip: Nrf52840) -> None:
    chip.twim.write(0x500, 6)
    chip.twim.write(0x508, 15)


def erase_without_enabling(chip: Nrf52840) -> None:
    chip.nvmc.write(0x518, 0x3_0000)


def erase_the_boot_loader(chip: Nrf52840) -> None:
    chip.nvmc.write(0x504, 2)
    chip.nvmc.write(0x518, 0xE_0000)


def erase_all(chip: Nrf52840) -> None:
    chip.nvmc.write(0x50C, DO)


def erase_uicr(chip: Nrf52840) -> None:
    chip.nvmc.write(0x514, DO)


def write_without_enabling(chip: Nrf52840) -> None:
    chip.nvmc.write_word(0x3_0000, 4, 0)


def write_a_byte(chip: Nrf52840) -> None:
    chip.nvmc.write(0x504, 1)
    chip.nvmc.write_word(0x3_0000, 1, 0)


def write_three_times(chip: Nrf52840) -> None:
    chip.nvmc.write(0x504, 1)
    for _ in range(3):
        chip.nvmc.write_word(0x3_0000, 4, 0)


def write_half_erased(chip: Nrf52840) -> None:
    chip.nvmc.write(0x504, 2)
    chip.nvmc.write(0x518, 0x3_0000)
    chip.nvmc.write(0x504, 1)
    chip.nvmc.write_word(0x3_0000, 4, 0)


def sample_before_start(chip: Nrf52840) -> None:
    chip.saadc.write(0x500, 1)
    chip.saadc.write(0x004, DO)


def start_while_calibrating(chip: Nrf52840) -> None:
    chip.saadc.write(0x500, 1)
    chip.saadc.write(0x00C, DO)
    chip.saadc.write(0x62C, RAM_AT)
    chip.saadc.write(0x000, DO)


def switch_pwm_off_while_it_runs(chip: Nrf52840) -> None:
    chip.pwm.runs = True
    chip.pwm.write(0x500, 0)


def an_unknown_register(chip: Nrf52840) -> None:
    chip.timer.read(0x7FC)


MISUSES: list[tuple[Callable[[Nrf52840], None], str]] = [
    (two_transfers, "during that of IN 2"),
    (a_packet_over_another, "holds a packet already"),
    (lambda chip: start_dma(chip, IN_2, heed_199=False), "erratum 199"),
    (lambda chip: start_dma(chip, IN_2, at=0x1_0000), "not RAM"),
    (status_during_dma, "EP0STATUS during DMA"),
    (nothing_to_take, "nothing has come"),
    (other_length, "5 bytes came, 4 are taken"),
    (switched_off, "while it is off"),
    (pulled_up_without_a_crystal, "without the crystal"),
    (pulled_up_with_errata_set, "still set"),
    (low_power_without_suspend, "not suspended"),
    (touched_asleep, "in low power"),
    (woken_without_a_crystal, "woken without the crystal"),
    (crystal_stopped_at_work, "while USB is awake"),
    (clear_199_too_early, "cleared during DMA"),
    (errata_behind_their_lock, "lock"),
    (bus_of_a_disabled_controller, "not enabled"),
    (bus_from_flash, "not RAM"),
    (pins_of_an_enabled_bus, "while it is enabled"),
    (erase_without_enabling, "not enabled"),
    (erase_the_boot_loader, "erases 0xe0000"),
    (erase_all, "erases all"),
    (erase_uicr, "erases UICR"),
    (write_without_enabling, "not enabled"),
    (write_a_byte, "1 bytes"),
    (write_three_times, "a third time"),
    (write_half_erased, "half erased"),
    (sample_before_start, "samples while idle"),
    (start_while_calibrating, "started while calibrated"),
    (switch_pwm_off_while_it_runs, "while it runs"),
    (an_unknown_register, "nothing to read"),
]


@pytest.mark.parametrize(("misuse", "named"), MISUSES, ids=[named for _, named in MISUSES])
def test_misuse_is_noticed(chip, misuse, named):
    with pytest.raises(MisuseError, match=named):
        misuse(chip)


@pytest.mark.parametrize(
    ("address", "named"),
    [
        (0x0_0000, "flash: a write at 0x0"),
        (0x0_FFFC, "flash: a write at 0xfffc"),
        (0x1_0000, "flash: a write at 0x10000"),
        (0xE_0000, "flash: a write at 0xe0000"),
        (0xF_F000, "flash: a write at 0xff000"),
        (0x1000_1014, "UICR: a write of .* to the word at 0x10001014"),
        (0x1000_120C, "UICR: a write of .* to the word at 0x1000120c"),
    ],
)
def test_a_write_outside_the_firmwares_pages_is_noticed(address, named):
    """``str r0, [r1]``."""
    image = (0x2000_2000).to_bytes(4, "little") + (0x1_0009).to_bytes(4, "little")
    image += bytes.fromhex("0149 0860 fee7 0000") + address.to_bytes(4, "little")
    chip = Nrf52840(image)
    chip.start()
    chip.nvmc.write(0x504, 1)
    with pytest.raises(MisuseError, match=named):
        chip.run_slice()


def test_without_the_errata_the_controller_never_becomes_ready():
    chip = Nrf52840(bytes(4) + (0x1_0009).to_bytes(4, "little") + b"\xfe\xe7")
    chip.start()
    chip.power.supplied = True
    chip.usbd.write(0x500, 1)
    run_ms(chip, 5)
    assert chip.usbd.read(0x400) == 0


@pytest.mark.parametrize("forced", [False, True])
def test_only_with_its_erratum_heeded_the_controller_wakes(chip, forced):
    put_to_sleep(chip)
    chip.power.write(0x000, DO)
    run_ms(chip, 1)
    force_power(chip, 0xC0 if forced else 0, 0)
    chip.usbd.write(0x52C, 0)
    run_ms(chip, 1)
    assert chip.usbd.low_power is not forced
