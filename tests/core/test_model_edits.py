# SPDX-License-Identifier: GPL-3.0-or-later
import pytest

from app.core import model_edits
from app.core.model_spec import LayerSpec, ModelSpec

A, B, C = LayerSpec("flatten"), LayerSpec("dense", {"units": 8}), LayerSpec("dropout")
STACK = ModelSpec((A, B, C), preset="mlp")


def test_insert_puts_the_layer_before_the_named_place_and_keeps_where_the_stack_started():
    new = LayerSpec("activation")
    assert model_edits.insert_layer(STACK, 1, new) == ModelSpec((A, new, B, C), "mlp")
    assert model_edits.insert_layer(STACK, 3, new).layers[-1] is new


@pytest.mark.parametrize(
    ("at", "to", "order"),
    [(0, 2, (B, C, A)), (2, 0, (C, A, B)), (0, 1, (B, A, C)), (1, 1, (A, B, C))],
)
def test_move_takes_the_layer_to_its_new_place(at, to, order):
    moved = model_edits.move_layer(STACK, at, to)
    assert all(layer is expected for layer, expected in zip(moved.layers, order, strict=True))


def test_duplicate_makes_an_equal_layer_of_its_own_behind_the_first():
    layers = model_edits.duplicate_layer(STACK, 1).layers
    assert layers == (A, B, B, C)
    assert layers[2] is not B


def test_set_parameter_changes_one_layer_and_leaves_the_others_the_same_objects():
    changed = model_edits.set_parameter(STACK, 1, "use_bias", False)
    assert changed.layers[1] == LayerSpec("dense", {"units": 8, "use_bias": False})
    assert changed.layers[0] is A
    assert changed.layers[2] is C
    assert STACK.layers[1] is B


@pytest.mark.parametrize("at", [-1, 3])
def test_a_place_that_does_not_exist_is_refused(at):
    for change in (
        lambda: model_edits.remove_layer(STACK, at),
        lambda: model_edits.duplicate_layer(STACK, at),
        lambda: model_edits.move_layer(STACK, at, 0),
        lambda: model_edits.move_layer(STACK, 0, at),
        lambda: model_edits.set_parameter(STACK, at, "units", 1),
    ):
        with pytest.raises(IndexError):
            change()
    with pytest.raises(IndexError):
        model_edits.insert_layer(STACK, 4, A)
