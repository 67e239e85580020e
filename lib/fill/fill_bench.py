"""Seconds that filling takes in transformers: the counterpart of fill_bench.ts, which starts it.

argv: model folder, threads, JSON file of windows [{"ids": […], "masked": […]}, …]. For each line on stdin, a batch size, it
fills all windows once, in batches of windows of like length, and prints {"seconds": …, "pieces": […]}, the likeliest piece of
each mask in the order of the windows.
"""

import json
import sys
import time

import torch
import transformers
from transformers import AutoModelForMaskedLM

transformers.logging.set_verbosity_error()
torch.set_num_threads(int(sys.argv[2]))
model = AutoModelForMaskedLM.from_pretrained(sys.argv[1], dtype=torch.float32).eval()
with open(sys.argv[3]) as file:
    windows = json.load(file)
print(json.dumps({"torch": torch.__version__, "transformers": transformers.__version__}), flush=True)


def fill(size):
    order = sorted(range(len(windows)), key=lambda i: -len(windows[i]["ids"]))
    pieces = [None] * len(windows)
    for start in range(0, len(order), size):
        batch = order[start : start + size]
        longest = len(windows[batch[0]]["ids"])
        ids = torch.zeros((len(batch), longest), dtype=torch.long)
        mask = torch.zeros_like(ids)
        for row, i in enumerate(batch):
            window = torch.tensor(windows[i]["ids"])
            ids[row, : len(window)] = window
            mask[row, : len(window)] = 1
        rows = torch.tensor([row for row, i in enumerate(batch) for _ in windows[i]["masked"]])
        places = torch.tensor([place for i in batch for place in windows[i]["masked"]])
        best = model(input_ids=ids, attention_mask=mask).logits[rows, places].argmax(-1).tolist()
        for i in batch:
            count = len(windows[i]["masked"])
            pieces[i], best = best[:count], best[count:]
    return [piece for window in pieces for piece in window]


for line in sys.stdin:
    start = time.perf_counter()
    with torch.inference_mode():
        found = fill(int(line))
    print(json.dumps({"seconds": time.perf_counter() - start, "pieces": found}), flush=True)
