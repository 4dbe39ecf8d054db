# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of layers. A new layer is one entry here, one Keras builder line and one operator."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from app.core import layer_shapes
from app.core.errors import ModelError
from app.core.layer_parameters import Choice, Parameter, ParameterType, Values
from app.core.layer_shapes import Effect
from app.core.model_spec import LayerSpec, Shape
from app.core.text import NOTHING, Text, text


class LayerFamily(Enum):
    """Groups for the menu of layers; the value is the title."""

    LEARNING = text("Learning")
    POOLING = text("Pooling")
    SHAPE = text("Shape")
    TRAINING = text("Training helpers")
    ACTIVATION = text("Activation")


@dataclass(frozen=True, slots=True)
class LayerType:
    """A kind of layer.

    ``effect(values, input_shape, outputs)`` raises :class:`ModelError` where it cannot stand.
    """

    kind: str
    title: Text
    help: Text
    family: LayerFamily
    effect: Callable[[Values, Shape, int], Effect]
    parameters: tuple[Parameter, ...] = ()

    def values(self, layer: LayerSpec) -> Values:
        """The parameters of ``layer``, checked, with defaults filled in."""
        return Values(self.parameters, layer.parameters)


_FUNCTIONS = (
    Choice("linear", text("Linear")),
    Choice("relu", text("ReLU")),
    Choice("sigmoid", text("Sigmoid")),
    Choice("tanh", text("Tanh")),
    Choice("softmax", text("Softmax")),
)
_AS_THE_TASK_NEEDS = text("As the task needs")
_ACTIVATION_HELP = text(
    "What is done to each sum. Linear leaves it; ReLU cuts off what is negative and is the usual "
    "choice inside a network; sigmoid squeezes it to 0…1, tanh to −1…1. Softmax turns the last "
    "layer's sums into probabilities that add up to 1. Without a function that bends, stacked "
    "layers are no better than one."
)


def _activation(default: str | None, *, by_task: bool = False) -> Parameter:
    return Parameter(
        "activation",
        ParameterType.CHOICE,
        default,
        text("Activation"),
        _ACTIVATION_HELP,
        choices=(Choice(None, _AS_THE_TASK_NEEDS), *_FUNCTIONS) if by_task else _FUNCTIONS,
        none_title=_AS_THE_TASK_NEEDS if by_task else NOTHING,
    )


def _size(
    name: str,
    default: int | None,
    title: Text,
    help_text: Text,
    *,
    maximum: int = 1024,
    none_title: Text = NOTHING,
) -> Parameter:
    return Parameter(
        name,
        ParameterType.INTEGER,
        default,
        title,
        help_text,
        minimum=1,
        maximum=maximum,
        none_title=none_title,
    )


_BIAS = Parameter(
    "use_bias",
    ParameterType.SWITCH,
    True,
    text("Bias"),
    text(
        "A learned number added to each sum, so that the answer can differ from zero even where "
        "the input is zero. It shifts the point at which a neuron responds."
    ),
)
_PADDING = Parameter(
    "padding",
    ParameterType.CHOICE,
    "same",
    text("Padding"),
    text(
        '"same" adds zeros at the ends, so that the length stays (divided by the stride); "valid" '
        "adds nothing and loses what the kernel cannot reach."
    ),
    choices=(Choice("same", text("same")), Choice("valid", text("valid"))),
)
_POOL_PADDING = Parameter(
    "padding",
    ParameterType.CHOICE,
    "valid",
    text("Padding"),
    text('"valid" drops an incomplete group at the end; "same" keeps it.'),
    choices=_PADDING.choices,
)
_FILTERS = _size(
    "filters",
    16,
    text("Filters"),
    text(
        "How many patterns are learned. Each filter makes one output channel that says how much "
        "its pattern is present at each place."
    ),
)
_KERNEL_HELP = text(
    "How many neighbouring values a filter looks at together. Longer kernels see slower patterns "
    "and cost more."
)
_STRIDE_HELP = text(
    "How far the kernel moves from one place to the next. 2 halves the length, and the work."
)
_DILATION = _size(
    "dilation_rate",
    1,
    text("Dilation"),
    text(
        "Gap between the values a filter looks at: 2 looks at every other one, so that a short "
        "kernel spans a long time at no cost."
    ),
)
_POOL_HELP = text("How many neighbouring values become one.")
_SAME_AS_POOL = text("Same as the group")
_POOL_STRIDE_HELP = text("How far the group moves. Left empty, the groups do not overlap.")

