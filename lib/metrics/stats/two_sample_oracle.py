"""Writes two_sample_oracle.json: what scipy 1.17.1 says of pairs of samples.

    pip install scipy==1.17.1 && python two_sample_oracle.py && deno fmt two_sample_oracle.json
"""

import json
from pathlib import Path

import numpy as np
from scipy.stats import ks_2samp, mannwhitneyu


def main():
    rng = np.random.default_rng(42)
    normal = lambda n, shift=0.0: np.round(rng.normal(shift, 1, n), 5).tolist()
    whole = lambda n, top: rng.integers(0, top, n).tolist()
    samples = [
        [[1], [2]], [[1], [1]], [[1, 2, 3], [4, 5, 6]], [[3, 3, 3], [3, 3]],
        [normal(8), normal(30, 0.5)], [normal(7), normal(8, 3)], [normal(9), normal(9, 1)], [normal(8), normal(9)],
        [normal(12), normal(18, 4)], [whole(30, 5), whole(25, 6)], [whole(6, 4), whole(7, 4)],
        [normal(100), normal(80, 0.3)], [normal(200), normal(200, 2)], [whole(300, 50), whole(150, 60)],
    ]
    cases = []
    for a, b in samples:
        ks = ks_2samp(a, b)
        u = mannwhitneyu(a, b)
        cases.append({"a": a, "b": b, "ks": [float(ks.statistic), float(ks.pvalue)], "u": [float(u.statistic), float(u.pvalue)]})
    path = Path(__file__).with_suffix(".json")
    path.write_text(json.dumps(cases, separators=(",", ":")) + "\n", encoding="utf-8")


main()
