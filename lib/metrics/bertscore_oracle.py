"""Writes bertscore_oracle.json: small embeddings, and what bert_score 0.3.13 says of them in double precision.

    pip install torch==2.13.0 bert_score==0.3.13 && python bertscore_oracle.py && deno fmt bertscore_oracle.json
"""

import json
import random
from pathlib import Path

import torch
from bert_score.utils import get_idf_dict, greedy_cos_idf

HIDDEN = 6


class Words:
    """Just enough of a tokenizer for get_idf_dict: texts are ids already."""

    def __init__(self):
        self.model_max_length = 512

    def encode(self, text, **_):
        return [101, *map(int, text.split()), 102]


def side(rng, tokens):
    return {
        "embeddings": [[rng.randint(-9, 9) for _ in range(HIDDEN - 1)] + [rng.randint(1, 9)] for _ in range(tokens)],
        "weights": [0, *(round(rng.choice([1, 1, rng.random() * 3]), 3) for _ in range(tokens - 2)), 0],
    }


def score(reference, candidate):
    def tensors(one):
        embeddings = torch.tensor([one["embeddings"]], dtype=torch.float64)
        return embeddings, torch.ones(1, embeddings.shape[1]), torch.tensor([one["weights"]], dtype=torch.float64)

    return [x.item() for x in greedy_cos_idf(*tensors(reference), *tensors(candidate))]


def main():
    rng = random.Random(42)
    sizes = [(2, 5), (5, 2), (2, 2), (3, 3), (3, 8), (4, 7), (5, 6), (6, 5), (7, 4), (47, 50), (48, 3), (49, 49), (97, 61)]
    cases = [{"reference": side(rng, n), "candidate": side(rng, m)} for n, m in sizes]
    for case in cases:
        case["prf"] = score(case["reference"], case["candidate"])
    texts = ["5 6 7", "5 5 8", "9", "5 9 6 6"]
    idf = get_idf_dict(texts, Words(), nthreads=0)
    fixture = {
        "hidden": HIDDEN,
        "cases": cases,
        "idf": {
            "ids": [Words().encode(text) for text in texts],
            "weights": {str(i): idf[i] for i in [101, 102, 5, 6, 7, 8, 9]},
            "unseen": idf[77],
        },
    }
    path = Path(__file__).with_suffix(".json")
    path.write_text(json.dumps(fixture, separators=(",", ":")) + "\n", encoding="utf-8")


main()
