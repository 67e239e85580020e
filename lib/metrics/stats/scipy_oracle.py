"""Writes scipy_oracle.json: what scipy 1.17.1 and statsmodels 0.15.0 say of small samples.

    pip install scipy==1.17.1 statsmodels==0.15.0 && python scipy_oracle.py && deno fmt scipy_oracle.json
"""

import json
import warnings
from pathlib import Path

import numpy as np
from scipy import special, stats
from scipy.stats._resampling import _bca_interval
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.power import TTestPower
from statsmodels.stats.weightstats import ttost_paired

warnings.simplefilter("ignore")
rng = np.random.default_rng(7)


def distributions():
    xs = [-40.0, -8.0, -2.1, -0.3, -1e-5, 0.0, 1e-3, 0.7, 1.5, 2.2, 6.0, 25.0]
    degrees = [1, 2, 3.5, 7, 30, 119, 1000]
    ps = [1e-9, 1e-4, 0.01, 0.05, 0.3, 0.5, 0.6, 0.975, 0.9999]
    beta = [[x, a, b] for x in [1e-6, 0.01, 0.3, 0.5, 0.77, 0.999] for a, b in [(0.5, 0.5), (1, 3), (5, 0.5), (60, 60), (500, 2.5)]]
    nct = [[x, v, d] for x in [-3.0, -0.5, 0.0, 1.0, 2.0, 5.0, 12.0] for v in [3, 20, 119] for d in [-1.5, 0.0, 0.4, 3.0, 9.0]]
    return {
        "beta": [[x, a, b, special.betainc(a, b, x)] for x, a, b in beta],
        "t": [[x, v, stats.t.cdf(x, v)] for x in xs for v in degrees],
        "tQuantile": [[p, v, stats.t.ppf(p, v)] for p in ps for v in degrees],
        # scipy gives nan far out in the lower tail.
        "noncentral": [[x, v, d, p] for x, v, d in nct if not np.isnan(p := stats.nct.cdf(x, v, d))],
    }


def wilcoxon():
    cases = []
    for n, digits in [(3, 3), (9, 3), (24, 3), (50, 4), (51, 4), (200, 4), (8, 1), (12, 1), (60, 1), (150, 1)]:
        d = np.round(rng.normal(0.05, 0.2, n), digits)
        kept = d[d != 0]
        tied = len(np.unique(np.abs(kept))) < len(kept)
        case = {"differences": d.tolist()}
        for name, correction in [("normal", False), ("corrected", True)]:
            result = stats.wilcoxon(kept, method="asymptotic", correction=correction)
            case[name] = result.pvalue
        case["statistic"] = result.statistic
        if not tied and len(kept) <= 50:
            case["exact"] = stats.wilcoxon(kept, method="exact").pvalue
        elif len(kept) <= 13:
            case["exact"] = stats.wilcoxon(kept, method=stats.PermutationMethod(n_resamples=10**6)).pvalue
        cases.append(case)
    return cases


def correlations():
    cases = []
    for n, digits in [(3, 2), (5, 2), (12, 3), (33, 4), (34, 4), (80, 4), (10, 0), (25, 0), (120, 1)]:
        a = np.round(rng.normal(0, 1, n), digits)
        b = np.round(a * 0.4 + rng.normal(0, 1, n), digits)
        cases.append({"a": a.tolist(), "b": b.tolist()})
    cases.append({"a": [1, 2, 3, 4, 5, 6, 7], "b": [2, 4, 6, 8, 10, 12, 14]})
    cases.append({"a": list(range(40)), "b": list(range(39, -1, -1))})
    cases.append({"a": [1, 1, 2, 2, 3, 3], "b": [1, 1, 2, 2, 3, 3]})
    for case in cases:
        for name, function in [("kendall", stats.kendalltau), ("spearman", stats.spearmanr)]:
            result = function(case["a"], case["b"])
            case[name] = [float(result.statistic), float(result.pvalue)]
    return cases


