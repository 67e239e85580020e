import { ok } from "node:assert/strict";
import { exportedModels, exportedParity } from "../parity/exported_parity.ts";

for (const model of await exportedModels()) {
  const { family, exporter } = model;
  Deno.test(`loss and gradients of ${family}, exported by ${exporter}, equal PyTorch's`, async () => {
    const { logits, loss, gradients } = await exportedParity(model);
    ok(loss < 1e-5, `the loss differs by ${loss}`);
    ok(logits < 1e-5, `the logits differ by ${logits}`);
    ok(gradients.length > 10);
    for (const { name, apart } of gradients) ok(apart < 1e-5, `the gradient of ${name} differs by ${apart}`);
  });
}
