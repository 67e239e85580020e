"""Writes bleu_oracle.json: what Python's sacrebleu 2.6.0 says of the texts of oracle_texts.py.

    pip install sacrebleu==2.6.0 && python bleu_oracle.py && deno fmt bleu_oracle.json
"""

import json
import sys
from itertools import product
from pathlib import Path

from sacrebleu.metrics import BLEU

sys.path.append(str(Path(__file__).parent.parent))
from oracle_texts import pairs

TOKENIZERS = ["13a", "intl", "char", "none"]
SMOOTHINGS = [("exp", None), ("floor", None), ("floor", 0.01), ("add-k", None), ("add-k", 2), ("none", None)]


def options():
    for tokenizer, (smoothing, value) in product(TOKENIZERS, SMOOTHINGS):
        for effective in [True, False]:
            yield {"tokenizer": tokenizer, "smoothing": smoothing, "effectiveOrder": effective, "smoothingValue": value}
        if smoothing == "exp":
            yield {"tokenizer": tokenizer, "lowercase": True, "effectiveOrder": True}


def scorer(option):
    return BLEU(
        tokenize=option["tokenizer"],
        smooth_method=option.get("smoothing", "exp"),
        smooth_value=option.get("smoothingValue"),
        lowercase=option.get("lowercase", False),
        effective_order=option["effectiveOrder"],
    )


def corpus(bleu, all_pairs):
    """sacrebleu wants the first references of all candidates, then the second ones, None where there is none."""
    most = max(len(references) for references, _ in all_pairs)
    columns = [[refs[i] if i < len(refs) else None for refs, _ in all_pairs] for i in range(most)]
    score = bleu.corpus_score([candidate for _, candidate in all_pairs], columns)
    return score.score, str(bleu.get_signature())


def main():
    texts = list(pairs())
    runs = []
    for option in options():
        bleu = scorer(option)
        sentences = [bleu.sentence_score(candidate, references).score for references, candidate in texts]
        signature = str(bleu.get_signature())
        whole, of_corpus = corpus(bleu, texts)
        option = {name: value for name, value in option.items() if value is not None}
        runs.append(
            {"options": option, "sentences": sentences, "signature": signature, "corpus": whole, "corpusSignature": of_corpus}
        )
    tokenizers = {name: scorer({"tokenizer": name, "effectiveOrder": True})._preprocess_segment for name in TOKENIZERS}
    fixture = {
        "texts": [{"references": references, "candidate": candidate} for references, candidate in texts],
        "words": {name: [cut(references[0]).split() for references, _ in texts[:26]] for name, cut in tokenizers.items()},
        "runs": runs,
    }
    path = Path(__file__).with_suffix(".json")
    path.write_text(json.dumps(fixture, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


main()
