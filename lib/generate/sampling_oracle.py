"""Writes sampling_oracle.json: which pieces transformers leaves to chance, and how likely it makes them.

pip install torch==2.13.0 transformers==5.23.0 && python lib/generate/sampling_oracle.py
"""

import json
import pathlib

import torch
import transformers
from transformers import TemperatureLogitsWarper, TopKLogitsWarper, TopPLogitsWarper

torch.manual_seed(3)
cases = []
for spread in (0.5, 2, 6):
    logits = spread * torch.randn(1, 60)
    for temperature, top_k, top_p in (
        (1, None, 0.95), (1, None, 0.3), (0.7, None, 0.9), (1.5, 20, None), (1, 5, 0.8), (0.9, 50, 0.99), (1, 1, None),
    ):
        warpers = [TemperatureLogitsWarper(float(temperature))]
        warpers += [TopKLogitsWarper(top_k)] if top_k else []
        warpers += [TopPLogitsWarper(top_p)] if top_p else []
        scores = logits
        for warper in warpers:
            scores = warper(None, scores)
        probabilities = scores.softmax(-1)[0]
        kept = probabilities.argsort(descending=True)[: int((probabilities > 0).sum())]
        cases.append({
            "logits": logits[0].tolist(), "temperature": temperature, "topK": top_k, "topP": top_p,
            "kept": kept.tolist(), "probabilities": probabilities[kept].tolist(),
        })
path = pathlib.Path(__file__).with_suffix(".json")
made_with = {"torch": torch.__version__.split("+")[0], "transformers": transformers.__version__}
path.write_text(json.dumps({"made_with": made_with, "cases": cases}) + "\n")
print(path.name, path.stat().st_size, "bytes")
