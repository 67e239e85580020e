"""Writes stats_oracle.json: what scipy 1.17.1 and statsmodels 0.15.0 say of small samples.

    pip install scipy==1.17.1 statsmodels==0.15.0 && python stats_oracle.py && deno fmt stats_oracle.json
"""

import json
from pathlib import Path

import numpy as np
from scipy import stats
from scipy.special import ndtr, ndtri
from scipy.stats._resampling import _bca_interval
from statsmodels.stats.multitest import multipletests


def mean(x, axis=-1):
    return np.mean(x, axis=axis)


def bca(values, replicates, level):
    """BCa of given replicates: scipy's own corrections, and the interval that bootstrap() makes of them."""
    low, high, acceleration = _bca_interval((values,), mean, -1, (1 - level) / 2, replicates, None, np)
    share = (np.sum(replicates < np.mean(values)) + np.sum(replicates <= np.mean(values))) / (2 * len(replicates))
    interval = np.quantile(replicates, [np.squeeze(low), np.squeeze(high)])
    return {"bias": float(ndtri(share)), "acceleration": float(np.squeeze(acceleration)), "interval": interval.tolist()}


def main():
    rng = np.random.default_rng(42)
    samples = {
        "symmetric": np.round(rng.normal(0.8, 0.05, 40), 4),
        "skewed": np.round(rng.exponential(0.1, 25), 4),
        "shares": np.round(rng.binomial(4, 0.1, 30) / 4, 4),
        "few": np.round(rng.normal(0.5, 0.2, 5), 4),
    }
    bootstraps = []
    for name, values in samples.items():
        replicates = np.round(values[rng.integers(0, len(values), (199, len(values)))].mean(axis=1), 6)
        many = stats.bootstrap((values,), np.mean, n_resamples=200_000, method="BCa", rng=rng)
        bootstraps.append({
            "name": name,
            "values": values.tolist(),
            "replicates": sorted(replicates.tolist()),
            "given": bca(values, replicates, 0.9),
            "interval": list(many.confidence_interval),
            "standardError": float(many.standard_error),
        })

    tests = []
    for n, shift in [(2, 0.1), (3, 0.0), (6, 0.05), (9, 0.1), (12, 0.03), (12, 0.0)]:
        a = np.round(rng.normal(0.7, 0.1, n), 2)
        b = np.round(a - shift + rng.normal(0, 0.08, n), 2)
        exact = stats.permutation_test((a, b), lambda x, y, axis: np.mean(x - y, axis=axis), permutation_type="samples", n_resamples=np.inf)
        # Rounded, so that differences that tie on paper tie in floating point too.
        d = np.round(a - b, 6)
        ranked = stats.wilcoxon(d, zero_method="wilcox", alternative="greater", correction=False)
        pairs = np.count_nonzero(d)
        tests.append({
            "a": a.tolist(),
            "b": b.tolist(),
            "p": float(exact.pvalue),
            "dz": float(np.mean(a - b) / np.std(a - b, ddof=1)),
            "rankBiserial": float(4 * ranked.statistic / (pairs * (pairs + 1)) - 1),
        })
    a = np.round(rng.normal(0.72, 0.1, 60), 3)
    b = np.round(a - 0.02 + rng.normal(0, 0.08, 60), 3)
    sampled = stats.permutation_test((a, b), lambda x, y, axis: np.mean(x - y, axis=axis), permutation_type="samples", n_resamples=400_000, batch=20_000, rng=rng)

    p = [[0.01], [0.04, 0.01, 0.03, 0.005], [0.5, 0.9, 0.02, 0.02, 0.4, 0.001, 1.0], [1e-4] * 5 + [0.2, 0.0]]
    x = [-30.0, -12.0, -8.5, -5.0, -3.1, -2.6, -2.4, -1.0, -1e-3, 0.0, 0.3, 1.959963984540054, 2.49, 2.51, 4.0, 7.0, 9.0]
    q = [1e-300, 1e-16, 1e-9, 1e-5, 0.001, 0.025, 0.2, 0.45, 0.5, 0.6, 0.975, 0.99999, 1 - 1e-12]
    fixture = {
        "bootstrap": bootstraps,
        "exact": tests,
        "sampled": {"a": a.tolist(), "b": b.tolist(), "p": float(sampled.pvalue)},
        "holm": [{"p": ps, "adjusted": multipletests(ps, method="holm")[1].tolist()} for ps in p],
        "normalCdf": [[v, float(ndtr(v))] for v in x],
        "normalQuantile": [[v, float(ndtri(v))] for v in q],
    }
    Path(__file__).with_suffix(".json").write_text(json.dumps(fixture) + "\n", encoding="utf-8")


main()
