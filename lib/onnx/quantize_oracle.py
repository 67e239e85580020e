"""Writes quantize_oracle.json: a small graph before and after onnxruntime's quantize_dynamic.

Python 3.11, onnxruntime 1.31.1, onnx 1.23.2, numpy.
"""

import json
import tempfile
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

rng = np.random.default_rng(7)
dense = rng.normal(0, 1, (12, 8)).astype(np.float32)
dense[3] *= 40  # a channel that would spoil the others if they shared its scale
dense[5] = 0
product = rng.normal(0, 0.3, (12, 6)).astype(np.float32)
product[:, 2] = np.arange(12) - 5.5  # halves of the scale: ties
product[0, 2] = 127
bias = rng.normal(0, 1, 12).astype(np.float32)
x = rng.normal(0, 2, (5, 8)).astype(np.float32)

graph = helper.make_graph(
    [
        helper.make_node("Gemm", ["x", "dense", "bias"], ["hidden"], transB=1),
        helper.make_node("MatMul", ["hidden", "product"], ["y"]),
    ],
    "products",
    [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 8])],
    [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["n", 6])],
    [numpy_helper.from_array(a, n) for n, a in [("dense", dense), ("product", product), ("bias", bias)]],
)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)


def run(path):
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    return session.run(None, {"x": x})[0]


with tempfile.TemporaryDirectory() as folder:
    plain, quantized = f"{folder}/plain.onnx", f"{folder}/quantized.onnx"
    onnx.save(model, plain)
    quantize_dynamic(plain, quantized, per_channel=True, weight_type=QuantType.QInt8)
    arrays = {a.name: numpy_helper.to_array(a) for a in onnx.load(quantized).graph.initializer}
    weights = {}
    for name in ["dense", "product"]:
        values = arrays[f"{name}_quantized"]
        assert not arrays[f"{name}_zero_point"].any()
        weights[name] = {
            "shape": values.shape,
            "values": values.flatten().tolist(),
            "scales": arrays[f"{name}_scale"].astype(float).tolist(),
        }
    result = {
        "inputs": {
            name: {"shape": array.shape, "data": array.flatten().astype(float).tolist()}
            for name, array in [("dense", dense), ("product", product), ("bias", bias), ("x", x)]
        },
        "quantized": weights,
        "y": run(quantized).flatten().astype(float).tolist(),
    }

Path(__file__).with_suffix(".json").write_text(json.dumps(result) + "\n")
