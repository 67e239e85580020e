"""Writes safetensors_oracle.json: the bytes that Python's safetensors writes for a few tensors.

pip install safetensors==0.8.0 numpy; python safetensors_oracle.py
"""

import base64
import json
import pathlib

import numpy
import safetensors
from safetensors.numpy import save

TENSORS = {
    "encoder.weight": numpy.array([[0.5, -1.25, 3e-8], [65504.0, 0.1, -0.0]], dtype=numpy.float32),
    "encoder.bias": numpy.array([1.0, 2.0], dtype=numpy.float32),
    "0": numpy.array(7.0, dtype=numpy.float32),
    "half": numpy.array([0.5, -2.0, 1 / 3], dtype=numpy.float16),
    "ids": numpy.array([[1, -2], [3, 2**53 + 1]], dtype=numpy.int64),
    "counts": numpy.array([1, -2, 3], dtype=numpy.int32),
    "flags": numpy.array([True, False, True]),
    "double": numpy.array([0.1, -2.5]),
    "tiny": numpy.array([1, -2], dtype=numpy.int8),
    "octets": numpy.array([1, 255], dtype=numpy.uint8),
    "empty": numpy.zeros((0, 4), dtype=numpy.float32),
    "naïve": numpy.array([1.0], dtype=numpy.float32),
}
HALVES = [0.1, 1 / 3, 65519.0, 2.0**-25, 2.0**-25 * 1.0001, 1.00048828125, 1.00146484375, -1e-9]


def bf16() -> bytes:
    header = b'{"weight":{"dtype":"BF16","shape":[3],"data_offsets":[0,6]}}'
    header += b" " * (-len(header) % 8)
    bits = (numpy.array([1.0, -0.15625, 3.0], dtype=numpy.float32).view(numpy.uint32) >> 16).astype(numpy.uint16)
    return len(header).to_bytes(8, "little") + header + bits.tobytes()


def base64_of(data: bytes) -> str:
    return base64.b64encode(data).decode()


fixture = {
    "safetensors": safetensors.__version__,
    "mixed": base64_of(save(TENSORS, metadata={"format": "pt"})),
    "plain": base64_of(save({"a": numpy.arange(3, dtype=numpy.float32)})),
    "bf16": base64_of(bf16()),
    "halves": {
        "float32": [float(x) for x in numpy.array(HALVES, dtype=numpy.float32)],
        "float16": [float(x) for x in numpy.array(HALVES, dtype=numpy.float32).astype(numpy.float16)],
    },
}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(fixture, indent=2) + "\n")
