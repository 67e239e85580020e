"""What PEFT computes of tiny adapted models.

python3 lora_oracle.py > lora_oracle.json            (torch 2.13, transformers 5.23, peft 0.21)
python3 lora_oracle.py FOLDER IDS    prints the logits of FOLDER/KIND/base with FOLDER/KIND/adapter, and of FOLDER/KIND/merged
"""
import base64, contextlib, json, sys
import torch
from peft import LoraConfig, PeftModel, get_peft_model
from transformers import BertConfig, BertForTokenClassification, GPT2Config, GPT2LMHeadModel

torch.set_num_threads(1)
CLASS = {"gpt2": GPT2LMHeadModel, "bert": BertForTokenClassification}

def packed(tensor):
    array = tensor.detach().numpy().astype("<f4")
    return {"shape": list(array.shape), "data": base64.b64encode(array.tobytes()).decode()}

def record(model, config, lora, ids, labels):
    torch.manual_seed(42)
    parameters = {name: packed(p) for name, p in model.named_parameters()}
    adapted = get_peft_model(model, lora).eval()
    trained = {name: p for name, p in adapted.named_parameters() if p.requires_grad}
    for parameter in trained.values():
        parameter.data += torch.randn_like(parameter) * 0.1
    logits = adapted(input_ids=torch.tensor(ids)).logits
    loss = torch.nn.functional.cross_entropy(logits.view(-1, logits.shape[-1]), torch.tensor(labels).view(-1))
    loss.backward()
    plain = lambda name: name.removeprefix("base_model.model.").replace(".default", "").replace(".modules_to_save", "")
    return {
        "config": config, "rank": lora.r, "alpha": lora.lora_alpha, "targets": sorted(lora.target_modules),
        "modulesToSave": sorted(set(lora.modules_to_save or []) - {"score"}), "parameters": parameters, "ids": ids, "labels": labels,
        "adapter": {plain(name): packed(p) for name, p in trained.items()},
        "logits": packed(logits), "loss": loss.item(),
        "gradients": {plain(name): packed(p.grad) for name, p in trained.items()},
    }

def spread(model):
    torch.manual_seed(1)
    for parameter in model.parameters():
        parameter.data += torch.randn_like(parameter) * 0.1
    return model.eval()

if len(sys.argv) > 1:
    folder, ids, said = sys.argv[1], torch.tensor(json.loads(sys.argv[2])), {}
    with contextlib.redirect_stdout(sys.stderr):
        for kind, model in CLASS.items():
            base = model.from_pretrained(f"{folder}/{kind}/base").eval()
            adapted = PeftModel.from_pretrained(base, f"{folder}/{kind}/adapter").eval()(input_ids=ids).logits
            merged = model.from_pretrained(f"{folder}/{kind}/merged").eval()(input_ids=ids).logits
            said[kind] = {"adapted": packed(adapted), "merged": packed(merged)}
    print(json.dumps(said))
else:
    torch.manual_seed(0)
    sizes = dict(vocab_size=40, n_embd=16, n_layer=2, n_head=2, n_positions=16)
    ids = [[3, 9, 27, 1, 3, 30, 12, 7], [5, 5, 6, 7, 8, 9, 10, 11]]
    gpt2 = record(spread(GPT2LMHeadModel(GPT2Config(**sizes, bos_token_id=0, eos_token_id=0))), sizes,
                  LoraConfig(r=4, lora_alpha=10, target_modules=["c_attn", "mlp.c_proj"], fan_in_fan_out=True,
                             task_type="CAUSAL_LM"),
                  ids, [row[1:] + [0] for row in ids])
    sizes = dict(vocab_size=40, hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=24,
                 max_position_embeddings=32, type_vocab_size=2, layer_norm_eps=1e-12)
    bert = record(spread(BertForTokenClassification(BertConfig(**sizes, num_labels=3))), sizes,
                  LoraConfig(r=2, lora_alpha=4, target_modules=["query", "value"], modules_to_save=["classifier"],
                             task_type="TOKEN_CLS"),
                  ids, [[i % 3 for i in row] for row in ids])
    json.dump({"gpt2": gpt2, "bert": bert}, sys.stdout, indent=1)
