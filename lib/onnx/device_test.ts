import { rejects } from "node:assert/strict";
import * as ort from "onnxruntime-node";
import { requireDevice } from "./device.ts";

Deno.test("requireDevice() says in one line what a device that is not here needs", async () => {
  await requireDevice("cpu");
  const cuda = ort.listSupportedBackends().find(({ name }) => name === "cuda");
  if (cuda?.bundled) return;
  try {
    await requireDevice("cuda"); // a machine may have it all the same
  } catch (error) {
    await rejects(Promise.reject(error), {
      message:
        /^device cuda: not to be had here: [^\n]+ CUDA 12 with cuDNN 9, and a card\. Install that, or leave the device out: [^\n]+$/,
    });
  }
});
