import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { readPickle } from "./pickle.ts";
import { Dict, type PickleValue, Tuple } from "./pickle_value.ts";
import { torchGlobal, torchStorage } from "./torch_globals.ts";
import { DTypeName, Storage, TensorLayout } from "./torch_value.ts";

const context = { global: torchGlobal, persistent: torchStorage };
const ascii = (text: string) => [...text].map((letter) => letter.charCodeAt(0));
/** A pickle of protocol 2 from texts and bytes. */
const pickle = (...parts: (string | number)[]) =>
  Uint8Array.from([0x80, 2, ...parts.flatMap((part) => typeof part === "string" ? ascii(part) : [part])]);
const refuses = (bytes: Uint8Array, line: RegExp) => throws(() => readPickle(bytes, context), line);

Deno.test("readPickle() reads numbers of every width", () => {
  const value = (...parts: (string | number)[]) => readPickle(pickle(...parts, "."), context).value;
  equal(value("J", 0xfe, 0xff, 0xff, 0xff), -2);
  equal(value("M", 0xff, 0xff), 65535);
  equal(value(0x8a, 2, 0x00, 0x80), -32768);
  equal(value(0x8a, 0), 0);
  equal(value(0x8a, 8, 0, 0, 0, 0, 0, 0, 0, 0x80), -(2n ** 63n));
  equal(value("G", 0x3f, 0xf8, 0, 0, 0, 0, 0, 0), 1.5);
});

Deno.test("readPickle() refuses a call wherever it hides", () => {
  const system = "cos\nsystem\n";
  const names = /pickle asks for os\.system, which is no tensor/;
  refuses(pickle(system, "U\x04true\x85R."), names);
  refuses(pickle("}(U\x01a", system, "U\x04true\x85Ru."), names);
  refuses(pickle("(((", system), names);
  refuses(pickle("U\x02osU\x06system", 0x93), names);
  refuses(pickle("ccollections\nOrderedDict\n(", system, "U\x04true\x85RtR."), names);
  refuses(pickle("ctorch._tensor\n_rebuild_from_type_v2\n(", system, "NU\x04true\x85NtR."), names);
  refuses(pickle("ctorch\n__init__\n."), /asks for torch\.__init__/);
  refuses(pickle("ctorch.FloatStorage\n__class__\n."), /asks for torch\.FloatStorage\.__class__/);
  refuses(pickle("cconstructor\nconstructor\n."), /asks for constructor\.constructor/);
  refuses(pickle("ctorch\nconstructor\n."), /asks for torch\.constructor/);
});

Deno.test("readPickle() refuses instructions that no tensor needs, and nonsense", () => {
  refuses(pickle("ios\nsystem\n."), /instruction 0x69 at byte 2/);
  refuses(pickle(0x82, 1, "."), /instruction 0x82/);
  refuses(pickle("0."), /empty stack/);
  refuses(pickle("t."), /mark that was not set/);
  refuses(pickle("h\x05."), /looks up value 5/);
  refuses(pickle("}K\x01K\x02sK\x01K\x03s."), /the key 1 twice/);
  refuses(pickle("}(K\x01u."), /a key without a value/);
  refuses(pickle("K\x01)R."), /calls what is no function/);
  refuses(pickle("]N", "b."), /attributes of what is no dict/);
  refuses(pickle("ctorch.nn.parameter\nParameter\n)R."), /only named/);
  refuses(Uint8Array.of(0x80, 9, 0x4e, 0x2e), /protocol 9/);
  refuses(pickle("X", 0xff, 0xff, 0xff, 0xff), /4294967295 bytes asked for at byte 7 of 7/);
  refuses(pickle("U\x01", 0xff, "."), /text at byte 4 of a pickle is not UTF-8/);
});

Deno.test("readPickle() bounds what a pickle keeps", () => {
  refuses(Uint8Array.from([0x80, 2, ...Array<number>(400_002).fill(0x4e)]), /more than 400000 values/);
});

Deno.test("readPickle() shares values that the pickle shares", () => {
  const { value, end } = readPickle(pickle("]q\x00h\x00\x86.", 1, 2), context);
  ok(value instanceof Tuple);
  equal(value.items[0], value.items[1]);
  equal(end, 9);
});

Deno.test("torchGlobal() makes tensors only where they lie within their storage", () => {
  const storage = new Storage("0", "float32", 0, 24);
  const rebuild = torchGlobal("torch._utils", "_rebuild_tensor_v2");
  const tuple = (...items: PickleValue[]) => new Tuple(items);
  const make = (offset: PickleValue, shape: PickleValue, strides: PickleValue) => {
    ok(rebuild !== null && typeof rebuild === "object" && "call" in rebuild);
    return rebuild.call([storage, offset, shape, strides, false, new Dict()]);
  };
  deepEqual(make(0, tuple(2, 3), tuple(3, 1)), new TensorLayout(storage, "float32", [2, 3], [3, 1], 0));
  deepEqual(make(6, tuple(0, 3), tuple(3, 1)), new TensorLayout(storage, "float32", [0, 3], [3, 1], 6));
  throws(() => make(1, tuple(2, 3), tuple(3, 1)), /is not within storage 0, which has 6 elements/);
  throws(() => make(0, tuple(2, 3), tuple(4, 1)), /is not within/);
  throws(() => make(0, tuple(1e12), tuple(0)), /is not within/);
  throws(() => make(-1, tuple(2), tuple(1)), /not described/);
  throws(() => make(0, tuple(2), tuple()), /not described/);
  throws(() => make(0, tuple(2), tuple(-1)), /not whole numbers/);
  throws(() => make(0, tuple(2 ** 60, 2 ** 60), tuple(1, 1)), /not whole numbers/);
  throws(() => make(0, tuple(2 ** 52, 2 ** 52), tuple(1, 1)), /is not within/);
});

Deno.test("torchStorage() refuses what does not describe a storage", () => {
  const type = new DTypeName("float32");
  equal(torchStorage(new Tuple(["storage", type, "7", "cuda:0", 3])).bytes, 12);
  for (
    const id of [
      new Tuple(["module", type, "7", "cpu", 3]),
      new Tuple(["storage", "FloatStorage", "7", "cpu", 3]),
      new Tuple(["storage", type, 7, "cpu", 3]),
      new Tuple(["storage", type, "7", "cpu", -3]),
      "storage",
    ]
  ) throws(() => torchStorage(id), /not described/);
  throws(
    () => torchStorage(new Tuple(["storage", type, "7", "cpu", 3, new Tuple(["8", 2, 2])])),
    /not within it/,
  );
});
