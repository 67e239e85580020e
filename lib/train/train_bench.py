"""Seconds a masked-LM training step takes in PyTorch: the counterpart of train_bench.ts, which starts it.

argv: config.json batch length masked threads steps. Prints a JSON line a step: {"seconds": …}, or waits: one step is
taken for each line on stdin, so that both sides can take turns on one machine.
"""

import json
import sys
import time

import torch
from transformers import BertConfig, BertForMaskedLM

config, batch, length, masked, threads = json.loads(sys.argv[1]), *map(int, sys.argv[2:6])
torch.set_num_threads(threads)
torch.manual_seed(0)
model = BertForMaskedLM(BertConfig(**config, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0)).train()
optimizer = torch.optim.AdamW(model.parameters(), lr=1e-4)
ids = torch.randint(5, config["vocab_size"], (batch, length))
places = torch.randperm(batch * length)[:masked].sort().values
labels = ids.view(-1)[places]
print(json.dumps({"torch": torch.__version__, "transformers": __import__("transformers").__version__}), flush=True)
for _ in sys.stdin:
    start = time.perf_counter()
    hidden = model.bert(input_ids=ids)[0].view(batch * length, -1)
    # As here, only the rows that the loss sees go through the vocabulary; Hugging Face's own loss sends all of them.
    loss = torch.nn.functional.cross_entropy(model.cls(hidden[places]), labels)
    optimizer.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    print(json.dumps({"seconds": time.perf_counter() - start}), flush=True)
