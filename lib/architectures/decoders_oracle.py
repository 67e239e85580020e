"""Writes gpt2_oracle.json, bloom_oracle.json and biogpt_oracle.json: what PyTorch and transformers compute with small
random decoders. With a list of configurations as JSON in argv, prints what they compute with those, in short.

pip install torch==2.13.0 transformers==5.23.0 && python lib/architectures/decoders_oracle.py
"""

import base64
import json
import pathlib
import sys

import torch
import transformers
from transformers import AutoConfig, AutoModelForCausalLM

SIZES = {"vocab_size": 53}
FAMILIES = {
    "gpt2": {"n_embd": 24, "n_layer": 2, "n_head": 3, "n_inner": 32, "n_positions": 80},
    "bloom": {"hidden_size": 24, "n_layer": 2, "n_head": 3},
    "biogpt": {
        "hidden_size": 24, "num_hidden_layers": 2, "num_attention_heads": 3, "intermediate_size": 32,
        "max_position_embeddings": 80,
    },
}
DROPOUTS = (
    "embd_pdrop", "attn_pdrop", "resid_pdrop", "hidden_dropout", "attention_dropout", "hidden_dropout_prob",
    "attention_probs_dropout_prob", "activation_dropout", "layerdrop",
)
PAD = 0  # of the prompts; a piece like any other to the models


def pack(tensor, dtype=torch.float32):
    tensor = tensor.detach().to(dtype).contiguous()
    return {"shape": list(tensor.shape), "data": base64.b64encode(tensor.numpy().tobytes()).decode()}


def fixture(keys, new=64, steps=50):
    keys = {**SIZES, **keys}
    kind = keys.pop("model_type")
    torch.manual_seed(1 if kind == "biogpt" else 7)  # so that the texts below are not the same few pieces over and over
    torch.set_num_threads(1)
    config = AutoConfig.for_model(
        kind, **keys, **{name: 0.0 for name in DROPOUTS}, bos_token_id=1, eos_token_id=None, pad_token_id=PAD,
    )
    model = AutoModelForCausalLM.from_config(config).eval()
    with torch.no_grad():
        for name, parameter in model.named_parameters():  # away from zeros and ones, and short to write down
            noise = torch.randn_like(parameter)
            if ".embed_tokens" in name or "word_embeddings" in name or ".wte" in name:  # lest a piece follow itself
                parameter.copy_((0.2 * parameter + 0.1 * noise).half().float())
            else:
                parameter.copy_((parameter + (0.4 if parameter.ndim > 1 else 0.1) * noise).half().float())
    before = {name: pack(parameter, torch.float16) for name, parameter in model.named_parameters()}

    # The second row has 5 places of padding before its pieces; positions are counted as generate() counts them.
    ids = torch.randint(1, config.vocab_size, (2, 12))
    mask = torch.ones_like(ids)
    mask[1, :5] = 0
    ids[1, :5] = PAD
    positions = (mask.cumsum(-1) - 1).masked_fill(mask == 0, 0)
    placed = {} if kind == "bloom" else {"position_ids": positions}
    with torch.no_grad():
        output = model(input_ids=ids, attention_mask=mask, output_hidden_states=True, **placed)
    inference = {
        "ids": ids.tolist(), "mask": mask.tolist(), "logits": pack(output.logits),
        "hidden": [pack(state) for state in output.hidden_states],
    }

    def generate(prompts, **options):
        longest = max(map(len, prompts))
        ids = torch.tensor([[PAD] * (longest - len(prompt)) + prompt for prompt in prompts])
        mask = torch.tensor([[0] * (longest - len(prompt)) + [1] * len(prompt) for prompt in prompts])
        out = model.generate(
            ids, attention_mask=mask, max_new_tokens=new, do_sample=False, use_cache=True, **options
        )
        return out[:, longest:].tolist()

    prompts = [[5, 9, 2, 30, 7, 11, 4], [8, 3, 21]]
    text = {
        "prompts": prompts,
        "greedy": generate(prompts),
        "no_repeated_pair": [generate([prompt], no_repeat_ngram_size=2)[0] for prompt in prompts],
    }

    batches = [torch.randint(1, config.vocab_size, (4, 10)) for _ in range(5)]
    loss = model(input_ids=batches[0], labels=batches[0]).loss
    loss.backward()
    gradients = {name: pack(parameter.grad) for name, parameter in model.named_parameters()}
    decayed = [p for p in model.parameters() if p.ndim > 1]
    others = [p for p in model.parameters() if p.ndim == 1]
    optimizer = torch.optim.AdamW(
        [{"params": decayed, "weight_decay": 0.01}, {"params": others, "weight_decay": 0.0}], lr=1
    )
    peak, warm_up, curve = 0.005, 0.1, []
    for step in range(steps):
        rise = round(steps * warm_up)
        rate = peak * (step + 1) / rise if step < rise else peak * (steps - step) / (steps - rise)
        for group in optimizer.param_groups:
            group["lr"] = rate
        optimizer.zero_grad()
        loss = model(input_ids=batches[step % 5], labels=batches[step % 5]).loss
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        curve.append([loss.item(), norm.item()])
    return {
        "made_with": {"torch": torch.__version__.split("+")[0], "transformers": transformers.__version__},
        "config": {"model_type": kind, **keys},
        "class": type(model).__name__,
        "parameters": before,
        "inference": inference,
        "text": text,
        "batches": [batch.tolist() for batch in batches],
        "gradients": gradients,
        "training": {"steps": steps, "learning_rate": peak, "warm_up": warm_up, "curve": curve},
    }


if len(sys.argv) > 1:
    print(json.dumps([fixture(keys, new=2, steps=1) for keys in json.loads(sys.argv[1])]))
else:
    for kind, sizes in FAMILIES.items():
        path = pathlib.Path(__file__).with_name(f"{kind}_oracle.json")
        path.write_text(json.dumps(fixture({"model_type": kind, **sizes}), indent=0) + "\n")
        print(path.name, path.stat().st_size, "bytes")
