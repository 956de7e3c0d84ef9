import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // Tests with Terraform wait a lot; three files at once keep two cores busy.
    maxWorkers: 3,
    projects: [
      // One process for all: most of the time would go into loading cdktf for each file.
      { test: { name: "unit", include: ["test/unit/**/*.test.ts"], pool: "threads", isolate: false, fileParallelism: false } },
      {
        test: {
          name: "commands",
          include: ["test/commands/**/*.test.ts", "test/emulator/**/*.test.ts"],
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