_POOL_1D = (
    _size("pool_size", 2, text("Group"), _POOL_HELP),
    _size("strides", None, text("Stride"), _POOL_STRIDE_HELP, none_title=_SAME_AS_POOL),
    _POOL_PADDING,
)
_POOL_2D = (
    _size("pool_height", 2, text("Group height"), _POOL_HELP),
    _size("pool_width", 2, text("Group width"), _POOL_HELP),
    _size("stride_height", None, text("Stride, rows"), _POOL_STRIDE_HELP, none_title=_SAME_AS_POOL),
    _size(
        "stride_width", None, text("Stride, columns"), _POOL_STRIDE_HELP, none_title=_SAME_AS_POOL
    ),
    _POOL_PADDING,
)

_TABLE = (
    LayerType(
        "dense",
        text("Dense"),
        text(
            "Every neuron looks at every input: it multiplies each by a weight, adds them up with "
            "a bias, and applies the activation. Parameters: inputs × neurons weights, and one "
            "bias for each neuron."
        ),
        LayerFamily.LEARNING,
        layer_shapes.dense,
        (
            _size(
                "units",
                32,
                text("Neurons"),
                text("How many answers the layer gives. The last layer needs one per output."),
                maximum=4096,
                none_title=text("As many as the task has outputs"),
            ),
            _activation("relu", by_task=True),
            _BIAS,
        ),
    ),
    LayerType(
        "conv1d",
        text("Conv1D"),
        text(
            "Slides short patterns along time and reports where each fits. The same weights serve "
            "every moment, so a gesture is found wherever in the window it happens, with few "
            "parameters."
        ),
        LayerFamily.LEARNING,
        layer_shapes.conv1d,
        (
            _FILTERS,
            _size("kernel_size", 5, text("Kernel"), _KERNEL_HELP),
            _size("strides", 1, text("Stride"), _STRIDE_HELP),
            _PADDING,
            _DILATION,
            _activation("relu"),
            _BIAS,
        ),
    ),
    LayerType(
        "separable_conv1d",
        text("Separable Conv1D"),
        text(
            "A Conv1D in two cheaper steps: first a filter along time for each channel alone "
            "(depthwise), then a mix of the channels at each moment (pointwise). Often as good "
            "with a fraction of the work."
        ),
        LayerFamily.LEARNING,
        layer_shapes.separable_conv1d,
        (
            _FILTERS,
            _size("kernel_size", 5, text("Kernel"), _KERNEL_HELP),
            _size("strides", 1, text("Stride"), _STRIDE_HELP),
            _PADDING,
            _DILATION,
            _size(
                "depth_multiplier",
                1,
                text("Depth multiplier"),
                text("How many filters along time each channel gets in the first step."),
                maximum=16,
            ),
            _activation("relu"),
            _BIAS,
        ),
    ),
    LayerType(
        "conv2d",
        text("Conv2D"),
        text(
            "Slides patterns over rows and columns. On sensor data the rows are time and the "
            "columns channels: Reshape to time × channels × 1 first. It suits many alike channels, "
            "such as an array of sensors."
        ),
        LayerFamily.LEARNING,
        layer_shapes.conv2d,
        (
            _FILTERS,
            _size("kernel_height", 3, text("Kernel height"), _KERNEL_HELP),
            _size("kernel_width", 3, text("Kernel width"), _KERNEL_HELP),
            _size("stride_height", 1, text("Stride, rows"), _STRIDE_HELP),
            _size("stride_width", 1, text("Stride, columns"), _STRIDE_HELP),
            _PADDING,
            _DILATION,
            _activation("relu"),
            _BIAS,
        ),
    ),
    LayerType(
        "max_pool1d",
        text("Max pooling"),
        text(
            "Keeps the largest of neighbouring values: shortens the signal and no longer minds "
            "whether a pattern came a little earlier or later. Nothing to learn."
        ),
        LayerFamily.POOLING,
        layer_shapes.pool1d,
        _POOL_1D,
    ),
    LayerType(
        "average_pool1d",
        text("Average pooling"),
        text("Keeps the mean of neighbouring values: shortens the signal and smooths noise."),
        LayerFamily.POOLING,
        layer_shapes.pool1d,
        _POOL_1D,
    ),
    LayerType(
        "max_pool2d",
        text("Max pooling 2D"),
        text("Keeps the largest value of each block of rows and columns. Nothing to learn."),
        LayerFamily.POOLING,
        layer_shapes.pool2d,
        _POOL_2D,
    ),
    LayerType(
        "average_pool2d",
        text("Average pooling 2D"),
        text("Keeps the mean of each block of rows and columns. Nothing to learn."),
        LayerFamily.POOLING,
        layer_shapes.pool2d,
        _POOL_2D,
    ),
    LayerType(
        "global_average_pool",
        text("Global average pooling"),
        text(
            "The mean of each channel over the whole window: one number a filter, whatever the "
            "length. A cheap step from convolutions to the last Dense layer."
        ),
        LayerFamily.POOLING,
        layer_shapes.global_pool,
    ),
    LayerType(
        "global_max_pool",
        text("Global max pooling"),
        text(
            "The largest value of each channel over the whole window: how well each pattern fitted "
            "where it fitted best."
        ),
        LayerFamily.POOLING,
        layer_shapes.global_pool,
    ),
    LayerType(
        "reshape",
        text("Reshape"),
        text("Arranges the same values in another shape, for example as an image for Conv2D."),
        LayerFamily.SHAPE,
        layer_shapes.reshape,
        (
            Parameter(
                "target_shape",
                ParameterType.SHAPE,
                None,
                text("Shape"),
                text(
                    "The sizes, parted by commas: 30, 6, 1. Write -1 for one of them to have it "
                    "worked out. Left empty, the input becomes an image with one channel."
                ),
                none_title=text("As an image with one channel"),
            ),
        ),
    ),
    LayerType(
        "flatten",
        text("Flatten"),
        text(
            "Puts all values in one row, so that a Dense layer sees the whole window. Nothing to "
            "learn, and nothing is lost but the order in time, which Dense learns anew."
        ),
        LayerFamily.SHAPE,
        layer_shapes.flatten,
    ),
    LayerType(
        "dropout",
        text("Dropout"),
        text(
            "While training, sets a random share of the values to zero, so that the network cannot "
            "lean on any single one. Helps against overfitting; does nothing on the board."
        ),
        LayerFamily.TRAINING,
        layer_shapes.unchanged,
        (
            Parameter(
                "rate",
                ParameterType.NUMBER,
                0.25,
                text("Rate"),
                text("The share that is dropped in each step. 0.2 to 0.5 is usual."),
                minimum=0.0,
                maximum=0.95,
            ),
        ),
    ),
    LayerType(
        "batch_norm",
        text("Batch normalisation"),
        text(
            "Brings each channel to mean 0 and deviation 1 over a batch, then rescales it by two "
            "learned numbers: training is faster and steadier. Two more numbers a channel (mean "
            "and variance) are measured, not learned: they count as non-trainable."
        ),
        LayerFamily.TRAINING,
        layer_shapes.batch_norm,
        (
            Parameter(
                "momentum",
                ParameterType.NUMBER,
                0.9,
                text("Momentum"),
                text(
                    "How slowly the measured mean and variance follow the batches. With few "
                    "batches an epoch, 0.9 keeps up where 0.99 lags behind."
                ),
                minimum=0.0,
                maximum=0.999,
            ),
        ),
    ),
    LayerType(
        "activation",
        text("Activation"),
        text("Applies a function to each value. Nothing to learn."),
        LayerFamily.ACTIVATION,
        layer_shapes.unchanged,
        (_activation("relu", by_task=True),),
    ),
)

LAYERS: dict[str, LayerType] = {layer.kind: layer for layer in _TABLE}


def layer_type(layer: LayerSpec) -> LayerType:
    """The table's entry for ``layer``. Raises :class:`ModelError` for a kind it does not have."""
    try:
        return LAYERS[layer.kind]
    except KeyError:
        raise ModelError(
            text(
                'This studio has no layer called "{kind}": remove it, or open the project with '
                "the version that made it.",
                kind=layer.kind,
            )
        ) from None
