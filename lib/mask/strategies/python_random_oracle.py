"""Writes python_random_oracle.json: what Python's random.Random(seed).sample(range(n), k) draws."""

import json
import os
import random

cases = [
    {"seed": seed, "n": n, "k": k, "sample": random.Random(seed).sample(range(n), k)}
    for seed, n, k in [
        (42, 10, 4), (42, 350, 175), (42, 21, 5), (42, 22, 5), (42, 86, 6), (42, 1000, 3), (42, 1, 1), (42, 7, 0),
        (0, 300, 90), (1, 85, 20), (-3, 300, 30), (2**32, 500, 40), (2**40 + 7, 1000, 12), (2**53 - 1, 65536, 9),
    ]
]
path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "python_random_oracle.json")
with open(path, "w") as file:
    json.dump({"cases": cases}, file, separators=(",", ":"))
    file.write("\n")
