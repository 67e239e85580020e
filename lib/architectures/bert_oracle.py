"""Writes bert_oracle.json: what PyTorch and transformers compute with a small random BertForMaskedLM.

pip install torch==2.13.0 transformers==5.23.0 && python lib/architectures/bert_oracle.py
"""

import base64
import json
import pathlib

import torch
from transformers import BertConfig, BertForMaskedLM

torch.manual_seed(42)
torch.set_num_threads(1)
config = BertConfig(
    vocab_size=61, hidden_size=24, num_hidden_layers=2, num_attention_heads=3, intermediate_size=40,
    max_position_embeddings=20, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0,
)
model = BertForMaskedLM(config).eval()
for parameter in model.parameters():  # away from zeros and ones, so that every parameter matters
    parameter.data += 0.1 * torch.randn_like(parameter)


def pack(tensor):
    tensor = tensor.detach().to(torch.float32).contiguous()
    return {"shape": list(tensor.shape), "data": base64.b64encode(tensor.numpy().tobytes()).decode()}


def parameters():
    return {name: pack(parameter) for name, parameter in model.named_parameters()}


before = parameters()

# Logits with padding: the second row has 5 padded places.
ids = torch.randint(5, 61, (2, 12))
mask = torch.ones_like(ids)
mask[1, 7:] = 0
with torch.no_grad():
    output = model(input_ids=ids, attention_mask=mask, output_hidden_states=True)
inference = {
    "ids": ids.tolist(), "mask": mask.tolist(), "logits": pack(output.logits),
    "hidden": [pack(state) for state in output.hidden_states],
}

# Loss and gradients at chosen places, and the curve of 50 steps of AdamW over 5 batches.
batches = []
for _ in range(5):
    ids = torch.randint(5, 61, (4, 10))
    labels = torch.full_like(ids, -100)
    places = torch.randperm(40)[:8].sort().values
    labels.view(-1)[places] = torch.randint(5, 61, (8,))
    batches.append((ids, labels, places))


def loss_of(batch):
    ids, labels, _ = batch
    return model(input_ids=ids, labels=labels).loss


loss = loss_of(batches[0])
loss.backward()
gradients = {name: pack(parameter.grad) for name, parameter in model.named_parameters()}
decayed = [p for n, p in model.named_parameters() if not n.endswith("bias") and "LayerNorm" not in n]
others = [p for n, p in model.named_parameters() if n.endswith("bias") or "LayerNorm" in n]
optimizer = torch.optim.AdamW([{"params": decayed, "weight_decay": 0.01}, {"params": others, "weight_decay": 0.0}], lr=1)
steps, peak, warm_up, curve = 50, 0.01, 0.1, []
for step in range(steps):
    rise = round(steps * warm_up)
    rate = peak * (step + 1) / rise if step < rise else peak * (steps - step) / (steps - rise)
    for group in optimizer.param_groups:
        group["lr"] = rate
    optimizer.zero_grad()
    loss = loss_of(batches[step % 5])
    loss.backward()
    norm = torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    curve.append([loss.item(), norm.item()])

fixture = {
    "made_with": {"torch": torch.__version__.split("+")[0], "transformers": __import__("transformers").__version__},
    "config": {key: getattr(config, key) for key in (
        "vocab_size", "hidden_size", "num_hidden_layers", "num_attention_heads", "intermediate_size",
        "max_position_embeddings", "type_vocab_size", "layer_norm_eps")},
    "parameters": before,
    "inference": inference,
    "batches": [{"ids": i.tolist(), "places": p.tolist(), "labels": l.view(-1)[p].tolist()} for i, l, p in batches],
    "gradients": gradients,
    "training": {"steps": steps, "learning_rate": peak, "warm_up": warm_up, "curve": curve},
}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(fixture, indent=1) + "\n")
print(path, path.stat().st_size, "bytes")
