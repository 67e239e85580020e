"""PyTorch's side of the benchmark: a training step for each line `step` on stdin, the counterpart of step_peer.ts.

argv: the work as JSON (work.ts). Prints a line of JSON for the start and for each request: `step`, `peak`, `product`.
"""

import json
import statistics
import sys
import time


def model_of(work):
    from transformers import BertConfig, BertForMaskedLM, BertForTokenClassification, GPT2Config, GPT2LMHeadModel

    task, config = work["task"], work["config"]
    if task == "masked-lm":
        return BertForMaskedLM(BertConfig(**config))
    if task == "token-classification":
        return BertForTokenClassification(BertConfig(**config, num_labels=work["labels"]))
    model = GPT2LMHeadModel(GPT2Config(**config, bos_token_id=0, eos_token_id=0))
    if task == "causal-lm":
        return model
    from peft import LoraConfig, get_peft_model

    return get_peft_model(
        model,
        LoraConfig(
            task_type="CAUSAL_LM",
            r=work["lora"]["rank"],
            lora_alpha=work["lora"]["alpha"],
            lora_dropout=work["dropout"],
            target_modules=work["lora"]["targets"],
            fan_in_fan_out=True,
        ),
    )


def batch_of(work):
    import torch

    batch, length = work["batch"]
    ids = torch.randint(5, work["vocabulary"], (batch, length))
    seen = torch.ones_like(ids)
    if work["task"] in ("causal-lm", "lora"):
        return {"input_ids": ids, "attention_mask": seen, "labels": ids}
    labels = torch.full_like(ids, -100)
    if work["task"] == "masked-lm":
        places = torch.randperm(batch * length)[: work["asked"]]
        labels.view(-1)[places] = ids.view(-1)[places]
        return {"input_ids": ids, "attention_mask": seen, "labels": labels}
    for row, end in enumerate(torch.randint(3 * length // 4, length + 1, (batch,)).tolist()):
        seen[row, end:] = 0
        labels[row, 1 : end - 1 : 2] = torch.randint(0, work["labels"], labels[row, 1 : end - 1 : 2].shape)
    return {"input_ids": ids, "attention_mask": seen, "labels": labels}


def loss_of(work, model, batch):
    """The loss as the model's own forward computes it; or, for masked LM without `whole`, of the asked rows alone."""
    import torch

    if work["whole"] or work["task"] != "masked-lm":
        return model(**batch).loss
    labels = batch["labels"].view(-1)
    places = (labels != -100).nonzero().view(-1)
    hidden = model.bert(input_ids=batch["input_ids"])[0].flatten(0, 1)
    return torch.nn.functional.cross_entropy(model.cls(hidden[places]), labels[places])


def product_rate(work):
    """GFLOP/s of a bare matrix product."""
    import torch

    rows, between, columns = work["product"]
    a, b, out = torch.rand(rows, between), torch.rand(columns, between), torch.empty(rows, columns)
    seconds = []
    for _ in range(20):
        start = time.perf_counter()
        torch.mm(a, b.t(), out=out)
        seconds.append(time.perf_counter() - start)
    return 2 * rows * between * columns / statistics.median(seconds) / 1e9


def peak():
    """The most memory that this process ever held, in bytes; None where the system does not say."""
    try:
        with open("/proc/self/status") as status:
            return next(1024 * int(line.split()[1]) for line in status if line.startswith("VmHWM"))
    except OSError:
        return None


def main(work):
    import torch
    import transformers

    torch.set_num_threads(work["threads"])
    torch.manual_seed(0)
    model = model_of(work).train()
    trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
    # The optimiser that transformers.TrainingArguments names by default: adamw_torch_fused.
    optimizer = torch.optim.AdamW(trained, lr=1e-4, fused=True)
    batch = batch_of(work)
    versions = {"python": sys.version.split()[0], "torch": torch.__version__, "transformers": transformers.__version__}
    if work["task"] == "lora":
        import peft

        versions["peft"] = peft.__version__
    say({"versions": versions})
    for request in map(str.strip, sys.stdin):
        if request == "step":
            start = time.perf_counter()
            loss = loss_of(work, model, batch)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(trained, 1.0)
            optimizer.step()
            optimizer.zero_grad()
            say({"seconds": time.perf_counter() - start, "loss": loss.item()})
        elif request == "peak":
            say({"peak": peak()})
        elif request == "product":
            say({"rate": product_rate(work)})
        else:
            raise ValueError(f"no such request: {request}")


def say(answer):
    print(json.dumps(answer), flush=True)


try:
    main(json.loads(sys.argv[1]))
except Exception as error:
    say({"error": f"{type(error).__name__}: {error}"})
    sys.exit(1)
