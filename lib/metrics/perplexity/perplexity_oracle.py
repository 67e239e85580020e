"""Writes perplexity_oracle.json and the model fixtures/tiny-gpt2: losses of texts by transformers 5.23.0.

    pip install torch==2.13.0 transformers==5.23.0 tokenizers
    python perplexity_oracle.py && deno fmt perplexity_oracle.json fixtures
"""

import json
from pathlib import Path

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import AutoModelForMaskedLM, AutoTokenizer, GPT2Config, GPT2LMHeadModel, PreTrainedTokenizerFast

HERE = Path(__file__).parent
ENCODER = HERE.parents[2] / "data" / "models" / "encoder-small"
DECODER = HERE / "fixtures" / "tiny-gpt2"
LONG = "The patient was seen for chest pain and was given aspirin. "
TEXTS = [
    "The patient denies chest pain.",
    "pain",
    "a",
    "",
    "No fever,\r\nno cough.\r\n",
    "Feels fine \U0001f600 caf\u00e9",
    "?!",
    LONG * 3,
]


def write_decoder():
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    tokenizer.train_from_iterator([LONG], trainers.BpeTrainer(vocab_size=290, initial_alphabet=alphabet, special_tokens=["<|endoftext|>"]))
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token="<|endoftext|>", model_max_length=32)
    torch.manual_seed(42)
    config = GPT2Config(vocab_size=tokenizer.get_vocab_size(), n_positions=32, n_embd=16, n_layer=2, n_head=2, initializer_range=0.4)
    model = GPT2LMHeadModel(config)
    model.save_pretrained(DECODER)
    fast.save_pretrained(DECODER)
    (DECODER / "generation_config.json").unlink()


@torch.no_grad()
def causal(window, stride):
    tokenizer = AutoTokenizer.from_pretrained(DECODER)
    model = GPT2LMHeadModel.from_pretrained(DECODER).eval()
    result = []
    for text in TEXTS:
        ids = torch.tensor([tokenizer.encode(text)], dtype=torch.long)
        losses, judged = [], 1
        for start in range(0, ids.shape[1], stride):
            end = min(start + window, ids.shape[1])
            if judged < end:
                logs = model(ids[:, start:end]).logits[0].log_softmax(-1)
                losses += [-logs[i - 1 - start, ids[0, i]].item() for i in range(judged, end)]
                judged = end
            if end == ids.shape[1]:
                break
        result.append(losses)
    return result


@torch.no_grad()
def masked():
    tokenizer = AutoTokenizer.from_pretrained(ENCODER)
    model = AutoModelForMaskedLM.from_pretrained(ENCODER, dtype=torch.float32).eval()
    result = []
    for text in TEXTS:
        ids = tokenizer.encode(text)
        losses = []
        for i in range(1, len(ids) - 1):
            gap = torch.tensor([[*ids[:i], tokenizer.mask_token_id, *ids[i + 1:]]])
            losses.append(-model(gap).logits[0, i].log_softmax(-1)[ids[i]].item())
        result.append(losses)
    return result


def short(losses):
    return [[float(f"{x:.7g}") for x in row] for row in losses]


def main():
    write_decoder()
    fixture = {
        "texts": TEXTS,
        "causal": [{"window": w, "stride": s, "losses": short(causal(w, s))} for w, s in [(32, 16), (32, 31), (8, 3)]],
        "masked": short(masked()),
    }
    path = Path(__file__).with_suffix(".json")
    path.write_text(json.dumps(fixture, separators=(",", ":")) + "\n", encoding="utf-8")


main()
