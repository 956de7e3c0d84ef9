import { defineConfig } from "vitest/config";

/** `npm run states`: the recording needs what emulator tests need, and is none. */
export default defineConfig({
  test: {
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
    include: ["test/support/upgrade/record.ts"],
    globalSetup: ["compiled-project", "installed-parts", "loaded-emulator", "provider-schema-file"].map(
      (part) => `test/support/emulator/${part}.ts`,
    ),
    pool: "forks",
    testTimeout: 1_200_000,
    hookTimeout: 1_200_000,
  },
});
