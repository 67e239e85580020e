"""Writes chrf_oracle.json: what Python's sacrebleu 2.6.0 says of the texts of oracle_texts.py.

    pip install sacrebleu==2.6.0 && python chrf_oracle.py && deno fmt chrf_oracle.json
"""

import json
import sys
from pathlib import Path

from sacrebleu.metrics import CHRF

sys.path.append(str(Path(__file__).parent.parent))
from oracle_texts import pairs

OPTIONS = [
    {},
    {"wordOrder": 2},
    {"wordOrder": 1, "beta": 1},
    {"beta": 3, "whitespace": True},
    {"characterOrder": 2, "wordOrder": 2, "lowercase": True},
    {"characterOrder": 0, "wordOrder": 2},
]
NAMES = {"wordOrder": "word_order", "characterOrder": "char_order"}


def main():
    texts = list(pairs())
    most = max(len(references) for references, _ in texts)
    columns = [[refs[i] if i < len(refs) else None for refs, _ in texts] for i in range(most)]
    runs = []
    for options in OPTIONS:
        chrf = CHRF(**{NAMES.get(name, name): value for name, value in options.items()})
        sentences = [chrf.sentence_score(candidate, references).score for references, candidate in texts]
        signature = str(chrf.get_signature())
        whole = chrf.corpus_score([candidate for _, candidate in texts], columns).score
        runs.append({
            "options": options, "sentences": sentences, "signature": signature,
            "corpus": whole, "corpusSignature": str(chrf.get_signature()),
        })
    fixture = {
        "texts": [{"references": references, "candidate": candidate} for references, candidate in texts],
        "runs": runs,
    }
    path = Path(__file__).with_suffix(".json")
    path.write_text(json.dumps(fixture, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


main()
