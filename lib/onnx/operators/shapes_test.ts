import { type GradientCase, operatorCase as operator, testGradient, whole } from "../central_differences.ts";

const cases: readonly GradientCase[] = [
  operator("Reshape", [[2, 6]], {}, [whole([3, 4])]),
  operator("Reshape, one size kept and one left open", [[2, 3, 2]], {}, [whole([0, -1])]),
  operator("Flatten", [[2, 3, 2]], { axis: { int: 2 } }),
  operator("Flatten, axes counted from the end", [[2, 3, 2]], { axis: { int: -1 } }),
  operator("Squeeze", [[2, 1, 3, 1]], {}, [whole([-1])]),
  operator("Squeeze of all axes of size 1", [[1, 3, 1]]),
  operator("Unsqueeze", [[2, 3]], {}, [whole([1, -1])]),
  operator("Transpose", [[2, 3, 4]], { perm: { ints: [2, 0, 1] } }),
  operator("Transpose, axes turned round", [[2, 3, 4]]),
  operator("Expand", [[2, 1]], {}, [whole([3, 2, 4])]),
  operator("Expand, to less than it is", [[2, 3]], {}, [whole([1])]),
  operator("Tile", [[2, 3]], {}, [whole([3, 2])]),
  operator("Concat", [[2, 3], [2, 1], [2, 2]], { axis: { int: -1 } }),
  operator("Concat of one", [[2, 3]], { axis: { int: 0 } }),
  operator("Split, one part of three", [[2, 6]], { axis: { int: 1 } }, [whole([1, 3, 2])]),
  {
    name: "Split, parts that do not divide evenly, all used",
    shapes: [[5, 2]],
    build: (b, xs) =>
      b.one("Concat", b.apply("Split", xs, { num_outputs: { int: 3 } }).toReversed(), { axis: { int: 0 } }),
  },
  operator("Slice, fewer rows", [[5, 2]], {}, [whole([0]), whole([3])]),
  operator("Slice, several axes, counted from the end", [[3, 4, 2]], {}, [
    whole([-3, 1]),
    whole([9, -1]),
    whole([1, 0]),
  ]),
  operator("Slice, every second and backwards", [[5, 4]], {}, [
    whole([0, -1]),
    whole([5, -9]),
    whole([0, 1]),
    whole([2, -1]),
  ]),
  operator("Slice, backwards in steps of two", [[1, 6]], {}, [
    whole([4]),
    whole([0]),
    whole([1]),
    whole([-2]),
  ]),
  operator("Pad", [[2, 3]], {}, [whole([1, 0, 0, 2])]),
  {
    name: "Pad, one axis, cut on one side, with a margin that is trained",
    shapes: [[3, 4], []],
    build: (b, [x, value]) => b.one("Pad", [x, b.ints([-1, 2]), value, b.ints([1])]),
  },
];

cases.forEach(testGradient);
