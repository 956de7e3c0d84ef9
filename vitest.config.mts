import { setFlagsFromString } from "node:v8";
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { compiledSources } from "./test/support/compiled-sources.mts";
import tiers from "./test/support/tiers.json" with { type: "json" };

// A function has to run fifteen times as long as usual before V8 optimizes it, and WebAssembly is not optimized at all. Most code
// runs for less than a second, and to optimize it took a quarter of the CPU time of the unit tests. Later versions of Node.js
// gain nothing from either.
if (process.version.startsWith("v20."))
  setFlagsFromString("--interrupt-budget=1000000 --no-wasm-tier-up --no-wasm-dynamic-tiering");

type Tier = keyof typeof tiers.folders;

/** Patterns of the test files of a project. */
const filesOf = (tier: Tier): string[] => tiers.folders[tier].map((folder) => `${folder}/**/*.test.ts`);

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const index = tiers.longest.findIndex((name) => moduleId.endsWith(`/${name}`));
      return index < 0 ? tiers.longest.length : index;
    };
    return files.toSorted((a, b) => rank(a) - rank(b));
  }
}

/**
 * Files as Vite transforms them are kept in node_modules, by their content, until package-lock.json changes. This is
 * set per project: at the root, vitest could not print errors in files that a reporter imports.
 */
const experimental = { fsModuleCache: true };

/** What scripts/runner/command.ts sets for every command. */
const asCommands = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" };

/**
 * Unit tests do not read the developer's AWS configuration. These files do not exist, and nothing is written into their folder
 * while tests run: see test/support/cached-results.
 */
const withoutAwsFiles = {
  AWS_CONFIG_FILE: "test/no-aws-config",
  AWS_SHARED_CREDENTIALS_FILE: "test/no-aws-credentials",
};

/**
 * A project whose tests run commands, and Terraform where it is on this machine.
 *
 * @param groupOrder projects run in this order, one after the other
 * @param maxWorkers how many files run at once. Each process loads the AWS SDK once
 */
const withTerraform = (
  name: Tier,
  groupOrder: number,
  maxWorkers: number,
): TestProjectInlineConfiguration => ({
  test: {
    name,
    experimental,
    env: asCommands,
    include: filesOf(name),
    setupFiles: ["test/support/file-cpu-time.ts"],
    sequence: { groupOrder },
    globalSetup: ["test/support/emulator/shared-setup.ts"],
    pool: "forks",
    // No file changes what another one imports.
    isolate: false,
    maxWorkers,
    // Against hanging only: one test deploys three layers, which took five minutes beside 35 busy processes.
    testTimeout: 1_200_000,
    hookTimeout: 1_200_000,
  },
});

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    // A command line with --reporter replaces these.
    reporters: [
      "default",
      "./test/support/slowest-files-reporter.ts",
      "./test/support/cached-results/cached-results-reporter.ts",
    ],
    projects: [
      {
        plugins: [compiledSources()],
        test: {
          name: "unit",
          experimental,
          env: { ...asCommands, ...withoutAwsFiles },
          include: filesOf("unit"),
          execArgv: ["--require", "./test/support/without-token-traces.cjs"],
          sequence: { groupOrder: 0 },
          // One thread for all files: each thread loads cdktf again, and synthesizes again what the files share.
          pool: "threads",
          isolate: false,
          maxWorkers: 1,
          // Property tests take seconds, and many times that where other work keeps the cores busy.
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      // One process runs the longest file, and the other one the rest. With more of them, and the unit tests that run at the same
      // time in `npm test`, two cores were overloaded, and the longest file took longer.
      withTerraform("commands", 1, 2),
      // Terraform waits a lot here, so that four files keep two cores busy.
      withTerraform("rehearsals", 2, 4),
    ],
  },
});
