"""Writes small random models of five families as others export them, and the loss and gradients that PyTorch computes.

fixtures/FAMILY_EXPORTER.onnx.gz and exported_models_oracle.json. Two environments, since optimum wants older transformers:

pip install torch==2.13.0 transformers==5.23.0 onnx onnxscript && python lib/onnx/exported_models_oracle.py
pip install torch==2.13.0 transformers==4.57.6 optimum-onnx onnx && python lib/onnx/exported_models_oracle.py optimum
"""

import base64
import gzip
import json
import pathlib
import sys
import tempfile
import zlib

import numpy
import onnx
import torch
from transformers import (
    BertConfig, BertForMaskedLM, DistilBertConfig, DistilBertForMaskedLM, GPT2Config, GPT2LMHeadModel, RobertaConfig,
    RobertaForMaskedLM, T5Config, T5ForConditionalGeneration,
)

HERE = pathlib.Path(__file__).parent
ORACLE = HERE / "exported_models_oracle.json"
VOCABULARY, HIDDEN = 24, 16
SIZES = dict(
    vocab_size=VOCABULARY, hidden_size=HIDDEN, num_hidden_layers=2, num_attention_heads=2, intermediate_size=20,
    max_position_embeddings=20, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0,
)
OPSET = 14  # of the older exporter: norms and the like come in many small operators
MODELS = {
    "bert": lambda **how: BertForMaskedLM._from_config(BertConfig(**SIZES), **how),
    "distilbert": lambda **how: DistilBertForMaskedLM._from_config(
        DistilBertConfig(
            vocab_size=VOCABULARY, dim=HIDDEN, n_layers=2, n_heads=2, hidden_dim=20, max_position_embeddings=20, dropout=0.0,
            attention_dropout=0.0,
        ), **how
    ),
    "roberta": lambda **how: RobertaForMaskedLM._from_config(RobertaConfig(**SIZES | {"type_vocab_size": 1}), **how),
    "gpt2": lambda **how: GPT2LMHeadModel._from_config(
        GPT2Config(
            vocab_size=VOCABULARY, n_embd=HIDDEN, n_layer=2, n_head=2, n_positions=20, resid_pdrop=0.0, embd_pdrop=0.0,
            attn_pdrop=0.0, bos_token_id=0, eos_token_id=0,
        ), **how
    ),
    "t5": lambda **how: T5ForConditionalGeneration._from_config(
        T5Config(
            vocab_size=VOCABULARY, d_model=HIDDEN, d_kv=8, d_ff=20, num_layers=2, num_heads=2, dropout_rate=0.0,
            relative_attention_num_buckets=8, relative_attention_max_distance=12, decoder_start_token_id=0,
        ), **how
    ),
}


def model_of(family, **how):
    """Parameters decided by their names, the same in all versions of transformers; on a grid, so that they compress."""
    model = MODELS[family](**how).eval()
    for name, parameter in model.named_parameters():
        stream = torch.Generator().manual_seed(zlib.crc32(name.encode()))
        values = torch.randn(parameter.shape, generator=stream) * 0.2
        if name.endswith("weight") and values.dim() == 1:
            values += 1
        parameter.data = (values * 256).round() / 256
    return model


class Logits(torch.nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, input_ids, attention_mask):
        return self.model(input_ids=input_ids, attention_mask=attention_mask, use_cache=False).logits


class EncoderLogits(Logits):
    def forward(self, input_ids, attention_mask):
        return self.model(input_ids=input_ids, attention_mask=attention_mask).logits


class Seq2SeqLogits(Logits):
    def forward(self, input_ids, attention_mask, decoder_input_ids):
        inputs = dict(input_ids=input_ids, attention_mask=attention_mask, decoder_input_ids=decoder_input_ids)
        return self.model(**inputs, use_cache=False).logits


def wrapped(family, model):
    return {"t5": Seq2SeqLogits, "gpt2": Logits}.get(family, EncoderLogits)(model)


def inputs_of(family, rows, length, target):
    stream = torch.Generator().manual_seed(rows)
    ids = torch.randint(2, VOCABULARY, (rows, length), generator=stream)
    mask = torch.ones_like(ids)
    mask[1, length - 2:] = 0  # a row with padding
    ids[1, length - 2:] = 1
    inputs = {"input_ids": ids, "attention_mask": mask}
    if family == "t5":
        inputs["decoder_input_ids"] = torch.randint(2, VOCABULARY, (rows, target), generator=stream)
    return inputs


def pack(tensor):
    return base64.b64encode(tensor.detach().contiguous().numpy().astype("<f4").tobytes()).decode()


