"""Seconds that greedy decoding takes in transformers: the counterpart of generate_bench.ts, which starts it.

argv: config.json threads. For each line on stdin, a JSON list of prompts of one length and how many pieces to write, it
writes once and prints {"seconds": …}.
"""

import json
import sys
import time

import torch
import transformers
from transformers import GPT2Config, GPT2LMHeadModel

torch.set_num_threads(int(sys.argv[2]))
torch.manual_seed(0)
model = GPT2LMHeadModel(GPT2Config(**json.loads(sys.argv[1]), eos_token_id=None, pad_token_id=0)).eval()
print(json.dumps({"torch": torch.__version__, "transformers": transformers.__version__}), flush=True)
for line in sys.stdin:
    prompts, new = json.loads(line)
    ids = torch.tensor(prompts)
    start = time.perf_counter()
    with torch.inference_mode():
        model.generate(
            ids, attention_mask=torch.ones_like(ids), max_new_tokens=new, do_sample=False, use_cache=True
        )
    print(json.dumps({"seconds": time.perf_counter() - start}), flush=True)
