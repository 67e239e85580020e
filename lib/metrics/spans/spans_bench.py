"""Seconds that seqeval and nervaluate take: the counterpart of spans_bench.ts, which starts it.

argv: a JSON file {"gold": [tags of a sentence, joined by blanks], "predicted": …, "labels": […]}. For each line on stdin,
`seqeval`, `report`, `strict`, `nervaluate`, one pass over all sentences and {"seconds": …, "values": …}.
"""

import json
import sys
import time
import warnings

from nervaluate import Evaluator
from seqeval.metrics import classification_report
from seqeval.metrics.sequence_labeling import precision_recall_fscore_support
from seqeval.scheme import IOB2

warnings.simplefilter("ignore")
with open(sys.argv[1]) as file:
    data = json.load(file)
gold, predicted = [[tags.split(" ") for tags in data[side]] for side in ("gold", "predicted")]


def report(**options):
    found = classification_report(gold, predicted, output_dict=True, **options)
    return [found["micro avg"]["f1-score"], found["macro avg"]["f1-score"], found["weighted avg"]["f1-score"]]


def evaluator():
    overall = Evaluator(gold, predicted, tags=data["labels"], loader="list").evaluate()["overall"]
    return [overall[name].f1 for name in ("strict", "exact", "partial", "ent_type")]


tasks = {
    "seqeval": lambda: [precision_recall_fscore_support(gold, predicted, average="micro")[2]],
    "report": report,
    "strict": lambda: report(mode="strict", scheme=IOB2),
    "nervaluate": evaluator,
}
print("{}", flush=True)
for line in sys.stdin:
    start = time.perf_counter()
    values = tasks[line.strip()]()
    print(json.dumps({"seconds": time.perf_counter() - start, "values": [float(v) for v in values]}), flush=True)
