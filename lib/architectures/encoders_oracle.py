"""What PyTorch and transformers compute with small encoders: BERT, RoBERTa, DistilBERT, Longformer.

pip install torch==2.13.0 transformers==5.23.0
python lib/architectures/encoders_oracle.py              writes FAMILY_oracle.json beside this file
python lib/architectures/encoders_oracle.py JSON         prints what is computed with {FAMILY: other keys, …}
"""

import base64
import json
import pathlib
import sys

import numpy
import torch
import transformers

torch.set_num_threads(1)
VOCABULARY, LABELS = 61, 5
CLASSES = {"bert": "Bert", "roberta": "Roberta", "distilbert": "DistilBert", "longformer": "Longformer"}
SIZES = {
    "vocab_size": VOCABULARY, "hidden_size": 24, "num_hidden_layers": 2, "num_attention_heads": 3,
    "intermediate_size": 40, "max_position_embeddings": 20, "pad_token_id": 0,
}
CONFIGS = {
    "bert": SIZES,
    "roberta": {**SIZES, "pad_token_id": 1, "type_vocab_size": 1, "layer_norm_eps": 1e-5},
    "distilbert": {
        "vocab_size": VOCABULARY, "dim": 24, "n_layers": 2, "n_heads": 3, "hidden_dim": 40,
        "max_position_embeddings": 20, "pad_token_id": 0, "sinusoidal_pos_embds": True,
    },
    "longformer": {
        **SIZES, "hidden_size": 18, "pad_token_id": 1, "type_vocab_size": 1, "layer_norm_eps": 1e-5,
        "attention_window": [8, 4],
    },
}
VARIANTS = {
    "bert": [
        {"hidden_act": "gelu_new", "type_vocab_size": 1},
        {"hidden_act": "relu", "tie_word_embeddings": False, "hidden_size": 15, "num_attention_heads": 5},
    ],
    "roberta": [{"hidden_act": "gelu_pytorch_tanh", "tie_word_embeddings": False, "type_vocab_size": 2}],
    "distilbert": [{"activation": "relu", "tie_word_embeddings": False, "sinusoidal_pos_embds": False}],
    "longformer": [{"attention_window": 6, "num_attention_heads": 2, "tie_word_embeddings": False}],
}
NO_DROPOUT = {
    "hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0, "classifier_dropout": 0.0, "dropout": 0.0,
    "attention_dropout": 0.0,
}


def hashed(name, size):
    """Numbers of [-1, 1) that a name decides: FNV-1a of it, then MurmurHash3's finalizer of each place."""
    seed = 0x811C9DC5
    for byte in name.encode():
        seed = (seed ^ byte) * 0x01000193 % 2**32
    h = (numpy.arange(size, dtype=numpy.uint64) * 0x9E3779B9 + seed).astype(numpy.uint32)
    h = (h ^ (h >> 16)) * numpy.uint32(0x85EBCA6B)
    h = (h ^ (h >> 13)) * numpy.uint32(0xC2B2AE35)
    h ^= h >> 16
    return h.astype(numpy.float64) / 2**31 - 1


def weight(name, shape):
    spread = hashed(name, int(numpy.prod(shape))).reshape(shape) * 0.2
    norm = "norm" in name.lower() and name.endswith("weight")
    return torch.tensor(spread + (1 if norm else 0), dtype=torch.float32)


def model_of(family, config, head):
    settings = getattr(transformers, f"{CLASSES[family]}Config")(**config, **NO_DROPOUT, num_labels=LABELS)
    model = getattr(transformers, f"{CLASSES[family]}For{head}")(settings).eval()
    for name, parameter in model.named_parameters():
        parameter.data = weight(name, tuple(parameter.shape))
        parameter.requires_grad = True  # also sinusoidal positions, which Python holds fixed
    model.tie_weights()
    return model


def pack(tensor):
    tensor = tensor.detach().to(torch.float32).contiguous()
    return {"shape": list(tensor.shape), "data": base64.b64encode(tensor.numpy().tobytes()).decode()}


def global_options(places, shape):
    """The mask that says where the places of each row are."""
    if places is None:
        return {}
    mask = torch.zeros(shape, dtype=torch.long)
    for row, row_places in enumerate(places):
        for place in row_places:
            if place >= 0:
                mask[row, place] = 1
    return {"global_attention_mask": mask}


def inputs_of(places, **tensors):
    """The arrays that the graph is given."""
    return {**{name: tensor.tolist() for name, tensor in tensors.items()}, **({"globals": places} if places else {})}


def inference(model, ids, lengths, places=None):
    ids = ids.clone()
    mask = torch.ones_like(ids)
    for row, length in enumerate(lengths):
        mask[row, length:] = 0
        ids[row, length:] = model.config.pad_token_id
    options = global_options(places, ids.shape)
    with torch.no_grad():
        output = model(input_ids=ids, attention_mask=mask, output_hidden_states=True, **options)
    return {
        "inputs": inputs_of(places, ids=ids, mask=mask), "logits": pack(output.logits),
        "hidden": [pack(state) for state in output.hidden_states],
    }


def gradients(model, loss):
    """Of every parameter that the loss depends on."""
    model.zero_grad(set_to_none=True)
    loss.backward()
    return {name: p.grad.clone() for name, p in model.named_parameters() if p.grad is not None}


