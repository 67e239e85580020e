"""What Python's BertForMaskedLM computes with the embedded models, as JSON on stdout.

pip install torch==2.13.0 transformers==5.23.0
python lib/checkpoint/embedded_models_oracle.py > lib/checkpoint/embedded_models_oracle.json
"""

import json
import pathlib

import torch
from transformers import AutoTokenizer, BertForMaskedLM

TEXTS = [
    "The patient was admitted with [MASK] pain and shortness of breath.",
    "Café-au-lait spots were [MASK]; BP 132/78, no [MASK] of infection.",
]
EVERY = 97  # of the vocabulary, so that the record stays small

models = {}
root = pathlib.Path(__file__).parents[2] / "data" / "models"
for folder in sorted(path.parent for path in root.glob("*/model.safetensors")):
    if json.loads((folder / "config.json").read_text())["model_type"] != "bert":
        continue  # lib/fill/encoder_decoder/infilling_oracle.py has the others
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = BertForMaskedLM.from_pretrained(folder, dtype=torch.float32).eval()
    batch = tokenizer(TEXTS, return_tensors="pt", padding=True)
    with torch.no_grad():
        logits = model(**batch).logits
    models[folder.name] = {
        "ids": batch["input_ids"].tolist(),
        "mask": batch["attention_mask"].tolist(),
        "largest": logits.abs().max().item(),
        "logits": [[[round(x, 5) for x in row[::EVERY].tolist()] for row in text] for text in logits],
        "best": logits.argmax(-1).tolist(),
    }
print(json.dumps({
    "made_with": {"torch": torch.__version__.split("+")[0], "transformers": __import__("transformers").__version__},
    "texts": TEXTS, "every": EVERY, "models": models,
}))
