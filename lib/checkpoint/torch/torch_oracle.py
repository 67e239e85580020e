"""Writes torch_oracle.json: files that torch.save writes, what torch.load reads from them, and files with code in them.

pip install torch==2.13.0 numpy; python torch_oracle.py
"""

import argparse
import base64
import collections
import functools
import io
import json
import os
import pathlib
import pickle
import shutil
import struct
import warnings
import zipfile

import torch

torch.manual_seed(42)
SHARED = torch.arange(12.0).reshape(3, 4) / 4
KINDS = {
    "half": torch.tensor([0.5, -2.0, 1 / 3], dtype=torch.float16),
    "bfloat": torch.tensor([1.0, -0.15625, 3.0, 1e30], dtype=torch.bfloat16),
    "double": torch.tensor([0.1, 2.5], dtype=torch.float64),
    "long": torch.tensor([[1, -2], [3, 2**40]]),
    "int": torch.tensor([1, -2, 2**31 - 1], dtype=torch.int32),
    "short": torch.tensor([-300, 300], dtype=torch.int16),
    "char": torch.tensor([-3, 3], dtype=torch.int8),
    "byte": torch.tensor([0, 255], dtype=torch.uint8),
    "bool": torch.tensor([True, False, True]),
    "scalar": torch.tensor(7.0),
    "empty": torch.zeros(0, 4),
    "naïve": torch.tensor([1.0]),
}
VIEWS = {
    "whole": SHARED,
    "tied": SHARED,
    "transposed": SHARED.t(),
    "rows": SHARED[1:],
    "column": SHARED[:, 1],
    "block": SHARED[1:, 2:],
    "permuted": torch.arange(24, dtype=torch.int64).reshape(2, 3, 4).permute(2, 0, 1),
    "half_transposed": torch.arange(6, dtype=torch.float16).reshape(2, 3).t(),
    "position_ids": torch.arange(5).expand((1, -1)),
}


def attributed() -> torch.nn.Parameter:
    parameter = torch.nn.Parameter(torch.tensor([1.5, 2.5]))
    parameter.note = "kept by training code"
    return parameter


def module() -> dict:
    return torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.LayerNorm(2)).state_dict()


def saved(value, **options) -> bytes:
    buffer = io.BytesIO()
    torch.save(value, buffer, **options)
    return buffer.getvalue()


class ViewPickler(pickle.Pickler):
    """Writes a storage as versions before 0.4 wrote a view of another."""

    def persistent_id(self, obj):
        if isinstance(obj, torch.storage.TypedStorage):
            return ("storage", torch.FloatStorage, "root", "cpu", 12, ("view", 4, 8))
        return None


def legacy_with_view() -> bytes:
    buffer = io.BytesIO()
    sys_info = {"protocol_version": 1001, "little_endian": True, "type_sizes": {"short": 2, "int": 4, "long": 4}}
    for value in (torch.serialization.MAGIC_NUMBER, torch.serialization.PROTOCOL_VERSION, sys_info):
        pickle.dump(value, buffer, protocol=2)
    ViewPickler(buffer, protocol=2).dump({"view": torch.zeros(2, 4)})
    pickle.dump(["root"], buffer, protocol=2)
    buffer.write(struct.pack("<q", 12) + SHARED.numpy().tobytes())
    return buffer.getvalue()


