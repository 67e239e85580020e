"""Writes encoder_oracle.json: what bert_score 0.3.13 says of texts with the embedded encoder-small.

    pip install torch==2.13.0 transformers==5.23.0 bert_score==0.3.13 pandas
    python encoder_oracle.py && deno fmt encoder_oracle.json

Texts are scored one pair at a time, so that bert_score pads nothing. A pair with an empty side is 0 in bert_score as here;
its call for that case is gone from transformers 5, and is put back in the form that transformers 4 had.
"""

import json
import tempfile
from pathlib import Path

from bert_score import BERTScorer

MODEL = Path(__file__).parents[3] / "data" / "models" / "encoder-small"
LONG = "The patient was seen for chest pain and was given aspirin, and the pain went away after some hours. "

PAIRS = [
    ["The patient denies chest pain.", "The patient has no pain in the chest."],
    ["He takes metoprolol 25 mg twice daily.", "She takes metoprolol 50 mg once a day."],
    ["No fever.", "No fever."],
    ["pain", "fever"],
    ["", "No fever."],
    ["No fever.", "  \n"],
    ["  Chest pain,\r\nresolved.\r\n", "Chest pain, resolved."],
    ["?!", "... ,"],
    ["Feels fine \U0001f600\U0001f44d\U0001f3fd", "Feels fine \U0001f642"],
    ["cafe\u0301 au lait spots", "caf\u00e9-au-lait spots"],
    ["\u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd", "hello"],
    ["He said [SEP] and [MASK] twice.", "He said [CLS] and left."],
    [LONG * 8, LONG.replace("chest", "back") * 7],
    [LONG * 60, LONG.replace("aspirin", "nothing").replace("some", "two") * 55],
]
REFERENCES = [["No chest pain.", "No pain in the chest at all.", "fever"], ["Well."], ["Alert and oriented.", "Awake, alert."]]
CANDIDATES = ["There is no chest pain.", "He was well.", "Patient awake and oriented."]
BASELINE = "LAYER,P,R,F\n0,0.2,0.21,0.22\n1,0.3,0.31,0.32\n2,0.4,0.41,0.42\n3,0.5,0.51,0.52\n4,0.55,0.56,0.57\n"


def rows(scores):
    return [[round(x.item(), 7) for x in row] for row in zip(*scores)]


def scorer(layer, **options):
    made = BERTScorer(model_type=str(MODEL), num_layers=layer, device="cpu", **options)
    made._model.float()  # transformers 5 computes in the half precision in which the weights are stored
    tokenizer = made._tokenizer
    tokenizer.build_inputs_with_special_tokens = lambda ids: [tokenizer.cls_token_id, *ids, tokenizer.sep_token_id]
    return made


def main():
    references, candidates = map(list, zip(*PAIRS))
    plain = {}
    layers = json.loads((MODEL / "config.json").read_text())["num_hidden_layers"]
    for layer in range(layers + 1):
        plain[layer] = rows(scorer(layer).score(candidates, references, batch_size=1))
    with tempfile.NamedTemporaryFile("w", suffix=".tsv") as file:
        file.write(BASELINE)
        file.flush()
        rescaled = rows(
            scorer(layers, lang="en", rescale_with_baseline=True, baseline_path=file.name)
            .score(candidates[:4], references[:4], batch_size=1)
        )
    idf_texts = references[:4] + references[6:9]
    idf_scorer = scorer(2, idf=True, idf_sents=idf_texts, nthreads=0)
    idf = rows(idf_scorer.score(candidates[:4] + candidates[6:9], idf_texts, batch_size=1))
    several = rows(scorer(2).score(CANDIDATES, REFERENCES, batch_size=1))
    fixture = {
        "pairs": PAIRS, "layers": plain,
        "baseline": BASELINE, "rescaled": rescaled, "idf": idf,
        "references": REFERENCES, "candidates": CANDIDATES, "several": several,
    }
    path = Path(__file__).with_suffix(".json")
    path.write_text(json.dumps(fixture, separators=(",", ":")) + "\n", encoding="utf-8")


main()
