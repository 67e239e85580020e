"""Writes corpora_oracle.json: what references say of pairs of corpora.

    pip install mauve-text==0.4.0 scipy==1.17.1 sacrebleu==2.6.0 mpmath
    python corpora_oracle.py && deno fmt corpora_oracle.json

mauve-text clusters with faiss; its histograms are written down, so that its numbers are compared over the same clustering.
The Fréchet distances are computed with 60 digits, by the eigenvalues of the product of both covariances.
"""

import gzip
import json
from pathlib import Path

import mauve
import mpmath
import numpy as np
from sacrebleu.metrics import BLEU
from scipy.spatial.distance import jensenshannon
from scipy.stats import entropy

TEXTS = [
    "The patient denies chest pain. No fever, no cough.",
    "The patient denies back pain. No fever, no chills.",
    "He was admitted with pneumonia and treated with ceftriaxone 1 g i.v.",
    "He was admitted with pneumonia, and was treated with oxygen.",
    "no",
    "no",
    "No fever. No fever. No fever.",
    "\U0001f600 caf\u00e9",
]


def features(rng, centres, counts, dims):
    points = [centre + rng.normal(0, 0.02, (count, dims)) for centre, count in zip(centres, counts)]
    return np.round(np.vstack(points), 4)


def mauve_case(p, q, keep, **options):
    found = mauve.compute_mauve(p_features=p, q_features=q, verbose=False, **options)
    case = {
        "p": np.round(found.p_hist * len(p)).astype(int).tolist(),
        "q": np.round(found.q_hist * len(q)).astype(int).tolist(),
        "scale": options.get("mauve_scaling_factor", 5),
        "mauve": float(found.mauve), "smoothed": float(found.mauve_star),
        "frontierIntegral": float(found.frontier_integral),
    }
    if keep:
        case["features"] = {"p": p.tolist(), "q": q.tolist()}
    return case


def mauves():
    rng = np.random.default_rng(42)
    blobs = np.eye(6)[:3]
    far = features(rng, blobs, (10, 8, 12), 6), features(rng, blobs, (4, 20, 6), 6)
    cases = [mauve_case(*far, True, num_buckets=3)]
    for p_size, q_size, shift in [(120, 90, 0.2), (60, 200, 1.0), (50, 50, 4.0)]:
        p, q = rng.normal(0, 1, (p_size, 5)), rng.normal(shift, 1.2, (q_size, 5))
        cases.append(mauve_case(p, q, False))
    cases.append(mauve_case(p, q, False, num_buckets=8, mauve_scaling_factor=2))
    return cases


def frechet(a, b):
    mpmath.mp.dps = 60
    def moments(rows):
        n, width = len(rows), len(rows[0])
        mean = [sum(mpmath.mpf(repr(float(row[k]))) for row in rows) / n for k in range(width)]
        centred = [[mpmath.mpf(repr(float(x))) - m for x, m in zip(row, mean)] for row in rows]
        cov = mpmath.matrix(width, width)
        for i in range(width):
            for k in range(width):
                cov[i, k] = sum(row[i] * row[k] for row in centred) / (n - 1)
        return mean, cov
    (m1, c1), (m2, c2) = moments(a), moments(b)
    values = mpmath.eig(c1 * c2, left=False, right=False)
    mixed = sum(mpmath.sqrt(max(mpmath.re(value), 0)) for value in values)
    means = sum((x - y) ** 2 for x, y in zip(m1, m2))
    trace = sum(c1[i, i] + c2[i, i] for i in range(len(m1)))
    return {"a": a.tolist(), "b": b.tolist(), "means": float(means), "covariances": float(trace - 2 * mixed)}


def frechets():
    rng = np.random.default_rng(7)
    draw = lambda n, d, s=1.0: np.round(rng.normal(0, s, (n, d)), 3)
    flat = draw(9, 4)
    flat[:, 3] = flat[:, 0] - flat[:, 1]
    return [
        frechet(draw(12, 4), draw(9, 4, 2.0)),
        frechet(draw(3, 5), draw(4, 5)),
        frechet(flat, draw(11, 4)),
        frechet(draw(6, 1), draw(7, 1)),
        frechet(np.ones((3, 2)), draw(5, 2)),
    ]


def divergences():
    cases = []
    for a, b in [([3, 1, 0, 7], [2, 2, 5, 0]), ([1], [4]), ([5, 0], [0, 5]), ([10, 20, 30], [1, 2, 3]), ([1, 1, 0, 0], [1, 0, 1, 1])]:
        p, q = np.array(a, float), np.array(b, float)
        cases.append({
            "a": a, "b": b,
            "js": float(jensenshannon(p, q, base=2) ** 2),
            "kl": float(entropy(p + 0.5, q + 0.5, base=2)),
        })
    return cases


def self_bleu(texts):
    scorer = BLEU(effective_order=True)
    scores = [scorer.sentence_score(text, texts[:i] + texts[i + 1:]).score for i, text in enumerate(texts)]
    return sum(scores) / len(scores)


def main():
    fixture = {
        "mauve": mauves(),
        "frechet": frechets(),
        "divergences": divergences(),
        "texts": TEXTS,
        "selfBleu": [self_bleu(TEXTS), self_bleu(TEXTS[:4]), self_bleu(TEXTS[2:5])],
        "gzip": len(gzip.compress(("\n".join(TEXTS * 20) + "\n").encode(), 9)),
    }
    path = Path(__file__).with_suffix(".json")
    path.write_text(json.dumps(fixture, separators=(",", ":")) + "\n", encoding="utf-8")


main()
