"""Writes token_classification_oracle.json: what PyTorch computes of a tiny token classifier.

python3 token_classification_oracle.py > token_classification_oracle.json   (torch 2.13, transformers 5.23)
"""
import base64, json, sys
import numpy, torch
from transformers import BertConfig, BertForTokenClassification

torch.manual_seed(42)
torch.set_num_threads(1)
config = dict(vocab_size=40, hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=24,
              max_position_embeddings=32, type_vocab_size=2, layer_norm_eps=1e-12)
model = BertForTokenClassification(BertConfig(**config, num_labels=3, attn_implementation="eager")).eval()
for parameter in model.parameters():
    parameter.data += torch.randn_like(parameter) * 0.1  # biases and norms must not stay 0 and 1

def packed(tensor):
    array = tensor.detach().numpy().astype("<f4")
    return {"shape": list(array.shape), "data": base64.b64encode(array.tobytes()).decode()}

parameters = {name: packed(tensor) for name, tensor in model.named_parameters()}
generator = numpy.random.default_rng(1)
texts = []
for length in (5, 9, 7, 12, 3, 8):
    ids = [2, *generator.integers(5, 40, length).tolist(), 3]
    labels = [-100, *[int(x) for x in generator.choice([-100, 0, 1, 2], length)], -100]
    labels[1] = 1
    texts.append({"ids": ids, "labels": labels})
weights = [0.5, 2.0, 1.25]

# The batches of a training without chance: the texts in their order, two a step.
optimizer = torch.optim.AdamW([
    {"params": [p for p in model.parameters() if p.dim() > 1], "weight_decay": 0.01},
    {"params": [p for p in model.parameters() if p.dim() == 1], "weight_decay": 0.0},
], lr=0)
loss_of = torch.nn.CrossEntropyLoss(weight=torch.tensor(weights), ignore_index=-100)
curve, gradients = [], {}
steps = 50
for step in range(steps):
    batch = [texts[(2 * step) % 6], texts[(2 * step + 1) % 6]]
    length = 16
    ids = torch.tensor([t["ids"] + [0] * (length - len(t["ids"])) for t in batch])
    mask = torch.tensor([[1] * len(t["ids"]) + [0] * (length - len(t["ids"])) for t in batch])
    labels = torch.tensor([t["labels"] + [-100] * (length - len(t["labels"])) for t in batch])
    logits = model(input_ids=ids, attention_mask=mask).logits
    loss = loss_of(logits.view(-1, 3), labels.view(-1))
    optimizer.zero_grad()
    loss.backward()
    if step == 0:
        gradients = {name: packed(p.grad) for name, p in model.named_parameters()}
    norm = torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    for group in optimizer.param_groups:
        rise = round(steps * 0.06)
        share = (step + 1) / rise if step < rise else (steps - step) / (steps - rise)
        group["lr"] = 0.01 * share
    optimizer.step()
    curve.append([loss.item(), norm.item()])
json.dump({"config": config, "parameters": parameters, "texts": texts, "weights": weights,
           "gradients": gradients, "steps": steps, "curve": curve}, sys.stdout, indent=1)
