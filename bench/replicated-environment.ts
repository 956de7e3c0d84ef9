import { writeStacks } from "../app";
import { defineEnvironment } from "../environments/environment";
import { loadProject } from "../environments/load";

/**
 * Write the stacks of an environment whose repositories are all replicated to two Regions, encrypted with KMS.
 *
 * @param program name of the program, for its usage
 * @param args `<repositories> <output folder>`
 * @param stateShards stacks that share the repositories. @default - all are in one
 */
export function writeReplicated(program: string, args: readonly string[], stateShards?: number): void {
  const [count, outdir] = args;
  if (outdir === undefined) throw new Error(`usage: ${program}.js <repositories> <output folder>`);
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
      ...(stateShards !== undefined && { stateShards }),
      repositories: Object.fromEntries(
        Array.from({ length: Number(count) }, (_, i) => [
          `service-${i + 1}`,
          {
            maxImageCount: 10 + (i % 90),
            ...(i % 10 === 0 && { enableLambdaPull: true }),
            enableReplication: true,
            replicationDestinations: [{ region: "us-west-2" }, { region: "eu-west-1" }],
          },
        ]),
      ),
    },
  });
  writeStacks(loadProject({ "environments/dev.ts": dev }), outdir);
}
