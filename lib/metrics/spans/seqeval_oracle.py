"""Writes seqeval_oracle.json: what seqeval 1.2.2 and scikit-learn 1.9.1 say of random tags, sound and unsound.

    pip install seqeval==1.2.2 scikit-learn==1.9.1 && python seqeval_oracle.py && deno fmt seqeval_oracle.json
"""

import json
import random
import warnings
from pathlib import Path

from seqeval import scheme as schemes
from seqeval.metrics.sequence_labeling import get_entities, precision_recall_fscore_support
from seqeval.metrics.v1 import precision_recall_fscore_support as strict_scores
from sklearn.metrics import precision_recall_fscore_support as token_scores

warnings.simplefilter("ignore")
LETTERS = {"iob1": "BI", "iob2": "BI", "ioe1": "IE", "ioe2": "IE", "iobes": "BIES", "bilou": "BILU"}
LABELS = ["A", "B-C", "D"]


def sentence(rng, letters, length, labels):
    """Random tags in which a span goes on more often than not, so that many are sound."""
    tags, label = [], labels[0]
    for _ in range(length):
        if rng.random() < 0.35:
            tags.append("O")
            continue
        if rng.random() < 0.3:
            label = rng.choice(labels)
        tags.append(f"{rng.choice(letters)}-{label}")
    return tags


def changed(rng, tags, letters, labels):
    other = sentence(rng, letters, len(tags), labels)
    return [b if rng.random() < 0.25 else a for a, b in zip(tags, other)]


def rows(scorer, true, pred, names, **options):
    """Precision, recall, F1 and gold spans: of each label, micro, macro, weighted."""
    per_label = scorer(true, pred, average=None, **options)
    out = {name: [float(column[i]) for column in per_label] for i, name in enumerate(names)}
    for average in ["micro", "macro", "weighted"]:
        values = scorer(true, pred, average=average, **options)
        # Without a label there is no mean over labels: numpy's is not a number.
        out[f"/{average}"] = [float(value) for value in values] if names else [0.0, 0.0, 0.0, 0.0]
    return out


def tokens(true, pred, with_letter):
    cut = (lambda tag: tag) if with_letter else (lambda tag: tag if tag == "O" else tag[2:])
    flat = [[cut(tag) for tags in side for tag in tags] for side in (true, pred)]
    names = sorted({name for side in flat for name in side} - {"O"})
    out = {}
    for average, keys in [(None, names), ("micro", ["/micro"]), ("macro", ["/macro"]), ("weighted", ["/weighted"])]:
        p, r, f, _ = token_scores(*flat, labels=names, average=average, zero_division=0)
        for i, key in enumerate(keys):
            out[key] = [float(p[i]), float(r[i]), float(f[i])] if average is None else [float(p), float(r), float(f)]
    return out


def case(rng, name, letters, labels):
    true = [sentence(rng, letters, rng.randint(1, 9), labels) for _ in range(rng.randint(2, 5))]
    pred = [changed(rng, tags, letters, labels) for tags in true]
    names = sorted({kind for side in (true, pred) for kind, _, _ in get_entities(side)})
    found = {
        "scheme": name,
        "gold": [" ".join(tags) for tags in true],
        "predicted": [" ".join(tags) for tags in pred],
        "entities": [[f"{kind} {start} {end + 1}" for kind, start, end in get_entities(tags)] for tags in true],
        "lenient": rows(precision_recall_fscore_support, true, pred, names),
        "tokens": tokens(true, pred, False),
        "tokenTags": tokens(true, pred, True),
    }
    if name in LETTERS:
        scheme = getattr(schemes, name.upper())
        entities = schemes.Entities(true, scheme)
        others = schemes.Entities(pred, scheme)
        found["strictEntities"] = [[f"{e.tag} {e.start} {e.end}" for e in one] for one in entities.entities]
        strict_names = sorted(entities.unique_tags | others.unique_tags)
        if strict_names:
            found["strict"] = rows(strict_scores, true, pred, strict_names, scheme=scheme)
    return found


def main():
    rng = random.Random(5)
    cases = []
    for name, letters in LETTERS.items():
        cases += [case(rng, name, letters, LABELS[: 1 + i % 3]) for i in range(12)]
    cases += [case(rng, "mixed", "BIESUL", LABELS[:2]) for _ in range(20)]
    # Tags without a label, and labels with hyphens at their ends, which strict mode drops.
    cases += [case(rng, "iob2", ["B", "I"], ["-A-", "A", "_"]) for _ in range(6)]
    bare = [["B", "I", "O", "B"], ["E", "S", "I", "O", "I"]]
    cases.append({
        "scheme": "bare",
        "gold": [" ".join(tags) for tags in bare],
        "entities": [[f"{kind} {start} {end + 1}" for kind, start, end in get_entities(tags)] for tags in bare],
    })
    Path(__file__).with_suffix(".json").write_text(json.dumps(cases))


main()