def reference(family):
    """The loss over all labels but those of -100, and its gradient by every parameter."""
    model = model_of(family)
    inputs = inputs_of(family, 3, 7, 5)
    logits = wrapped(family, model)(**inputs)
    labels = torch.randint(0, VOCABULARY, logits.shape[:2], generator=torch.Generator().manual_seed(7))
    labels[:, 1] = -100
    if family != "t5":
        labels[inputs["attention_mask"] == 0] = -100  # PyTorch keeps the embedding of padding from learning
    loss = torch.nn.functional.cross_entropy(logits.flatten(0, 1), labels.flatten())
    loss.backward()
    return {
        "inputs": {name: value.tolist() for name, value in inputs.items()},
        "labels": labels.tolist(), "loss": loss.item(), "logits": pack(logits),
        "gradients": {name: pack(parameter.grad) for name, parameter in model.named_parameters()}, "files": {},
    }


def store(family, exporter, path, oracle):
    """Keeps an exported file, without texts that name places on this machine, and which parameters its arrays are, turned
    round or not, where their names do not say it."""
    model = onnx.load(path)
    for item in [model, model.graph, *model.graph.node, *model.graph.value_info, *model.graph.input, *model.graph.output,
                 *model.graph.initializer]:
        item.doc_string = ""
        del item.metadata_props[:]
    parameters = {name: value.detach().numpy() for name, value in model_of(family).named_parameters()}
    arrays = {}
    constants = [(n.output[0], n.attribute[0].t) for n in model.graph.node if n.op_type == "Constant"]
    for name, tensor in [(tensor.name, tensor) for tensor in model.graph.initializer] + constants:
        array = onnx.numpy_helper.to_array(tensor)
        if array.dtype != numpy.float32 or array.size < 2:
            continue
        matches = [[parameter, turned] for parameter, value in parameters.items() for turned in (False, True)
                   if value.ndim == 2 or not turned if numpy.array_equal(value.T if turned else value, array)]
        assert len(matches) == 1, (family, exporter, name, array.shape, matches)
        [[parameter, turned]] = matches
        if turned or name.removeprefix("model.") != parameter:
            arrays[name] = [parameter, turned]
    file = HERE / "fixtures" / f"{family}_{exporter}.onnx.gz"
    file.write_bytes(gzip.compress(model.SerializeToString(), 9, mtime=0))
    oracle[family]["files"][file.name] = arrays
    print(file.name, file.stat().st_size, "bytes,", len(model.graph.node), "nodes")


def export_with_torch(oracle, folder):
    for family in MODELS:
        oracle[family] = reference(family)
        example = inputs_of(family, 2, 8, 6)
        axes = {name: {0: "batch", 1: "target" if name.startswith("decoder") else "sequence"} for name in example}
        common = dict(input_names=list(example), output_names=["logits"])
        path = f"{folder}/{family}.onnx"
        torch.onnx.export(
            wrapped(family, model_of(family)), tuple(example.values()), path, dynamo=False, opset_version=OPSET,
            dynamic_axes=axes, **common,
        )
        store(family, "torchscript", path, oracle)
        # The exporter can't take the strides of T5's other attention.
        model = model_of(family, attn_implementation="eager") if family == "t5" else model_of(family)
        for exporter, opset in [("dynamo", None)] + [("dynamo23", 23)] * (family == "bert"):  # 23 has fused attention
            torch.onnx.export(
                wrapped(family, model), tuple(example.values()), path, dynamo=True, dynamic_shapes=tuple(axes.values()),
                opset_version=opset, external_data=False, verbose=False, **common,
            )
            store(family, exporter, path, oracle)


def export_with_optimum(oracle, folder):
    from optimum.exporters.onnx import onnx_export_from_model

    tasks = {"t5": "text2text-generation", "gpt2": "text-generation"}
    for family in MODELS:
        onnx_export_from_model(model_of(family), folder, task=tasks.get(family, "fill-mask"), do_validation=False)
        for path in sorted(pathlib.Path(folder).glob("*.onnx")):
            part = path.stem.removesuffix("_model")
            store(family, "optimum" + ("" if part == "model" else f"_{part}"), path, oracle)
            path.unlink()


with tempfile.TemporaryDirectory() as folder:
    oracle = {}
    if "optimum" in sys.argv:
        oracle = json.loads(ORACLE.read_text())
        export_with_optimum(oracle, folder)
    else:
        export_with_torch(oracle, folder)
    ORACLE.write_text(json.dumps(oracle, separators=(",", ":")) + "\n")
