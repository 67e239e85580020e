"""Seconds that beam search takes in transformers: the counterpart of infilling_bench.ts, which starts it.

argv: model folder, threads. For each line on stdin, {"texts": [[…], …], "batch": …, "beams": …, "noRepeat": …, "maxPieces": …}, it
writes all texts once, in batches in the order given, and prints {"seconds": …, "texts": […]}, without start, end and padding.
"""

import json
import sys
import time

import torch
import transformers
from transformers import T5ForConditionalGeneration

transformers.logging.set_verbosity_error()
torch.set_num_threads(int(sys.argv[2]))
model = T5ForConditionalGeneration.from_pretrained(sys.argv[1], dtype=torch.float32).eval()
print(json.dumps({"torch": torch.__version__, "transformers": transformers.__version__}), flush=True)
for line in sys.stdin:
    asked = json.loads(line)
    written = []
    start = time.perf_counter()
    with torch.inference_mode():
        for at in range(0, len(asked["texts"]), asked["batch"]):
            batch = asked["texts"][at : at + asked["batch"]]
            longest = max(map(len, batch))
            ids = torch.tensor([text + [0] * (longest - len(text)) for text in batch])
            mask = torch.tensor([[1] * len(text) + [0] * (longest - len(text)) for text in batch])
            out = model.generate(
                input_ids=ids, attention_mask=mask, num_beams=asked["beams"], do_sample=False,
                no_repeat_ngram_size=asked["noRepeat"], max_new_tokens=asked["maxPieces"],
            )
            written += [row[1:] for row in out.tolist()]
    seconds = time.perf_counter() - start
    texts = [text[: text.index(1)] if 1 in text else [x for x in text if x != 0] for text in written]
    print(json.dumps({"seconds": seconds, "texts": texts}), flush=True)
