import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { engines } from "../../../package.json";

type NodeProblem = (version: string, supported: string) => { tooOld: boolean; message: string } | undefined;
const { nodeProblem }: { nodeProblem: NodeProblem } = createRequire(__filename)(
  "../../../start/node-version.cjs",
);

const rule = "supported are 20 (20.19 or later), 22 (22.14 or later), 24 and 26. Install one of them.";

test.each(["20.19.0", "20.20.2", "22.14.0", "22.23.1", "24.0.0", "26.10.0"])(
  "Node.js %s is supported",
  (version) => {
    expect(nodeProblem(version, engines.node)).toBeUndefined();
  },
);

test.each(["16.20.2", "18.20.8", "20.18.3", "22.13.1"])(
  "fails with Node.js %s, which is too old",
  (version) => {
    expect(nodeProblem(version, engines.node)).toEqual({
      tooOld: true,
      message: `This is Node.js ${version}, which is too old; ${rule}`,
    });
  },
);

test.each(["21.7.3", "23.11.0", "25.1.0", "27.0.0"])(
  "warns of Node.js %s, which is not tested",
  (version) => {
    expect(nodeProblem(version, engines.node)).toEqual({
      tooOld: false,
      message: `This is Node.js ${version}, which is not tested; ${rule}`,
    });
  },
);

test("this version of Node.js is supported", () => {
  expect(nodeProblem(process.versions.node, engines.node)).toBeUndefined();
});
