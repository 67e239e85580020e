"""PyTorch's side of the yardsticks: trains a token classifier batch by batch as it is told, the counterpart of yardstick_sides.ts.

argv: model folder, threads, a file for scores, whether elements drop out. A line of JSON on stdin is a request:
{"do": "step", "ids": [[…]], "labels": [[…]], "rate": 1e-4}; {"do": "label", "ids": [[…]]}; {"do": "save" | "load", "path": …}.
"""

import json
import sys
import time

import torch
from transformers import AutoModelForTokenClassification

folder, threads, scores, dropout = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4] == "dropout"
torch.set_num_threads(threads)
torch.manual_seed(int(sys.argv[5]))
model = AutoModelForTokenClassification.from_pretrained(folder, dtype=torch.float32)
named = list(model.named_parameters())
# As Python's trainer groups them, and with the optimiser that it takes by default.
optimizer = torch.optim.AdamW(
    [
        {"params": [p for _, p in named if p.dim() > 1], "weight_decay": 0.01},
        {"params": [p for _, p in named if p.dim() == 1], "weight_decay": 0.0},
    ],
    lr=0.0,
    fused=True,
)


def tensors(rows, filler):
    longest = max(map(len, rows))
    return torch.tensor([row + [filler] * (longest - len(row)) for row in rows])


def batch(rows):
    return {"input_ids": tensors(rows, model.config.pad_token_id or 0), "attention_mask": tensors([[1] * len(row) for row in rows], 0)}


def step(request):
    start = time.perf_counter()
    for group in optimizer.param_groups:
        group["lr"] = request["rate"]
    loss = model(**batch(request["ids"]), labels=tensors(request["labels"], -100)).loss
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad()
    return {"seconds": time.perf_counter() - start, "loss": loss.item()}


def label(request):
    model.eval()
    with torch.inference_mode():
        logits = model(**batch(request["ids"])).logits
    train_mode()
    logits.contiguous().numpy().astype("<f4").tofile(scores)
    return {"shape": list(logits.shape)}


def save(request):
    state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "chance": torch.get_rng_state()}
    torch.save(state, request["path"])
    return {}


def load(request):
    state = torch.load(request["path"], weights_only=True)
    model.load_state_dict(state["model"])
    optimizer.load_state_dict(state["optimizer"])
    torch.set_rng_state(state["chance"])
    return {}


def train_mode():
    model.train(dropout)


train_mode()
print(json.dumps({"torch": torch.__version__}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    print(json.dumps({"step": step, "label": label, "save": save, "load": load}[request["do"]](request)), flush=True)
