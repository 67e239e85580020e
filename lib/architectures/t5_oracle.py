"""Writes t5_oracle.json and t5_gated_oracle.json: what PyTorch and transformers compute with small random T5 models.

pip install torch==2.13.0 transformers==5.23.0 && python lib/architectures/t5_oracle.py

With JSON objects of sizes, writes to stdout what models of these sizes compute instead, a line each, in one step.
With --generate, and model folders each followed by a JSON list of texts' ids, writes to stdout what the models write
greedily, a line each.
"""

import base64
import json
import pathlib
import sys

import torch
import transformers
from transformers import T5Config, T5ForConditionalGeneration
from transformers.models.t5.modeling_t5 import T5Attention

transformers.logging.set_verbosity_error()
transformers.logging.disable_progress_bar()
torch.set_num_threads(1)
SIZES = {
    "t5_oracle": dict(
        vocab_size=37, d_model=16, d_kv=5, d_ff=24, num_layers=2, num_decoder_layers=1, num_heads=3,
        relative_attention_num_buckets=8, relative_attention_max_distance=16, feed_forward_proj="relu"),
    "t5_gated_oracle": dict(
        vocab_size=37, d_model=16, d_kv=4, d_ff=20, num_layers=1, num_heads=3,
        relative_attention_num_buckets=6, relative_attention_max_distance=13, feed_forward_proj="gated-gelu",
        tie_word_embeddings=False),
}
SEEDS = {"t5_oracle": 41, "t5_gated_oracle": 20}  # some beams end before the last step, some do not
BEAMS = [
    dict(num_beams=5, no_repeat_ngram_size=2, max_new_tokens=24),
    dict(num_beams=5, no_repeat_ngram_size=2, max_new_tokens=24, early_stopping=True),
    dict(num_beams=3, length_penalty=2.5, max_new_tokens=12, early_stopping="never"),
    dict(num_beams=4, length_penalty=-0.5, no_repeat_ngram_size=3, max_new_tokens=30),
]


def build(sizes, seed):
    torch.manual_seed(seed)
    config = T5Config(**sizes, dropout_rate=0.0, decoder_start_token_id=0, attn_implementation="eager")
    model = T5ForConditionalGeneration(config)
    if sizes.get("tie_word_embeddings") is False:  # the library ties all that it makes, and none that it reads untied
        model.lm_head.weight = torch.nn.Parameter(torch.randn(config.vocab_size, config.d_model))
    for name, parameter in model.named_parameters():  # away from zeros and ones, so that every parameter matters
        noise = torch.randn_like(parameter)
        parameter.data += (0.3 if "relative" in name or "SelfAttention" in name or "EncDec" in name else 0.15) * noise
    return model.eval()


def pack(tensor):
    tensor = tensor.detach().to(torch.float32).contiguous()
    return {"shape": list(tensor.shape), "data": base64.b64encode(tensor.numpy().tobytes()).decode()}


def packed(named):
    return {name: pack(tensor) for name, tensor in named}


def texts(vocabulary, rows, length):
    """Ids with padding: every row but the first is some places shorter."""
    ids = torch.randint(2, vocabulary, (rows, length))
    mask = torch.ones_like(ids)
    for row in range(rows):
        mask[row, length - 3 * row:] = 0
    return ids * mask, mask


def computed(model, sizes, steps=50, searches=BEAMS):
    vocabulary = sizes["vocab_size"]
    parameters = packed(model.named_parameters())
    ids, mask = texts(vocabulary, 3, 20)
    outputs = torch.randint(2, vocabulary, (3, 18))
    with torch.no_grad():
        output = model(input_ids=ids, attention_mask=mask, decoder_input_ids=outputs)
    inference = {"ids": ids.tolist(), "mask": mask.tolist(), "outputs": outputs.tolist(),
                 "hidden": pack(output.encoder_last_hidden_state), "logits": pack(output.logits)}

    def generate(**options):
        return model.generate(input_ids=ids, attention_mask=mask, **options)

    def beams(options):
        result = generate(**options, do_sample=False, return_dict_in_generate=True, output_scores=True)
        return {"options": options, "sequences": result.sequences.tolist(), "scores": result.sequences_scores.tolist()}

    generated = {"greedy": generate(max_new_tokens=64, do_sample=False).tolist(),
                 "beams": [beams(options) for options in searches]}

    batches = []
    for _ in range(3):
        ids, mask = texts(vocabulary, 2, 14)
        labels = torch.randint(2, vocabulary, (2, 9))
        labels[1, 6:] = -100
        batches.append((ids, mask, labels))

    def loss_of(batch):
        return model(input_ids=batch[0], attention_mask=batch[1], labels=batch[2]).loss

    loss_of(batches[0]).backward()
    gradients = packed((name, parameter.grad) for name, parameter in model.named_parameters())
    groups = {False: [], True: []}
    for name, parameter in model.named_parameters():  # as the trainer of transformers groups them
        groups[parameter.ndim > 1 and "bias" not in name].append(parameter)
    optimizer = torch.optim.AdamW([{"params": groups[True], "weight_decay": 0.01},
                                   {"params": groups[False], "weight_decay": 0.0}], lr=1)
    peak, warm_up, curve = 0.003, 0.1, []
    for step in range(steps):
        rise = round(steps * warm_up)
        for group in optimizer.param_groups:
            group["lr"] = peak * (step + 1) / rise if step < rise else peak * (steps - step) / (steps - rise)
        optimizer.zero_grad()
        loss = loss_of(batches[step % len(batches)])
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        curve.append([loss.item(), norm.item()])
    return {
        "made_with": {"torch": torch.__version__.split("+")[0], "transformers": transformers.__version__},
        "config": {"model_type": "t5", **sizes}, "parameters": parameters, "inference": inference,
        "generated": generated,
        "batches": [{"ids": i.tolist(), "mask": m.tolist(), "labels": l.tolist()} for i, m, l in batches],
        "gradients": gradients,
        "training": {"steps": steps, "learning_rate": peak, "warm_up": warm_up, "curve": curve},
    }


def buckets(count, farthest, both_ways):
    positions = list(range(-3 * farthest, 3 * farthest + 1))
    found = T5Attention._relative_position_bucket(torch.tensor(positions), both_ways, count, farthest).tolist()
    return {"count": count, "farthest": farthest, "bothWays": both_ways, "first": positions[0], "buckets": found}


if sys.argv[1:2] == ["--generate"]:
    for folder, texts_of in zip(sys.argv[2::2], sys.argv[3::2]):
        model = T5ForConditionalGeneration.from_pretrained(folder).eval()
        rows = [model.generate(torch.tensor([ids]), max_new_tokens=20, do_sample=False)[0] for ids in json.loads(texts_of)]
        print(json.dumps([row.tolist() for row in rows]))
elif len(sys.argv) > 1:
    for sizes in map(json.loads, sys.argv[1:]):
        print(json.dumps(computed(build(sizes, 7), sizes, steps=1, searches=[])))
else:
    for name, sizes in SIZES.items():
        fixture = computed(build(sizes, SEEDS[name]), sizes)
        if name == "t5_oracle":
            fixture["buckets"] = [buckets(c, f, w) for c, f in [(32, 128), (8, 16), (12, 20), (6, 13)] for w in (False, True)]
        path = pathlib.Path(__file__).with_name(f"{name}.json")
        path.write_text(json.dumps(fixture, separators=(",", ":")) + "\n")
        print(path, path.stat().st_size, "bytes")
