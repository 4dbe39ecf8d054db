# SPDX-License-Identifier: GPL-3.0-or-later
"""Records as bytes, and as the C header has them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.deploy.compiler import records
from app.deploy.compiler.records import FIELDS, Kind, Plan, Record
from app.deploy.compiler.targets import Packing

HEADER = (Path(__file__).parents[3] / "firmware" / "engine" / "program.h").read_text()
STRUCTS = {
    Kind.DENSE: "dense",
    Kind.CONV: "conv",
    Kind.DEPTHWISE: "conv",
    Kind.MAX_POOL: "pool",
    Kind.AVERAGE_POOL: "pool",
    Kind.MEAN: "mean",
    Kind.TABLE: "table",
    Kind.SOFTMAX: "softmax",
    Kind.ADD: "binary",
    Kind.MUL: "binary",
    Kind.COPY: "copy",
    Kind.FILL: "fill",
}


def fields_in_c(name: str) -> list[tuple[str, bool]]:
    """The words of ``tw_<name>`` after its head, and whether each is signed."""
    (body,) = re.findall(r"typedef struct \{([^}]*)\} tw_" + name + ";", HEADER)
    fields: list[tuple[str, bool]] = []
    for kind, names in re.findall(r"(u?int32_t) ([^;]+);", body):
        for declared in names.split(", "):
            array = re.fullmatch(r"(\w+)\[(\d)\]", declared)
            places = [f"{array[1]}_{i}" for i in range(int(array[2]))] if array else [declared]
            fields += [(place, kind == "int32_t") for place in places]
    return fields


@pytest.mark.parametrize("kind", Kind)
def test_fields_are_the_c_structs(kind):
    signed = [name in records._SIGNED for name in FIELDS[kind]]
    assert list(zip(FIELDS[kind], signed, strict=True)) == fields_in_c(STRUCTS[kind])


@pytest.mark.parametrize("kind", Kind)
def test_numbers_are_the_c_enums(kind):
    assert re.search(rf"\bTW_{kind.name} = {kind.value},", HEADER)


@st.composite
def drawn_records(draw):
    kind = draw(st.sampled_from(Kind))
    fields = {
        name: draw(
            st.integers(-(1 << 31), (1 << 31) - 1)
            if name in records._SIGNED
            else st.integers(0, (1 << 32) - 1)
        )
        for name in FIELDS[kind]
    }
    return Record(kind, fields, draw(st.sampled_from(Packing)))


@given(st.lists(drawn_records(), max_size=4))
@settings(max_examples=50)
def test_a_plan_survives_its_bytes(drawn):
    plan = Plan(16, 5, 32, 7, tuple(drawn))
    data = plan.encode()
    assert Plan.decode(data) == plan
    assert len(data) == 20 + sum(record.size for record in drawn)


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-1],
        lambda data: data[:12],
        lambda data: data + b"\x0c\0\4\0",
        lambda data: data[:16] + b"\2\0\0\0" + data[20:],
        lambda data: data[:20] + b"\x7f" + data[21:],
        lambda data: data[:20] + b"\7\0\4\0" + data[24:],
    ],
)
def test_bytes_that_are_no_plan_are_refused(damage):
    fill = Record(Kind.FILL, {"out": 0, "bytes": 4, "value": -1})
    data = Plan(0, 4, 0, 4, (fill,)).encode()
    with pytest.raises(ValueError):  # noqa: PT011 - each kind of damage has its own words
        Plan.decode(damage(data))
