# SPDX-License-Identifier: GPL-3.0-or-later
"""A board program as one C header, for a sketch of the user's own.

It compiles as C11 and as C++11 without a library, and holds what ``docs/board-program.md`` says:
the network, what it expects of the sensors, the fixed-point scaling, and what its answers mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np

from app.deploy.compiler.arena import Block, plan_arena
from app.deploy.compiler.graph import Graph
from app.deploy.compiler.tflite_reader import read_graph
from app.deploy.program import BoardProgram

BYTES_A_LINE = 16
INTERPRETER_ALIGNMENT = 16


def c_header(program: BoardProgram, tflite: bytes, name: str) -> str:
    """The header's text; every name in it begins with ``name`` made a C identifier.

    It holds the network ``tflite`` itself, and of the ``program`` compiled from it what goes before
    and behind. Raises :class:`ModelError` where the network cannot be read.
    """
    scaling, output = program.input.scaling, program.output
    prefix = c_identifier(name)
    channels = program.input.channels
    values = {
        "prefix": prefix,
        "guard": f"{prefix.upper()}_H",
        "network_bytes": len(tflite),
        "network": _bytes(tflite),
        "arena_bytes": interpreter_arena(read_graph(tflite)),
        "rate_mhz": program.input.rate_mhz,
        "window": program.input.window,
        "channel_count": len(channels),
        "channels": _strings(channel.name for channel in channels),
        "units": _strings(channel.unit for channel in channels),
        "offset": _numbers(scaling.offset),
        "multiplier": _numbers(scaling.multiplier),
        "fraction_bits": _numbers(scaling.fraction_bits),
        "shift": _numbers(scaling.shift),
        "input_zero_point": program.input.zero_point,
        "task": output.task.value,
        "output_scale": f"{output.scale:.9e}f",  # nine digits tell every float32 apart
        "output_zero_point": output.zero_point,
        "label_count": len(output.labels),
        # C has no empty array: an answer that is a number has the one label "".
        "labels": _strings(output.labels or ("",)),
        "label_array": max(len(output.labels), 1),
    }
    return re.sub(r"@(\w+)@", lambda match: str(values[match[1]]), _TEMPLATE)


def interpreter_arena(graph: Graph) -> int:
    """Bytes for the tensors of an interpreter that keeps each in a place of its own while it is
    needed, as TensorFlow Lite for Microcontrollers does."""
    end = len(graph.operators)
    first = dict.fromkeys(graph.inputs, -1)
    last = dict.fromkeys(graph.inputs, -1)
    for time, operator in enumerate(graph.operators):
        for tensor in operator.outputs:
            first.setdefault(tensor, time)
        last |= dict.fromkeys(operator.outputs, time)
        last |= {tensor: time for tensor in operator.inputs if tensor in first}
    last |= {tensor: end for tensor in graph.outputs if tensor in first}
    sizes = {
        place: graph.tensors[place].size * np.dtype(graph.tensors[place].dtype).itemsize
        for place in first
    }
    blocks = [
        Block(-(-sizes[place] // INTERPRETER_ALIGNMENT) * INTERPRETER_ALIGNMENT, start, last[place])
        for place, start in first.items()
    ]
    return plan_arena(blocks).size


def c_identifier(name: str) -> str:
    """``name`` in ASCII letters, digits and underscores, beginning with a letter."""
    plain = re.sub(r"[^A-Za-z0-9]+", "_", name).strip("_").lower()
    return plain if plain and plain[0].isalpha() else f"model_{plain}".rstrip("_")


def _bytes(data: bytes) -> str:
    lines = (data[at : at + BYTES_A_LINE] for at in range(0, len(data), BYTES_A_LINE))
    return "\n".join("    " + " ".join(f"0x{byte:02x}," for byte in line) for line in lines)


def _numbers(values: Iterable[int]) -> str:
    return ", ".join(map(str, values))


def _strings(values: Iterable[str]) -> str:
    return ", ".join(map(_string, values))


def _string(value: str) -> str:
    """A C string literal of the UTF-8 bytes. Octal escapes end after three digits, so that no
    character behind one can join it; the question mark would begin a trigraph."""
    raw = value.encode(errors="replace")
    plain = {byte for byte in range(32, 127) if chr(byte) not in '"\\?'}
    return '"' + "".join(chr(byte) if byte in plain else f"\\{byte:03o}" for byte in raw) + '"'


_TEMPLATE = """\
/* SPDX-License-Identifier: Apache-2.0
 *
 * A network made with Tinywright, with all that a sketch must know to run it.
 *
 * How to use it (int8 in, int8 out; any interpreter of .tflite files, such as TensorFlow Lite
 * for Microcontrollers with an arena of @prefix@_ARENA_BYTES and some more for itself):
 *
 *   1. Measure @prefix@_WINDOW samples of the channels in @prefix@_channels, in the units of
 *      @prefix@_units and in that order, @prefix@_RATE_MHZ / 1000 times a second.
 *   2. Fill the network's input: for sample s and channel c
 *          input[s * @prefix@_CHANNELS + c] = @prefix@_quantise(value, c);
 *   3. Run the network in @prefix@_network.
 *   4. An output q means @prefix@_OUTPUT_SCALE * (q - @prefix@_OUTPUT_ZERO_POINT): with several
 *      outputs the greatest is the class in @prefix@_labels; with one and two labels it is the
 *      probability of the second; with no label it is the number itself.
 *
 * Include it in one source file only: the network is defined here.
 */
