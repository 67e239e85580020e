"""Writes rouge_oracle.json: what Python's rouge_score 0.1.2 (with NLTK's Porter stemmer) says of the texts of
oracle_texts.py.

    pip install rouge_score==0.1.2 nltk==3.10.4 && python rouge_oracle.py && deno fmt rouge_oracle.json
"""

import json
import sys
from pathlib import Path

from rouge_score.rouge_scorer import RougeScorer

sys.path.append(str(Path(__file__).parent.parent))
from oracle_texts import pairs

TYPES = ["rouge1", "rouge2", "rougeL", "rougeLsum"]


def main():
    scorers = {"no": RougeScorer(TYPES, use_stemmer=False), "yes": RougeScorer(TYPES, use_stemmer=True)}
    cases = [
        {
            "references": references,
            "candidate": candidate,
            "stem": {
                stem: {kind: list(score) for kind, score in scorer.score_multi(references, candidate).items()}
                for stem, scorer in scorers.items()
            },
        }
        for references, candidate in pairs()
    ]
    path = Path(__file__).with_suffix(".json")
    path.write_text(json.dumps({"cases": cases}, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


main()
