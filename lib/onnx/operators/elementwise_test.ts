import {
  float,
  type GradientCase,
  operatorCase as operator,
  testGradient,
  whole,
} from "../central_differences.ts";

const positive: readonly [number, number] = [0.5, 2];

const cases: readonly GradientCase[] = [
  operator("Add, stretched on both sides", [[2, 1, 3], [4, 1]]),
  operator("Sub, a scalar from an array", [[2, 3], []]),
  operator("Mul, size-1 axes", [[1, 3], [2, 1]]),
  { name: "Mul with itself", shapes: [[5]], build: (b, [x]) => x ? b.mul(x, x) : [] },
  operator("Div, stretched", [[2, 3], [3]], {}, [], positive),
  operator("Pow, a power that is trained", [[2, 3], [3]], {}, [], positive),
  operator("Pow, a square", [[2, 3]], {}, [float([2])]),
  operator("Pow, a cube of whole numbers", [[2, 3]], {}, [whole([3], [])]),
  operator(
    "Pow, any power of an array stretched over powers",
    [[2, 1]],
    {},
    [float([0.5, 1.5, -2], [3])],
    positive,
  ),
  operator("Mod, of floats", [[2, 3], [3]], { fmod: { int: 1 } }, [], [1.02, 3]),
  operator("Neg", [[2, 3]]),
  operator("Abs", [[2, 3]]),
  operator("Exp", [[2, 3]]),
  operator("Log", [[2, 3]], {}, [], positive),
  operator("Sqrt", [[2, 3]], {}, [], positive),
  operator("Reciprocal", [[2, 3]], {}, [], positive),
  operator("Tanh", [[2, 3]]),
  operator("Sigmoid", [[2, 3]], {}, [], [-3, 3]),
  operator("Relu", [[2, 3]]),
  operator("Sin", [[2, 3]], {}, [], [-3, 3]),
  operator("Cos", [[2, 3]], {}, [], [-3, 3]),
  operator("Erf", [[2, 3]]),
  operator("Identity", [[2, 3]]),
  operator("Floor", [[2, 3]], {}, [], [-2.45, 2.35]),
  operator("Ceil", [[2, 3]], {}, [], [-2.45, 2.35]),
  operator("Round", [[2, 3]], {}, [], [-2.4, 2.3]),
  operator("Sign", [[2, 3]]),
  operator("Gelu", [[4, 5]], {}, [], [-3, 3]),
  operator("Gelu, by the hyperbolic tangent", [[4, 5]], { approximate: { text: "tanh" } }, [], [-3, 3]),
  operator("com.microsoft.Gelu", [[4, 5]], {}, [], [-3, 3]),
  operator("com.microsoft.BiasGelu", [[4, 5], [5]], {}, [], [-3, 3]),
  operator("com.microsoft.FastGelu", [[4, 5], [5]], {}, [], [-3, 3]),
  operator("com.microsoft.FastGelu without a bias", [[4, 5]], {}, [], [-3, 3]),
  operator("Min, of three, stretched", [[2, 3], [3], [2, 1]]),
  operator("Max, of two", [[2, 3], [1, 3]]),
  operator("Max, of one", [[2, 3]]),
  operator("Clip, between two limits", [[3, 4]], {}, [float([-0.5]), float([0.4])]),
  operator("Clip, from below", [[3, 4]], {}, [float([-0.5])]),
  {
    name: "Where, condition and sides stretched",
    shapes: [[2, 3], [2, 1]],
    build: (b, xs) => {
      const data = Uint8Array.of(1, 0, 1);
      return b.one("Where", [b.initializer("condition", { dtype: "bool", shape: [3], data }), ...xs]);
    },
  },
  {
    name: "Where, a mask in front of a softmax",
    shapes: [[2, 3]],
    build: (b, xs) => {
      const condition = b.initializer("seen", {
        dtype: "bool",
        shape: [2, 3],
        data: Uint8Array.of(1, 1, 0, 1, 0, 0),
      });
      return b.one("Softmax", [b.one("Where", [condition, ...xs, b.scalar(-3.4e38)])]);
    },
  },
  {
    name: "Cast, to floats of twice the width and back",
    shapes: [[2, 3]],
    build: (b, [x]) => x ? b.cast(b.cast(x, "float64"), "float32") : [],
  },
  operator("Dropout, without training", [[2, 3]]),
  operator("CumSum", [[2, 3]], {}, [whole([1], [])]),
  operator("CumSum, exclusive, from the end", [[3, 2]], { exclusive: { int: 1 }, reverse: { int: 1 } }, [
    whole([-2], []),
  ]),
  operator("Trilu, the part above a diagonal", [[2, 3, 4]], {}, [whole([1], [])]),
  operator("Trilu, the part below the main diagonal", [[3, 3]], { upper: { int: 0 } }),
];

cases.forEach(testGradient);
