import { writeStacks } from "../app";
import { defineEnvironment } from "../environments/environment";
import { loadProject } from "../environments/load";

/** This project's program in the benchmark: `node build/bench/ours.js <repositories> <output folder>`. */
const [, , count, outdir] = process.argv;
if (outdir === undefined) throw new Error("usage: ours.js <repositories> <output folder>");

const dev = defineEnvironment({
  name: "dev",
  project: "myproject",
  accountId: "123456789012",
  region: "us-east-1",
  tier: "development",
  state: { backend: "s3", bucket: "myproject-dev-tfstate-123456789012" },
  ecr: {
    encryptionType: "KMS",
    enableScanFindingsLogging: true,
    repositories: Object.fromEntries(
      Array.from({ length: Number(count) }, (_, i) => [
        `service-${i + 1}`,
        { maxImageCount: 10 + (i % 90), ...(i % 10 === 0 && { enableLambdaPull: true }) },
      ]),
    ),
  },
});

writeStacks(loadProject({ "environments/dev.ts": dev }), outdir);
