import { expect, test } from "vitest";
import { allStacks } from "../../../support/all-stacks";
import { usedTypes } from "../../../support/emulator/used-types";

const { resources, dataSources } = usedTypes();

/** Types of the AWS provider that the stacks have in a block, `resource` or `data`. */
const typesIn = (block: string): string[] => {
  const types = Object.values(allStacks).flatMap((json) => Object.keys(json[block] ?? {}));
  return [...new Set(types)].filter((type) => type.startsWith("aws_")).toSorted();
};

test("every type of every stack is among the used types", () => {
  expect(typesIn("resource").filter((type) => !resources.has(type))).toEqual([]);
  expect(typesIn("data").filter((type) => !dataSources.has(type))).toEqual([]);
});

test("used types are resource types and data sources, and nothing that no layer or module writes", () => {
  expect(resources).toContain("aws_ecr_repository");
  expect(resources).not.toContain("aws_subnets");
  expect(dataSources).toContain("aws_vpc");
  expect(dataSources).not.toContain("aws_ecr_repository");
  expect(resources.size).toBeLessThan(2 * typesIn("resource").length);
});