def masked_batches(family, generator):
    for _ in range(5):
        ids = torch.randint(5, VOCABULARY, (4, 10), generator=generator)
        at = torch.randperm(40, generator=generator)[:8].sort().values
        labels = torch.full_like(ids, -100)
        labels.view(-1)[at] = torch.randint(5, VOCABULARY, (8,), generator=generator)
        places = [[0, -1], [3, 0], [-1, -1], [9, -1]] if family == "longformer" else None
        yield ids, at, labels, places


def loss_of(model, batch):
    ids, _, labels, places = batch
    return model(input_ids=ids, labels=labels, **global_options(places, ids.shape)).loss


def curve_of(model, batches, steps=50, peak=0.01, warm_up=0.1):
    norms = {f"{at}.weight" for at, m in model.named_modules() if isinstance(m, torch.nn.LayerNorm)}
    plain = [p for n, p in model.named_parameters() if n.endswith("bias") or n in norms]
    decayed = [p for n, p in model.named_parameters() if not (n.endswith("bias") or n in norms)]
    groups = [{"params": decayed, "weight_decay": 0.01}, {"params": plain, "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, lr=1)
    rise, curve = round(steps * warm_up), []
    for step in range(steps):
        rate = peak * (step + 1) / rise if step < rise else peak * (steps - step) / (steps - rise)
        for group in optimizer.param_groups:
            group["lr"] = rate
        optimizer.zero_grad()
        loss = loss_of(model, batches[step % len(batches)])
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        curve.append([loss.item(), norm.item()])
    return {"steps": steps, "learning_rate": peak, "warm_up": warm_up, "curve": curve}


def labelled(family, config, generator):
    """Token classification over padded texts; padding and some pieces have no label."""
    model = model_of(family, config, "TokenClassification")
    ids = torch.randint(5, VOCABULARY, (3, 9), generator=generator)
    mask, labels = torch.ones_like(ids), torch.randint(0, LABELS, (3, 9), generator=generator)
    for row, length in enumerate((9, 6, 1)):
        mask[row, length:], ids[row, length:], labels[row, length:] = 0, model.config.pad_token_id, -100
    labels[:, 0], labels[2, 0], labels[0, 4] = -100, 3, -100
    places = [[0], [2], [0]] if family == "longformer" else None
    output = model(input_ids=ids, attention_mask=mask, labels=labels, **global_options(places, ids.shape))
    return {
        "labels": LABELS, "inputs": inputs_of(places, ids=ids, mask=mask), "wanted": labels.view(-1).tolist(),
        "loss": output.loss.item(), "logits": pack(output.logits),
    }, gradients(model, output.loss)


def digest(name, tensor):
    """The norm, and a sum with weights that the name decides: what stands for an array where the array is too large."""
    values = tensor.numpy().astype(numpy.float64).ravel()
    return [float(numpy.linalg.norm(values)), float(values @ hashed(f"digest of {name}", values.size))]


def fixture(family, config, full=True):
    generator = torch.Generator().manual_seed(42)
    model = model_of(family, config, "MaskedLM")
    batches = list(masked_batches(family, generator))
    masked_gradients = gradients(model, loss_of(model, batches[0]))
    shapes = {name: list(gradient.shape) for name, gradient in masked_gradients.items()}  # all but unused ones
    random_ids = lambda *shape: torch.randint(5, VOCABULARY, shape, generator=generator)
    cases = [inference(model, random_ids(2, 12), (12, 7), [[0, 3], [6, -1]] if family == "longformer" else None)]
    if family == "longformer":  # without global places: shorter than a window, and whole windows
        cases += [inference(model, random_ids(2, n), (n, n - 2)) for n in (3, 16)]
    tagging, tagging_gradients = labelled(family, config, generator)
    digests = lambda of: {name: digest(name, tensor) for name, tensor in of.items()}
    result = {
        "family": family, "config": config, "shapes": shapes,
        "inference": cases,
        "batches": [
            {"inputs": inputs_of(where, ids=ids), "places": at.tolist(), "labels": labels.view(-1)[at].tolist()}
            for ids, at, labels, where in batches
        ],
        "loss": loss_of(model, batches[0]).item(), "digests": digests(masked_gradients),
        "tagging": {**tagging, "digests": digests(tagging_gradients)},
    }
    if full:
        result["gradients"] = {name: pack(tensor) for name, tensor in masked_gradients.items()}
        result["training"] = curve_of(model, batches)
    return result


def short(result):
    """Without most of what the family's first configuration shows."""
    first = result["inference"][0]
    return {**result, "inference": [{**first, "hidden": first["hidden"][-1:]}], "batches": result["batches"][:1]}


if len(sys.argv) > 1:
    asked = json.loads(sys.argv[1])
    print(json.dumps([fixture(family, {**CONFIGS[family], **keys}, full=False) for family, keys in asked.items()]))
else:
    for family, config in CONFIGS.items():
        result = {
            "made_with": {"torch": torch.__version__.split("+")[0], "transformers": transformers.__version__},
            **fixture(family, config),
            "variants": [short(fixture(family, {**config, **variant}, full=False)) for variant in VARIANTS[family]],
        }
        path = pathlib.Path(__file__).with_name(f"{family}_oracle.json")
        path.write_text(json.dumps(result) + "\n")
        print(path, path.stat().st_size, "bytes")
