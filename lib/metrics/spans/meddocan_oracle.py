"""Writes meddocan_oracle.json: what MEDDOCAN's evaluation script says of random spans in made-up text.

    git clone https://github.com/PlanTL-GOB-ES/MEDDOCAN-Evaluation-Script   # commit 1a16d3d
    python meddocan_oracle.py MEDDOCAN-Evaluation-Script && deno fmt meddocan_oracle.json
"""

import json
import os
import random
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, sys.argv[1])
from classes import BratAnnotation, EvaluateSubtrack1, EvaluateSubtrack2, EvaluateSubtrack2merged  # noqa: E402

HERE = Path(__file__).resolve()
PIECES = ["Ana", "Ruiz", "-", ", ", " ", " y ", "(+34)", "612", ".", "\n", "ñ", "²", "٣", "中", "é", "’", "_", "😀", "Ⅳ"]


def random_letter(rng, overlapping):
    pieces = [rng.choice(PIECES) for _ in range(rng.randint(3, 14))]
    text = "".join(pieces) + "x"
    borders = [0]
    for piece in pieces:
        borders.append(borders[-1] + len(piece))

    def spans():
        out, at = [], 0
        while at < len(pieces):
            end = min(at + rng.choice([1, 1, 2, 3]), len(pieces))
            if rng.random() < 0.6:
                out.append((rng.choice(["A", "B"]), borders[at], borders[end]))
            at = end if not overlapping else at + 1
        rng.shuffle(out)
        return out

    gold = spans()
    predicted = [s for s in gold if rng.random() < 0.6] if rng.random() < 0.6 else spans()
    return {"text": text, "gold": gold, "predicted": predicted, "sentences": rng.randint(1, 4)}


def scores(evaluation):
    """Micro precision, recall and F1, and how many are right, wrong and missed."""
    precision, recall = evaluation.micro_precision(), evaluation.micro_recall()
    counts = [sum(map(len, kind)) for kind in (evaluation.tp, evaluation.fp, evaluation.fn)]
    return [precision, recall, evaluation.F_beta(recall, precision), *counts]


def case(rng, overlapping):
    letters = [random_letter(rng, overlapping) for _ in range(rng.randint(1, 3))]
    os.makedirs("annotated_corpora/sentence_splitted", exist_ok=True)
    sides = {}
    for side in ("gold", "predicted"):
        os.makedirs(side, exist_ok=True)
        sides[side] = {}
        for i, letter in enumerate(letters):
            Path(side, f"{i}.txt").write_text(letter["text"], encoding="utf-8")
            rows = [f"T{j}\t{k} {s} {e}\tx\n" for j, (k, s, e) in enumerate(letter[side])]
            Path(side, f"{i}.ann").write_text("".join(rows))
            Path("annotated_corpora/sentence_splitted", f"{i}.ann").write_text("x\n" * letter["sentences"])
            annotation = BratAnnotation(f"{side}/{i}.ann")
            sides[side][annotation.id] = annotation
    ner = EvaluateSubtrack1(sides["predicted"], sides["gold"])
    show = lambda spans: [f"{label} {start} {end}" for label, start, end in spans]
    return {
        "letters": [{**one, "gold": show(one["gold"]), "predicted": show(one["predicted"])} for one in letters],
        "ner": scores(ner),
        "leak": ner.micro_leak(),
        "spans": scores(EvaluateSubtrack2(sides["predicted"], sides["gold"])),
        "merged": scores(EvaluateSubtrack2merged(sides["predicted"], sides["gold"])),
    }


def main():
    rng = random.Random(3)
    os.chdir(tempfile.mkdtemp())
    cases = [case(rng, overlapping=i % 4 == 3) for i in range(80)]
    HERE.with_suffix(".json").write_text(json.dumps(cases, ensure_ascii=False))


main()
