# SPDX-License-Identifier: GPL-3.0-or-later
"""Dataclasses to JSON and back."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.codec import CodecError, decode, encode


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True)
class Leaf:
    name: str
    size: float

    def __post_init__(self) -> None:
        if self.size < 0:
            raise ValueError("a leaf has a size")


@dataclass(frozen=True)
class Tree:
    leaves: tuple[Leaf, ...]
    pair: tuple[int, float]
    colour: Colour | None
    tall: bool
    best: Leaf | None = None
    notes: Mapping[str, int | float | str | bool | None] = field(
        default_factory=lambda: MappingProxyType({})
    )


leaves = st.builds(Leaf, st.text(), st.floats(min_value=0))
trees = st.builds(
    Tree,
    st.lists(leaves, max_size=3).map(tuple),
    st.tuples(st.integers(), st.floats(allow_nan=False)),
    st.none() | st.sampled_from(Colour),
    st.booleans(),
    st.none() | leaves,
    st.dictionaries(
        st.text(),
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(),
        max_size=4,
    ).map(MappingProxyType),
)


@settings(max_examples=80)
@given(trees)
def test_any_value_survives_the_round_trip(tree: Tree) -> None:
    text = json.dumps(encode(tree), allow_nan=False)
    again = decode(Tree, json.loads(text))
    assert again == tree
    assert [type(v) for v in again.notes.values()] == [type(v) for v in tree.notes.values()]


def test_not_a_number_survives() -> None:
    assert math.isnan(decode(Leaf, encode(Leaf("x", math.nan))).size)


def test_numpy_scalars_become_plain_numbers() -> None:
    assert json.dumps(encode((np.int64(3), np.float32(0.5), np.bool_(True)))) == "[3, 0.5, true]"


def test_values_without_a_json_form_are_a_mistake_of_the_caller() -> None:
    with pytest.raises(TypeError):
        encode(object())
    with pytest.raises(TypeError):
        decode(set, [])


VALID = {
    "leaves": [{"name": "a", "size": 1}],
    "pair": [1, 2],
    "colour": "red",
    "tall": True,
    "best": None,
    "notes": {},
}


@pytest.mark.parametrize(
    ("change", "path", "message"),
    [
        ({"tall": 1}, "tall", "Expected bool, found 1"),
        ({"pair": [True, 2]}, "pair[0]", "Expected int, found True"),
        ({"pair": [1.0, 2]}, "pair[0]", "Expected int"),
        ({"pair": [1, True]}, "pair[1]", "Expected float"),
        ({"pair": [1, 10**400]}, "pair[1]", "Expected float"),
        ({"pair": [1, 2, 3]}, "pair", "Expected 2 items, found 3"),
        ({"colour": "green"}, "colour", "'red'"),
        ({"colour": []}, "colour", "found list"),
        ({"leaves": {}}, "leaves", "Expected list, found object"),
        ({"leaves": [{"name": "a"}]}, "leaves[0].size", "missing"),
        ({"leaves": [{"name": "a", "size": 1, "age": 2}]}, "leaves[0].age", "known"),
        ({"leaves": [{"name": "a", "size": "1"}]}, "leaves[0].size", "Expected float, found '1'"),
        ({"leaves": [{"name": "a", "size": -1}]}, "leaves[0]", "a leaf has a size"),
        ({"best": {"name": 3, "size": 1}}, "best.name", "Expected str"),
        ({"notes": {"k": []}}, "notes.k", "found list"),
        ({"notes": []}, "notes", "Expected object"),
    ],
)
def test_a_wrong_value_is_named_by_its_path(
    change: dict[str, object], path: str, message: str
) -> None:
    assert decode(Tree, VALID).leaves == (Leaf("a", 1.0),)
    with pytest.raises(CodecError) as caught:
        decode(Tree, VALID | change)
    assert caught.value.path == path
    assert message in str(caught.value)
