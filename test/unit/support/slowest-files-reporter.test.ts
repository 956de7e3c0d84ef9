import { expect, test } from "vitest";
import { timeReport } from "../../support/slowest-files-reporter";

test("projects are printed in their order, and the ten slowest files from the slowest on", () => {
  const projects = [
    { name: "unit", duration: 45_240 },
    { name: "commands", duration: 312_000 },
  ];
  const files = Array.from({ length: 12 }, (_, index) => ({
    name: `${index}.test.ts`,
    duration: index * 50,
    cpuSeconds: index === 11 ? 1.25 : undefined,
  }));

  expect(timeReport(projects, files)).toMatchInlineSnapshot(`
    "Time by project
        45.2 s  unit
       312.0 s  commands
    Slowest files
         0.6 s  11.test.ts (CPU 1.3 s)
         0.5 s  10.test.ts
         0.5 s  9.test.ts
         0.4 s  8.test.ts
         0.3 s  7.test.ts
         0.3 s  6.test.ts
         0.3 s  5.test.ts
         0.2 s  4.test.ts
         0.1 s  3.test.ts
         0.1 s  2.test.ts
    "
  `);
});