def rezipped(data: bytes, compression=zipfile.ZIP_STORED, again=(), **changes) -> bytes:
    """The archive written anew by another program: with zip64 headers, without alignment."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", compression) as new:
        for name in [*old.namelist(), *again]:
            with warnings.catch_warnings(action="ignore"), new.open(name, "w", force_zip64=True) as record:
                record.write(changes.get(name.split("/")[-1], old.read(name)))
    return buffer.getvalue()


def overlapping(data: bytes) -> bytes:
    """The archive with its second record where the first one is."""
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1) + 42
    return data[:second] + struct.pack("<I", 0) + data[second + 4 :]


def torchscript() -> bytes:
    buffer = io.BytesIO()
    torch.jit.save(torch.jit.trace(torch.nn.Linear(1, 1), torch.ones(1)), buffer)
    return buffer.getvalue()


OLD = {"_use_new_zipfile_serialization": False}
FILES = {
    "zip": saved({**KINDS, **VIEWS, "step": 5, "nothing": None}),
    "zip, protocol 4": saved({**KINDS, "size": torch.Size([2])}, pickle_protocol=4),
    "zip, protocol 5": saved(collections.OrderedDict(VIEWS), pickle_protocol=5),
    "zip, parameters": saved({"plain": torch.nn.Parameter(torch.ones(2)), "attributed": attributed()}),
    "zip, module": saved(module()),
    "zip, by another program": rezipped(saved(module())),
    "zip, float8": saved({"fine": torch.ones(1), "small": torch.ones(3).to(torch.float8_e4m3fn)}),
    "legacy": saved({**KINDS, **VIEWS, "step": 5}, **OLD),
    "legacy, protocol 4": saved(VIEWS, pickle_protocol=4, **OLD),
    "legacy, view": legacy_with_view(),
    "not a dict": saved([torch.ones(1)]),
    "nested": saved({"model": {"x": torch.ones(1)}, "epoch": 3}),
}


REFUSED = {
    "record archive/data.pkl is compressed": rezipped(saved(module()), zipfile.ZIP_DEFLATED),
    "record archive/version is there twice": rezipped(saved(module()), again=["archive/version"]),
    'byte order "big"': rezipped(saved(module()), byteorder=b"big"),
    "begins within the one before it": overlapping(saved(module())),
    "a TorchScript program": torchscript(),
    "a zip archive without data.pkl": rezipped(saved(module()), **{"data.pkl": b""}).replace(b"data.pkl", b"data.pkk"),
    "its record has 4": rezipped(saved(module()), **{"0": bytes(4)}),
    "pickle asks for torch._utils._rebuild_sparse_tensor": saved({"x": torch.eye(2).to_sparse()}),
}


class Call:
    def __init__(self, function, *args):
        self.function, self.args = function, args

    def __reduce__(self):
        return self.function, self.args


EVIL = {
    "posix.system": Call(os.system, "touch /tmp/palimpsest-was-run"),
    "builtins.eval": {"weight": torch.ones(1), "x": Call(eval, "1 + 1")},
    "builtins.exec": collections.OrderedDict(a=[({"deep": Call(exec, "pass")},)]),
    "functools.partial": {"x": Call(functools.partial(os.system, "true"))},
    "shutil.rmtree": {"x": Call(shutil.rmtree, "/tmp/palimpsest-was-run")},
    "torch.storage._load_from_bytes": {"x": Call(torch.storage._load_from_bytes, b"")},
    "argparse.Namespace": {"args": argparse.Namespace(lr=1)},
}


def read(data: bytes) -> dict:
    loaded = torch.load(io.BytesIO(data), weights_only=False)
    if not isinstance(loaded, dict):
        return {}
    return {
        name: {
            "dtype": str(tensor.dtype).removeprefix("torch."),
            "shape": list(tensor.shape),
            "values": tensor.detach().to(torch.float64).flatten().tolist(),
        }
        for name, tensor in loaded.items()
        if isinstance(tensor, torch.Tensor)
    }


def base64_of(data: bytes) -> str:
    return base64.b64encode(data).decode()


fixture = {
    "torch": torch.__version__.split("+")[0],
    "files": {name: {"bytes": base64_of(data), "tensors": read(data)} for name, data in FILES.items()},
    "refused": {line: base64_of(data) for line, data in REFUSED.items()},
    "evil": {
        name: [base64_of(saved(value)), base64_of(saved(value, **OLD))] for name, value in EVIL.items()
    },
}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(fixture, indent=2, ensure_ascii=False) + "\n")
print({name: len(data) for name, data in FILES.items()}, path.stat().st_size)
