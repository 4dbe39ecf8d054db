# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes a :class:`Graph` as a ``.tflite`` with TensorFlow's schema classes, and has it answered by
TensorFlow's reference interpreter: the oracle of the compiler's tests."""

from __future__ import annotations

import functools
import os
import warnings
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.deploy.compiler.graph import Graph, Operator, Quantisation, Tensor

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

OPTIONS = {
    "FULLY_CONNECTED": "FullyConnectedOptions",
    "CONV_2D": "Conv2DOptions",
    "DEPTHWISE_CONV_2D": "DepthwiseConv2DOptions",
    "MAX_POOL_2D": "Pool2DOptions",
    "AVERAGE_POOL_2D": "Pool2DOptions",
    "MEAN": "ReducerOptions",
    "SUM": "ReducerOptions",
    "REDUCE_MAX": "ReducerOptions",
    "SOFTMAX": "SoftmaxOptions",
    "LEAKY_RELU": "LeakyReluOptions",
    "ADD": "AddOptions",
    "MUL": "MulOptions",
    "SUB": "SubOptions",
    "CONCATENATION": "ConcatenationOptions",
    "RESHAPE": "ReshapeOptions",
    "SQUEEZE": "SqueezeOptions",
    "EXPAND_DIMS": "ExpandDimsOptions",
    "PACK": "PackOptions",
    "STRIDED_SLICE": "StridedSliceOptions",
}


@functools.cache
def _schema() -> Any:
    from tensorflow.lite.python import schema_py_generated

    return schema_py_generated


def write_tflite(graph: Graph) -> bytes:
    """The graph as a file. Options of an operator are written where it has any."""
    import flatbuffers

    schema = _schema()
    model = schema.ModelT()
    model.version = 3
    model.buffers = [schema.BufferT()]
    sub = schema.SubGraphT()
    sub.tensors = [_tensor(tensor, model) for tensor in graph.tensors]
    sub.inputs, sub.outputs = list(graph.inputs), list(graph.outputs)
    kinds = sorted({operator.kind for operator in graph.operators})
    model.operatorCodes = [_code(kind) for kind in kinds]
    sub.operators = [_operator(op, kinds.index(op.kind), graph) for op in graph.operators]
    model.subgraphs = [sub]
    builder = flatbuffers.Builder(1024)
    builder.Finish(model.Pack(builder), b"TFL3")
    return bytes(builder.Output())


def reference_answers(tflite: bytes, inputs: NDArray[np.generic]) -> NDArray[np.generic]:
    """What TensorFlow's reference kernels answer to each of ``inputs``, of shape ``(n, …)``, in
    the shape ``(n, …)`` of the only output."""
    import tensorflow as tf

    with warnings.catch_warnings():  # of its move to another package
        warnings.simplefilter("ignore", UserWarning)
        interpreter = tf.lite.Interpreter(
            model_content=tflite,
            num_threads=1,
            experimental_op_resolver_type=tf.lite.experimental.OpResolverType.BUILTIN_REF,
            # Else a tensor that is reshaped twice may be overwritten before it is read again.
            experimental_preserve_all_tensors=True,
        )
    interpreter.allocate_tensors()
    (entry,), (exit_,) = interpreter.get_input_details(), interpreter.get_output_details()
    answers = []
    for values in inputs:
        interpreter.set_tensor(entry["index"], values.reshape(entry["shape"]))
        interpreter.invoke()
        answers.append(interpreter.get_tensor(exit_["index"])[0])
    return np.array(answers)


def int8(name: str, shape: tuple[int, ...], scale: float = 0.1, zero_point: int = 0) -> Tensor:
    """An int8 tensor that is computed or given."""
    return Tensor(name, shape, "int8", Quantisation((float(np.float32(scale)),), (zero_point,)))


def constant(
    name: str,
    data: NDArray[np.generic],
    scales: tuple[float, ...] = (),
    zero_point: int = 0,
    axis: int = 0,
) -> Tensor:
    """A constant; quantised where it has scales."""
    quantisation = (
        Quantisation(tuple(float(np.float32(s)) for s in scales), (zero_point,) * len(scales), axis)
        if scales
        else None
    )
    return Tensor(name, data.shape, str(data.dtype), quantisation, data)


def _tensor(tensor: Tensor, model: Any) -> Any:
    schema = _schema()
    written = schema.TensorT()
    written.name, written.shape = tensor.name, list(tensor.shape)
    written.type = getattr(schema.TensorType, tensor.dtype.upper())
    if tensor.data is None:
        written.buffer = 0
    else:
        buffer = schema.BufferT()
        buffer.data = list(np.ascontiguousarray(tensor.data).tobytes())
        model.buffers.append(buffer)
        written.buffer = len(model.buffers) - 1
    if tensor.quantisation is not None:
        q = schema.QuantizationParametersT()
        q.scale = list(tensor.quantisation.scales)
        q.zeroPoint = list(tensor.quantisation.zero_points)
        q.quantizedDimension = tensor.quantisation.axis
        written.quantization = q
    return written


def _code(kind: str) -> Any:
    schema = _schema()
    code = schema.OperatorCodeT()
    code.builtinCode = getattr(schema.BuiltinOperator, kind)
    code.deprecatedBuiltinCode = min(code.builtinCode, 127)
    code.version = 1
    return code


def _operator(operator: Operator, code: int, graph: Graph) -> Any:
    schema = _schema()
    written = schema.OperatorT()
    written.opcodeIndex = code
    written.inputs, written.outputs = list(operator.inputs), list(operator.outputs)
    name = OPTIONS.get(operator.kind)
    if name is None:
        return written
    given, options = operator.options, getattr(schema, f"{name}T")()
    values = {
        "fusedActivationFunction": getattr(schema.ActivationFunctionType, given.activation.value),
        "padding": getattr(schema.Padding, given.padding.value),
        "strideH": given.stride[0],
        "strideW": given.stride[1],
        "dilationHFactor": given.dilation[0],
        "dilationWFactor": given.dilation[1],
        "filterHeight": given.window[0],
        "filterWidth": given.window[1],
        "axis": given.axis,
        "keepDims": given.keep_dims,
        "beta": given.beta,
        "alpha": given.alpha,
    }
    for key, value in values.items():
        if hasattr(options, key):
            setattr(options, key, value)
    if operator.kind == "DEPTHWISE_CONV_2D":
        source, weights = (graph.tensors[place] for place in operator.inputs[:2])
        options.depthMultiplier = weights.shape[3] // source.shape[3]
    if operator.kind == "PACK":
        options.valuesCount = len(operator.inputs)
    if operator.kind == "RESHAPE":
        options.newShape = list(graph.tensors[operator.outputs[0]].shape)
    if operator.kind == "SQUEEZE":
        wide, narrow = (
            graph.tensors[place].shape for place in (*operator.inputs, *operator.outputs)
        )
        ones = [axis for axis in range(1, len(wide)) if wide[axis] == 1]
        options.squeezeDims = ones[: len(wide) - len(narrow)]
    if operator.kind == "FULLY_CONNECTED":
        options.keepNumDims = len(graph.tensors[operator.outputs[0]].shape) > 2
    written.builtinOptionsType = getattr(schema.BuiltinOptions, name)
    written.builtinOptions = options
    return written
