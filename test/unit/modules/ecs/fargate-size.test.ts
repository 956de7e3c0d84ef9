import { expect, test } from "vitest";
import { fargateCpu, fargateSizeProblem } from "../../../../modules/ecs/fargate-size";

/** What AWS's table lists, in GB by vCPU. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html */
const table: readonly [vcpu: number, gb: readonly number[]][] = [
  [0.25, [0.5, 1, 2]],
  [0.5, [1, 2, 3, 4]],
  [1, [2, 3, 4, 5, 6, 7, 8]],
  [2, [4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]],
  [4, [8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30]],
  [8, [16, 20, 24, 28, 32, 36, 40, 44, 48, 52, 56, 60]],
  [16, [32, 40, 48, 56, 64, 72, 80, 88, 96, 104, 112, 120]],
];

test("Fargate sizes are exactly those in AWS's table", () => {
  const memories = Array.from({ length: 512 }, (_, index) => (index + 1) * 256);

  for (const [vcpu, sizes] of table)
    expect(memories.filter((memory) => fargateSizeProblem(vcpu * 1024, memory) === undefined)).toEqual(
      sizes.map((gb) => gb * 1024),
    );
  expect(table.map(([vcpu]) => vcpu * 1024)).toEqual([...fargateCpu]);
});

test("an unsupported size is refused with the supported ones", () => {
  expect([fargateSizeProblem(256, 4096), fargateSizeProblem(8192, 20_000)]).toEqual([
    "Fargate supports 512, 1024, 2048 MiB of memory with 256 CPU units; use one of these",
    "Fargate supports 16384 to 61440 MiB of memory in steps of 4096 with 8192 CPU units; use one of these sizes or another cpu",
  ]);
});
