"""What Python's T5ForConditionalGeneration computes and writes with t5-small-clinical, as JSON on stdout.

pip install torch==2.13.0 transformers==5.23.0
python lib/fill/encoder_decoder/infilling_oracle.py > lib/fill/encoder_decoder/infilling_oracle.json
"""

import json
import pathlib

import torch
import transformers
from transformers import AutoTokenizer, T5ForConditionalGeneration

transformers.logging.set_verbosity_error()
TEXTS = [
    "In clinical background, fill in the blank: The patient <extra_id_0> a history <extra_id_1> chest pain and <extra_id_2> fever.",
    "She <extra_id_0> well today, <extra_id_1> was seen <extra_id_2> the clinic <extra_id_3> her hypertension.",
    "Café-au-lait spots <extra_id_0> noted.",
]
LABELS = ["<extra_id_0> has <extra_id_1> of <extra_id_2> no", "<extra_id_0> feels <extra_id_1> and", "<extra_id_0> were"]
SEARCHES = [
    {"num_beams": 5, "no_repeat_ngram_size": 2, "max_new_tokens": 24, "length_penalty": 1.0, "early_stopping": False},
    {"num_beams": 3, "no_repeat_ngram_size": 0, "max_new_tokens": 16, "length_penalty": 2.0, "early_stopping": True},
    {"num_beams": 1, "no_repeat_ngram_size": 2, "max_new_tokens": 24, "length_penalty": 1.0, "early_stopping": False},
]
EVERY = 97  # of the vocabulary, so that the record stays small

folder = pathlib.Path(__file__).parents[3] / "data" / "models" / "t5-small-clinical"
tokenizer = AutoTokenizer.from_pretrained(folder)
model = T5ForConditionalGeneration.from_pretrained(folder, dtype=torch.float32).eval()
texts = []
for text, label in zip(TEXTS, LABELS):
    ids = tokenizer(text, return_tensors="pt").input_ids
    written = torch.tensor([[0] + tokenizer(label, add_special_tokens=False).input_ids])
    with torch.no_grad():
        logits = model(input_ids=ids, decoder_input_ids=written).logits[0]
        found = []
        for options in SEARCHES:
            out = model.generate(
                input_ids=ids, do_sample=False, output_scores=True, return_dict_in_generate=True,
                num_return_sequences=options["num_beams"], **options,
            )
            scores = None if options["num_beams"] == 1 else [round(x, 5) for x in out.sequences_scores.tolist()]
            found.append({"sequences": out.sequences.tolist(), "scores": scores})
    texts.append({
        "text": text, "ids": ids[0].tolist(), "written": written[0].tolist(),
        "largest": logits.abs().max().item(),
        "logits": [[round(x, 5) for x in row[::EVERY].tolist()] for row in logits],
        "best": logits.argmax(-1).tolist(), "found": found,
    })
print(json.dumps({
    "made_with": {"torch": torch.__version__.split("+")[0], "transformers": transformers.__version__},
    "every": EVERY, "searches": SEARCHES, "texts": texts,
}))
