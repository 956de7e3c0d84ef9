import { expect, test } from "vitest";
import { writtenDefinition } from "../../../../scripts/failures/written-option";

test("files that export everything of each other are looked through once", () => {
  const names = ["a", "b", "c"];
  const barrel = names.map((name) => `export * from "./${name}";`).join("\n");
  const source = `import { gone } from "./a";
export default defineEnvironment({ ecr: gone });`;
  const read = (file: string) => (names.includes(file.replace(/\.ts$/, "")) ? barrel : undefined);

  expect(writtenDefinition(source, { file: "prod.ts", read })?.along(["ecr", "pullTime"])).toHaveLength(1);
});
