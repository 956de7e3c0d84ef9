import { expect, test } from "vitest";
import { lookAtEach } from "../../../../../scripts/ecr/doctor/each";
import { ok } from "../../../../../scripts/ecr/doctor/finding";

const named = { title: (item: number) => `repository ${item}`, reason: ({ message }: Error) => message };

test("a subject that cannot be read stops no other, and the order is kept", async () => {
  const items = Array.from({ length: 30 }, (_, index) => index);

  const { looked, unknown } = await lookAtEach(
    items,
    async (item) => {
      await new Promise((resolve) => setTimeout(resolve, (30 - item) % 4));
      if (item === 7) throw new Error("no permission");
      return [ok(`${item}`)];
    },
    named,
  );

  expect(looked.map(({ item }) => item)).toEqual(items.filter((item) => item !== 7));
  expect(unknown).toEqual([{ state: "unknown", text: "repository 7 cannot be read: no permission" }]);
});

test("of many subjects with the same error, the first are named and the others counted", async () => {
  const { looked, unknown } = await lookAtEach(
    Array.from({ length: 2_000 }, (_, index) => index),
    async () => {
      throw Object.assign(new Error("slow down"), { name: "ThrottlingException" });
    },
    named,
  );

  expect(looked).toEqual([]);
  expect(unknown.map(({ text }) => text)).toEqual([
    "repository 0 cannot be read: slow down",
    "repository 1 cannot be read: slow down",
    "repository 2 cannot be read: slow down",
    "1997 more cannot be read, for the same reason.",
  ]);
});
