"""Writes sum_bootstrap_oracle.json: scipy 1.17.1's BCa intervals of precision, recall and F1 over letters.

    pip install scipy==1.17.1 && python sum_bootstrap_oracle.py && deno fmt sum_bootstrap_oracle.json
"""

import json
from pathlib import Path

import numpy as np
from scipy import stats

RATIOS = {
    "precision": lambda hits, actual, possible, axis=-1: hits.sum(axis) / actual.sum(axis),
    "recall": lambda hits, actual, possible, axis=-1: hits.sum(axis) / possible.sum(axis),
    "f1": lambda hits, actual, possible, axis=-1: 2 * hits.sum(axis) / (actual.sum(axis) + possible.sum(axis)),
}


def main():
    rng = np.random.default_rng(1)
    cases = []
    for letters, rate in [(12, 0.8), (40, 0.95), (40, 0.5)]:
        possible = rng.integers(1, 25, letters)
        hits = rng.binomial(possible, rng.beta(10 * rate, 10 * (1 - rate), letters))
        actual = hits + rng.poisson(1, letters)
        case = {"hits": hits.tolist(), "actual": actual.tolist(), "possible": possible.tolist()}
        for name, ratio in RATIOS.items():
            found = stats.bootstrap(
                (hits, actual, possible), ratio, paired=True, vectorized=True, n_resamples=100_000, method="BCa", rng=rng
            )
            interval = found.confidence_interval
            case[name] = [interval.low, interval.high, found.standard_error]
        cases.append(case)
    Path(__file__).with_suffix(".json").write_text(json.dumps(cases))


main()
