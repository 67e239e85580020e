import { ok, rejects, throws } from "node:assert/strict";
import { GraphBuilder } from "./builder.ts";
import { differentiate } from "./differentiate.ts";
import { Session } from "./session.ts";

Deno.test("differentiate() adds up what reaches a value by several ways", async () => {
  const b = new GraphBuilder("several ways");
  const x = b.input("x", "float32", [2]);
  const y = b.add(b.mul(x, x), b.mul(x, b.scalar(3)));
  const [g] = differentiate(b, b.reduceSum(y, [0], false), [x]);
  ok(g);
  const session = await Session.open(b.graph([b.named("g", g)]));
  const results = await session.run({ x: { dtype: "float32", shape: [2], data: Float32Array.of(1, -2) } });
  ok(`${results["g"]?.data}` === "5,-1", `${results["g"]?.data}`);
  await session.close();
});

Deno.test("differentiate() says what is wrong with a loss", () => {
  const b = new GraphBuilder("wrong");
  const x = b.input("x", "float32", [2]);
  const y = b.input("y", "float32", [2]);
  throws(() => differentiate(b, x, [x]), /not a scalar but float32\[2\]/);
  throws(() => differentiate(b, b.reduceSum(x, [0], false), [y]), /does not depend on y/);
});

Deno.test("a graph that does not fit is refused while it is built", async () => {
  const b = new GraphBuilder("misfit");
  const x = b.input("x", "float32", [2, 3]);
  throws(
    () => b.dense(x, b.input("w", "float32", [4, 5])),
    /inner sizes 3 and 5 differ \(node Gemm of misfit: x float32\[2, 3\]/,
  );
  throws(() => b.one("Conv", [x]), /unknown operator Conv\. Known: Abs, Add/);
  await rejects(Session.open("no/such/model.onnx"), /no\/such\/model\.onnx/);
});
