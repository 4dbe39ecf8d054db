# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of the operators that can be compiled, and the walk along a graph."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.core.text import text
from app.deploy.compiler import lower_elementwise, lower_moves, lower_pooling, lower_products
from app.deploy.compiler.graph import Activation, Graph, Operator
from app.deploy.compiler.lowering import Lowering
from app.deploy.compiler.targets import Target

OPERATORS: Mapping[str, Callable[[Lowering], None]] = {
    "FULLY_CONNECTED": lower_products.fully_connected,
    "CONV_2D": lower_products.convolution,
    "DEPTHWISE_CONV_2D": lower_products.depthwise_convolution,
    "MAX_POOL_2D": lower_pooling.max_pool,
    "AVERAGE_POOL_2D": lower_pooling.average_pool,
    "MEAN": lower_pooling.mean,
    "REDUCE_MAX": lower_pooling.reduce_max,
    "SOFTMAX": lower_elementwise.softmax,
    "LOGISTIC": lower_elementwise.logistic,
    "TANH": lower_elementwise.hyperbolic_tangent,
    "RELU": lower_elementwise.rectifier(Activation.RELU),
    "RELU6": lower_elementwise.rectifier(Activation.RELU6),
    "RELU_N1_TO_1": lower_elementwise.rectifier(Activation.RELU_N1_TO_1),
    "LEAKY_RELU": lower_elementwise.leaky_relu,
    "ADD": lower_elementwise.add,
    "MUL": lower_elementwise.multiply,
    "CONCATENATION": lower_moves.concatenation,
    "PAD": lower_moves.pad,
    "PADV2": lower_moves.pad,
    "RESHAPE": lower_moves.reshape,
    "EXPAND_DIMS": lower_moves.reshape,
    "SQUEEZE": lower_moves.reshape,
    "QUANTIZE": lower_moves.quantise,
    "DEQUANTIZE": lower_moves.dequantise,
}
"""By the schema's names."""

_INSTEAD = {
    "SUB": text("Use Add with negative weights before it."),
    "UNIDIRECTIONAL_SEQUENCE_LSTM": text("Use Conv1D layers over the window instead."),
    "WHILE": text("Use Conv1D layers over the window instead of recurrent ones."),
    "ELU": text("Use ReLU or LeakyReLU instead."),
    "PRELU": text("Use ReLU or LeakyReLU instead."),
    "GELU": text("Use ReLU or LeakyReLU instead."),
    "HARD_SWISH": text("Use ReLU6 instead."),
    "EXP": text("Use Softmax, Logistic or Tanh instead."),
    "SUM": text("Use global average pooling instead."),
    "TRANSPOSE_CONV": text("Use Conv2D instead."),
    "TRANSPOSE": text("Lay the data out as the network needs it before it enters."),
    "ARG_MAX": text("Leave it out: the board finds the largest answer itself."),
    "SPACE_TO_BATCH_ND": text("Convert the network with a batch of one, or without dilation."),
}
_ANYTHING = text(
    "Use Dense, Conv, DepthwiseConv, pooling, Softmax, ReLU, Logistic, Tanh, Add, Mul, Concatenate."
)

_WHOLE = ("int32", "int64")


def lower(graph: Graph, target: Target) -> Lowering:
    """The graph's steps. Raises :class:`ModelError` that names the layer which cannot run on a
    board, and what to use instead."""
    low = Lowering(graph, target)
    for tensor in graph.inputs:
        if graph.tensors[tensor].dtype == "int8":
            low.allot(tensor)
    for layer, operator in enumerate(graph.operators):
        if _computes_a_shape(graph, operator):
            continue
        low.layer = layer
        lower_operator = OPERATORS.get(operator.kind)
        if lower_operator is None:
            raise low.refused(
                text("The board's engine does not have this operator."),
                _INSTEAD.get(operator.kind, _ANYTHING),
            )
        lower_operator(low)
    return low


def _computes_a_shape(graph: Graph, operator: Operator) -> bool:
    """SHAPE, and what reckons with whole numbers: where the batch was left open, a RESHAPE is given
    its shape so. The shape of its output says as much."""
    whole = [graph.tensors[place].dtype in _WHOLE for place in operator.outputs]
    read = [graph.tensors[place].dtype in _WHOLE for place in operator.inputs if place >= 0]
    return all(whole) and (operator.kind == "SHAPE" or all(read))