#ifndef @guard@
#define @guard@

#include <stdint.h>
#ifndef __cplusplus
#include <stdalign.h>
#endif

#define @prefix@_RATE_MHZ @rate_mhz@u /* thousandths of a hertz */
#define @prefix@_WINDOW @window@u
#define @prefix@_CHANNELS @channel_count@u
#define @prefix@_LABELS @label_count@u
#define @prefix@_ARENA_BYTES @arena_bytes@u
#define @prefix@_INPUT_ZERO_POINT (@input_zero_point@)
#define @prefix@_OUTPUT_SCALE @output_scale@
#define @prefix@_OUTPUT_ZERO_POINT (@output_zero_point@)
#define @prefix@_NETWORK_BYTES @network_bytes@u

static const char *const @prefix@_channels[@channel_count@] = {@channels@};
static const char *const @prefix@_units[@channel_count@] = {@units@};
static const char *const @prefix@_labels[@label_array@] = {@labels@}; /* @task@ */

/* Scaling, one entry a channel: q = zero_point + ((value * 2^fraction_bits - offset)
 * * multiplier) / 2^shift, each step rounded half away from zero. */
static const int32_t @prefix@_offset[@channel_count@] = {@offset@};
static const int32_t @prefix@_multiplier[@channel_count@] = {@multiplier@};
static const int8_t @prefix@_fraction_bits[@channel_count@] = {@fraction_bits@};
static const uint8_t @prefix@_shift[@channel_count@] = {@shift@};

/* One value in sensor units as the network's int8 input, bit for bit as the studio does it. */
static inline int8_t @prefix@_quantise(float value, unsigned channel)
{
    const double limit = 1073741823.0; /* 2^30 - 1 */
    const int bits = @prefix@_fraction_bits[channel];
    const unsigned shift = @prefix@_shift[channel];
    double scaled = value != value ? 0.0 : (double)value; /* NaN counts as 0 */
    int64_t d;
    int64_t q;

    scaled = bits < 0 ? scaled / (double)(1LL << -bits) : scaled * (double)(1LL << bits);
    scaled = scaled > limit ? limit : (scaled < -limit ? -limit : scaled);
    d = (int64_t)(scaled < 0 ? scaled - 0.5 : scaled + 0.5) - @prefix@_offset[channel];
    d *= @prefix@_multiplier[channel];
    q = d < 0 ? -d : d;
    if (shift > 0) {
        q = (q + ((int64_t)1 << (shift - 1))) >> shift;
    }
    q = (d < 0 ? -q : q) + @prefix@_INPUT_ZERO_POINT;
    return (int8_t)(q > 127 ? 127 : (q < -128 ? -128 : q));
}

alignas(16) static const uint8_t @prefix@_network[@network_bytes@] = {
@network@
};

#endif
"""
