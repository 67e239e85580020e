import { type GradientCase, operatorCase as operator, testGradient, whole } from "../central_differences.ts";

const cases: readonly GradientCase[] = [
  operator("Gather, rows that come twice or never", [[4, 3]], {}, [whole([2, 0, 2, 2, 1, 0], [2, 3])]),
  operator("Gather, one row", [[4, 3]], {}, [whole([-1], [])]),
  operator("Gather along a middle axis", [[2, 4, 3]], { axis: { int: 1 } }, [whole([3, 1, 3])]),
  operator("Gather along the last axis, by a table", [[2, 4]], { axis: { int: -1 } }, [
    whole([0, -1, 0, 2], [2, 2]),
  ]),
  operator("Gather from a vector", [[4]], {}, [whole([2, 2, 0])]),
  operator("GatherElements, elements that come twice", [[2, 4]], { axis: { int: 1 } }, [
    whole([0, 3, 3, -1, 1, 1], [2, 3]),
  ]),
  operator("GatherElements along the first axis", [[3, 2]], {}, [whole([2, 0, 2, 2], [2, 2])]),
  operator("GatherND, single elements that come twice", [[3, 4]], {}, [whole([0, 1, 2, -1, 0, 1], [3, 2])]),
  operator("GatherND, rows", [[3, 4]], {}, [whole([2, 0, 2], [3, 1])]),
  operator("GatherND, a batch axis", [[2, 3, 2]], { batch_dims: { int: 1 } }, [
    whole([2, 0, 1, 1], [2, 2, 1]),
  ]),
  {
    name: "ScatterElements, updates that add up",
    shapes: [[3, 2], [4, 2]],
    build: (b, [data, updates]) => {
      const indices = b.initializer("indices", whole([0, 2, 2, 1, 0, 1, 0, -1], [4, 2]));
      return b.one("ScatterElements", [data, indices, updates], {
        axis: { int: 0 },
        reduction: { text: "add" },
      });
    },
  },
  {
    name: "ScatterElements, updates in the place of data",
    shapes: [[2, 4], [2, 2]],
    build: (b, [data, updates]) => {
      const indices = b.initializer("indices", whole([0, 2, 3, 1], [2, 2]));
      return b.one("ScatterElements", [data, indices, updates], { axis: { int: 1 } });
    },
  },
  {
    name: "ScatterND, rows in the place of data",
    shapes: [[4, 3], [2, 3]],
    build: (b, [data, updates]) =>
      b.one("ScatterND", [data, b.initializer("indices", whole([3, 0], [2, 1])), updates]),
  },
  {
    name: "ScatterND, elements that are added",
    shapes: [[2, 3], [2]],
    build: (b, [data, updates]) => {
      const indices = b.initializer("indices", whole([1, 2, 0, 0], [2, 2]));
      return b.one("ScatterND", [data, indices, updates], { reduction: { text: "add" } });
    },
  },
];

cases.forEach(testGradient);
