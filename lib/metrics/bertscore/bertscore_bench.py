"""The Python side of bertscore_bench.ts: scores all pairs of texts with bert_score when asked, and says how long it took."""

import json
import sys
import time
from pathlib import Path


def main():
    import torch
    from bert_score import BERTScorer

    given = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    torch.set_num_threads(given["threads"])
    scorer = BERTScorer(model_type=given["model"], num_layers=given["layer"], device="cpu")
    scorer._model.float()  # transformers 5 computes in the half precision in which some weights are stored
    scorer.score(["No fever."], ["No cough."])
    print("{}", flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        pairs = given["texts"][asked["kind"]][asked["from"] : asked["to"]]
        references, candidates = [a for a, _ in pairs], [b for _, b in pairs]
        start = time.perf_counter()
        _, _, f1 = scorer.score(candidates, references)
        print(json.dumps({"seconds": time.perf_counter() - start, "total": f1.double().sum().item()}), flush=True)


main()
