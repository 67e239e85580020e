"""Seconds that transformers' token-classification pipeline takes: the counterpart of annotate_bench.ts, which starts it.

argv: folder threads batch. For each line on stdin, a JSON list of texts, it annotates once and prints {"seconds": …}.
"""

import json
import sys
import time

import torch
import transformers
from transformers import AutoModelForTokenClassification, AutoTokenizer, pipeline

folder, threads, batch = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
torch.set_num_threads(threads)
tokenizer = AutoTokenizer.from_pretrained(folder)
model = AutoModelForTokenClassification.from_pretrained(folder).eval()
annotate = pipeline(
    "token-classification",
    model=model,
    tokenizer=tokenizer,
    aggregation_strategy="first",
    stride=tokenizer.model_max_length // 4,
    batch_size=batch,
)
print(json.dumps({"torch": torch.__version__, "transformers": transformers.__version__}), flush=True)
for line in sys.stdin:
    texts = json.loads(line)
    start = time.perf_counter()
    with torch.inference_mode():
        annotate(texts)
    print(json.dumps({"seconds": time.perf_counter() - start}), flush=True)
