"""Writes nervaluate_oracle.json: what nervaluate 1.2.1 says of random spans and tags.

    pip install nervaluate==1.2.1 && python nervaluate_oracle.py && deno fmt nervaluate_oracle.json

Ends are exclusive here and inclusive there. Of each case of spans:

- `asListed` is what nervaluate says of the spans in the order listed;
- `inOrder` is what it says once gold and predicted spans are sorted and, for each strategy, the predictions that equal a gold
  span go first. It is the order, not nervaluate, that is changed.
"""

import json
import random
from pathlib import Path

from nervaluate import Evaluator

LABELS = ["A", "B", "C"]
KINDS = ["correct", "incorrect", "partial", "missed", "spurious", "possible", "actual", "precision", "recall", "f1"]
STRATEGIES = {"strict": "strict", "exact": "exact", "partial": "partial", "type": "ent_type"}


def spans_of(text):
    """`A 3 9` is a span of label A from 3 up to, not including, 9."""
    return [(label, int(start), int(end)) for label, start, end in (span.split() for span in text)]


def evaluate(gold, predicted, tags):
    as_dicts = lambda letter: [{"label": k, "start": s, "end": e - 1} for k, s, e in letter]
    both = [[as_dicts(letter) for letter in side] for side in (gold, predicted)]
    return Evaluator(*both, tags=tags, loader="dict").evaluate()


def numbers(result):
    return [getattr(result, kind) for kind in KINDS]


def equal_first(gold, predicted, with_label):
    """Predictions sorted, but those that equal a gold span, each of its own, before the others."""
    key = (lambda s: (s[1], s[2], s[0])) if with_label else (lambda s: (s[1], s[2]))
    left = [key(span) for span in gold]
    first, others = [], []
    for span in predicted:
        if key(span) in left:
            left.remove(key(span))
            first.append(span)
        else:
            others.append(span)
    return first + others


def in_order(gold, predicted, tags):
    gold, predicted = [[sorted(letter, key=lambda s: (s[1], s[2], s[0])) for letter in side] for side in (gold, predicted)]
    out = {}
    for name, theirs in STRATEGIES.items():
        with_label = name in ("strict", "type")
        moved = [equal_first(*pair, with_label) for pair in zip(gold, predicted)]
        out[name] = {"": numbers(evaluate(gold, moved, tags)["overall"][theirs])}
        for tag in tags:
            own = [[[s for s in letter if s[0] == tag] for letter in side] for side in (gold, predicted)]
            moved = [equal_first(*pair, with_label) for pair in zip(*own)]
            if any(own[0]) or any(own[1]):
                out[name][tag] = numbers(evaluate(own[0], moved, [tag])["entities"][tag][theirs])
    return out


def as_listed(gold, predicted, tags):
    result = evaluate(gold, predicted, tags)
    return {
        name: {
            "": numbers(result["overall"][theirs]),
            **{tag: numbers(result["entities"][tag][theirs]) for tag in sorted(result["entities"])},
        }
        for name, theirs in STRATEGIES.items()
    }


def random_spans(rng, disjoint, widest):
    spans = []
    at = rng.randint(0, 3)
    for _ in range(rng.randint(0, 6)):
        start = at if disjoint else rng.randint(0, 12)
        end = start + rng.randint(1, widest)
        spans.append((rng.choice(LABELS), start, end))
        at = end + rng.choice([0, 0, 1, 3])
    return spans


def nudged(rng, spans):
    """Predictions near the gold spans: some the same, some moved, relabelled or left out."""
    out = []
    at = 0
    for label, start, end in spans:
        if rng.random() < 0.15:
            continue
        start, end = max(at, start + rng.choice([-2, -1, 0, 0, 0, 1])), end + rng.choice([-1, 0, 0, 0, 1, 3])
        if end <= start:
            continue
        out.append((label if rng.random() < 0.7 else rng.choice(LABELS), start, end))
        at = end
    return out


# What makes nervaluate's counts depend on the order of the spans, or give a gold span to the wrong prediction.
DIVERGENT = [
    ("a prediction that overlaps takes the gold span from one that equals it", ["A 2 8"], ["A 0 4", "A 2 8"]),
    ("a long prediction takes the first of the gold spans, which another equals", ["A 0 2", "B 4 6"],
     ["A 0 9", "A 0 2", "B 4 6"]),
    ("another label at the same place takes the gold span from its own label", ["A 0 4"], ["B 0 4", "A 0 4"]),
    ("predictions listed from right to left: the first takes what the second needs", ["A 0 4", "A 4 8"],
     ["B 3 6", "B 0 3"]),
    ("gold spans listed from right to left: the same", ["A 4 8", "A 0 4"], ["B 3 6", "B 6 8"]),
]


def show(letters):
    return [[f"{label} {start} {end}" for label, start, end in letter] for letter in letters]


def main():
    rng = random.Random(7)
    disjoint, overlapping, tagged = [], [], []
    for i in range(40):
        gold = [random_spans(rng, True, 4 if i % 4 else 250) for _ in range(rng.randint(1, 4))]
        predicted = [nudged(rng, letter) for letter in gold]
        if any(gold) or any(predicted):
            disjoint.append({"gold": show(gold), "predicted": show(predicted), "asListed": as_listed(gold, predicted, LABELS)})
    for _ in range(40):
        gold, predicted = [[random_spans(rng, False, 6) for _ in range(rng.randint(1, 1))] for _ in range(2)]
        overlapping.append({"gold": show(gold), "predicted": show(predicted), "inOrder": in_order(gold, predicted, LABELS)})
    for _ in range(20):
        sides = [
            [[rng.choice(["O", "O", "B-A", "I-A", "B-B", "I-B"]) for _ in range(length)] for length in (3, 7, 5)]
            for _ in range(2)
        ]
        result = Evaluator(*sides, tags=["A", "B"], loader="list").evaluate()
        tagged.append({
            "gold": [" ".join(tags) for tags in sides[0]],
            "predicted": [" ".join(tags) for tags in sides[1]],
            "asListed": {name: {"": numbers(result["overall"][theirs])} for name, theirs in STRATEGIES.items()},
        })
    divergent = []
    for why, gold, predicted in DIVERGENT:
        left, right = [spans_of(gold)], [spans_of(predicted)]
        divergent.append({
            "why": why, "gold": show(left), "predicted": show(right),
            "asListed": as_listed(left, right, LABELS), "inOrder": in_order(left, right, LABELS),
        })
    cases = {"disjoint": disjoint, "overlapping": overlapping, "tagged": tagged, "divergent": divergent}
    Path(__file__).with_suffix(".json").write_text(json.dumps(cases))


main()
