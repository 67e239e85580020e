"""Seconds that decoding takes in transformers: the counterpart of generate_bench.ts, which starts it.

argv: config.json threads. For each line on stdin, a JSON list of prompts of one length, how many pieces to write, and whether by chance
(nucleus 0.95), it writes once and prints {"seconds": …}.
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
    prompts, new, by_chance = json.loads(line)
    ids = torch.tensor(prompts)
    how = {"do_sample": True, "top_p": 0.95, "top_k": 0} if by_chance else {"do_sample": False}
    start = time.perf_counter()
    with torch.inference_mode():
        model.generate(
            ids, attention_mask=torch.ones_like(ids), max_new_tokens=new, use_cache=True, **how
        )
    print(json.dumps({"seconds": time.perf_counter() - start}), flush=True)
