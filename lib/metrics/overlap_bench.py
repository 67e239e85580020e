"""The Python side of overlap_bench.ts: scores all pairs of texts with one metric when asked, and says how long it took."""

import json
import os
import sys
import time
from pathlib import Path


def rouge(stemmer):
    from rouge_score.rouge_scorer import RougeScorer

    scorer = RougeScorer(["rouge1", "rouge2", "rougeL"], use_stemmer=stemmer)
    return lambda pairs: sum(score.fmeasure for a, b in pairs for score in scorer.score(a, b).values())


def bleu():
    from sacrebleu.metrics import BLEU

    scorer = BLEU(effective_order=True)

    def run(pairs):
        # What earlier rounds have cut is not remembered: no text is scored twice by who uses it.
        for tokenizer in (scorer.tokenizer, scorer.tokenizer._post_tokenizer):
            type(tokenizer).__call__.cache_clear()
        return sum(scorer.sentence_score(b, [a]).score for a, b in pairs)

    return run


def chrf(word_order):
    from sacrebleu.metrics import CHRF

    scorer = CHRF(word_order=word_order)
    return lambda pairs: sum(scorer.sentence_score(b, [a]).score for a, b in pairs)


def meteor():
    from nltk.corpus import wordnet
    from nltk.translate.meteor_score import meteor_score

    if "WNDB" in os.environ:
        sys.path.append(str(Path(__file__).parent / "meteor"))
        from wordnet_corpus import open_wordnet

        wordnet = open_wordnet(os.environ["WNDB"])
    wordnet.synsets("pain")  # loads it
    return lambda pairs: sum(meteor_score([a.split()], b.split(), wordnet=wordnet) for a, b in pairs)


MAKE = {
    "rouge": lambda: rouge(False),
    "rouge-stem": lambda: rouge(True),
    "bleu": bleu,
    "chrf": lambda: chrf(0),
    "chrf++": lambda: chrf(2),
    "meteor": meteor,
}


def main():
    texts = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    scorers = {}
    print("{}", flush=True)
    for line in sys.stdin:
        task, kind = json.loads(line)
        try:
            scorer = scorers.setdefault(task, None) or MAKE[task]()
        except LookupError as error:
            reason = next(line.strip() for line in str(error).splitlines() if "not found" in line)
            print(json.dumps({"missing": reason}), flush=True)
            continue
        scorers[task] = scorer
        start = time.perf_counter()
        total = scorer(texts[kind])
        print(json.dumps({"seconds": time.perf_counter() - start, "total": total}), flush=True)


main()
