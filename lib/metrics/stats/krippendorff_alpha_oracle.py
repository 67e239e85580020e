"""Writes krippendorff_alpha_oracle.json: what the package krippendorff 0.8.1 says of ratings.

    pip install krippendorff==0.8.1 && python krippendorff_alpha_oracle.py && deno fmt krippendorff_alpha_oracle.json
"""

import json
from pathlib import Path

import krippendorff
import numpy as np

rng = np.random.default_rng(7)
# The example of Krippendorff's paper (four observers, twelve units).
PAPER = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]
units = [[[row[i] for row in PAPER] for i in range(12)]]
for raters, number, most, missing in [(2, 10, 2, 0), (3, 25, 5, 0), (3, 40, 5, 0.2), (5, 8, 3, 0.5), (2, 60, 4, 0.1)]:
    truth = rng.integers(1, most + 1, number)
    rows = []
    for value in truth:
        noisy = np.clip(value + rng.integers(-1, 2, raters), 1, most)
        rows.append([None if rng.random() < missing else int(one) for one in noisy])
    units.append(rows)

cases = []
for rows in units:
    data = np.array([[np.nan if value is None else value for value in row] for row in rows], dtype=float).T
    case = {"units": rows}
    for level in ["nominal", "ordinal", "interval"]:
        case[level] = krippendorff.alpha(reliability_data=data, level_of_measurement=level)
    cases.append(case)
Path(__file__).with_suffix(".json").write_text(json.dumps(cases) + "\n")