def intervals():
    """BCa of given replicates, one group and two: scipy's own corrections, and the interval that bootstrap() makes of them."""
    n = 14
    a = np.round(rng.normal(0, 1, n), 3)
    b = np.round(a + rng.normal(0, 1, n), 3)
    c = np.round(rng.exponential(1, 9), 3)

    def correlation(i, axis=-1):
        return np.apply_along_axis(lambda drawn: stats.spearmanr(a[drawn], b[drawn]).statistic, -1, i)

    def delta(x, y, axis=-1):
        return np.sign(x[..., :, None] - y[..., None, :]).mean(axis=(-1, -2))

    indices = np.arange(n)
    one = np.array([correlation(rng.integers(0, n, n)) for _ in range(199)])
    low, high, _ = _bca_interval((indices,), correlation, -1, 0.05, one, None, np)
    two = np.array([delta(rng.choice(a, n), rng.choice(c, 9)) for _ in range(199)])
    low2, high2, _ = _bca_interval((a, c), delta, -1, 0.05, two, None, np)
    ends = lambda replicates, *at: [float(np.quantile(replicates, np.squeeze(p))) for p in at]
    return {
        "a": a.tolist(),
        "b": b.tolist(),
        "c": c.tolist(),
        "spearman": {"replicates": one.tolist(), "bca": ends(one, low, high), "percentile": ends(one, 0.05, 0.95)},
        "delta": {"replicates": two.tolist(), "bca": ends(two, low2, high2)},
    }


def groups():
    cases = []
    for n, m, digits in [(5, 4, 2), (12, 30, 1), (2, 2, 2), (40, 40, 0)]:
        a = np.round(rng.normal(0.3, 1, n), digits)
        b = np.round(rng.normal(0, 1.5, m), digits)
        u = stats.mannwhitneyu(a, b).statistic
        df = n + m - 2
        d = (a.mean() - b.mean()) / np.sqrt(((n - 1) * a.var(ddof=1) + (m - 1) * b.var(ddof=1)) / df)
        j = np.exp(special.gammaln(df / 2) - special.gammaln((df - 1) / 2)) / np.sqrt(df / 2)
        cases.append({"a": a.tolist(), "b": b.tolist(), "cliff": 2 * u / (n * m) - 1, "d": d, "g": d * j})
    return cases


def equivalence():
    cases = []
    for n, shift in [(2, 0.0), (6, 0.01), (30, 0.05), (120, -0.02)]:
        d = np.round(rng.normal(shift, 0.1, n), 4)
        p, (_, above, _), (_, below, _) = ttost_paired(d, np.zeros(n), -0.05, 0.04)
        interval = stats.ttest_1samp(d, 0).confidence_interval(0.9)
        cases.append({"differences": d.tolist(), "p": p, "above": above, "below": below, "interval": list(interval)})
    return cases


def power():
    cases = []
    for n, alpha, target in [(5, 0.05, 0.8), (34, 0.05, 0.8), (120, 0.01, 0.9), (1000, 0.05, 0.5)]:
        effect = TTestPower().solve_power(nobs=n, alpha=alpha, power=target, alternative="two-sided")
        at = [[e, TTestPower().power(e, n, alpha, df=n - 1, alternative="two-sided")] for e in [0.0, 0.1, 0.4, 1.0]]
        cases.append({"n": n, "alpha": alpha, "power": target, "effect": float(np.squeeze(effect)), "at": [[e, p] for e, p in at if not np.isnan(p)]})
    return cases


def binomial():
    cases = []
    for k, n, chance in [(0, 5, 0.5), (5, 5, 0.3), (11, 20, 0.5), (549, 1000, 0.5), (3, 40, 0.2), (700, 900, 0.75)]:
        test = stats.binomtest(k, n, chance)
        interval = test.proportion_ci(0.95, method="exact")
        cases.append([k, n, chance, test.pvalue, interval.low, interval.high])
    return cases


def main():
    counts = [(0, 1), (2, 9), (10, 4), (1, 30), (15, 5), (400, 470), (700, 900)]
    table = lambda b, c: [[10, b], [c, 20]]
    adjust = [[0.01], [0.04, 0.01, 0.03, 0.005], [0.5, 0.9, 0.02, 0.02, 0.4, 0.001, 1.0], [0.0, 1.0, 1.0]]
    fixture = {
        **distributions(),
        "wilcoxon": wilcoxon(),
        "correlations": correlations(),
        "intervals": intervals(),
        "groups": groups(),
        "equivalence": equivalence(),
        "power": power(),
        "binomial": binomial(),
        "mcnemar": [
            [b, c, float(mcnemar(table(b, c), exact=True).pvalue), float(mcnemar(table(b, c), exact=False, correction=True).pvalue)]
            for b, c in counts
        ],
        "benjaminiHochberg": [{"p": p, "adjusted": stats.false_discovery_control(p).tolist()} for p in adjust],
    }
    Path(__file__).with_suffix(".json").write_text(json.dumps(fixture, default=float) + "\n", encoding="utf-8")


main()
