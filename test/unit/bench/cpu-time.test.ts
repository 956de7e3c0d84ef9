import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { cpuSeconds } from "../../../bench/cpu-time";

const spin = "const end = process.cpuUsage().user + 200_000; while (process.cpuUsage().user < end);";

test.runIf(existsSync("/proc/self/stat"))(
  "counts this process, a child, and the child of that child, once both have ended",
  () => {
    const before = cpuSeconds() ?? Number.NaN;
    const own = process.cpuUsage();
    const child = `require("node:child_process").execFileSync(process.execPath, ["-e", ${JSON.stringify(spin)}])`;
    execFileSync(process.execPath, ["-e", child]);
    const { user, system } = process.cpuUsage(own);
    const children = (cpuSeconds() ?? Number.NaN) - before - (user + system) / 1e6;

    expect(children).toBeGreaterThan(0.18);
    // Two starts of Node.js besides.
    expect(children).toBeLessThan(10);
  },
);
