import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateRepositoryCommand, ECRClient, PutLifecyclePolicyCommand } from "@aws-sdk/client-ecr";
import { clientConfig } from "../emulator/client-config";
import { startEmulator } from "../emulator/connection";
import { findMoto } from "../emulator/moto";
import { startServer } from "../emulator/server";
import { cpuSeconds } from "./cpu-time";

/**
 * `npm run bench:adopt -- [repositories]`: measure the adoption of a registry, by default of 1,000 repositories: from
 * variables, from a state, and, if moto is there, from an account on the emulator. Each prints the file and writes nothing.
 */
const count = Number(process.argv[2] ?? 1000);
const accountId = "111122223333";
const region = "us-east-1";
const names = Array.from({ length: count }, (_, index) => `shop-bench-service-${index + 1}`);

const lifecycle = (countNumber: number): string =>
  JSON.stringify({
    rules: [
      {
        ...{ rulePriority: 1, description: `Keep last ${countNumber} images`, action: { type: "expire" } },
        selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber },
      },
    ],
  });

const variables = (): string =>
  `ecr_repositories = {\n${names
    .map(
      (name) =>
        `  "${name.slice("shop-bench-".length)}" = {\n    image_tag_mutability = "IMMUTABLE"\n    max_image_count      = 50\n  }\n`,
    )
    .join("")}}\n`;

const instances = (of: (name: string) => object) =>
  names.map((name) => ({ index_key: name, attributes: of(name) }));

const state = (): string =>
  JSON.stringify(
    {
      version: 4,
      resources: [
        {
          ...{ mode: "managed", type: "aws_ecr_repository", name: "this" },
          instances: instances((name) => ({
            ...{ name, arn: `arn:aws:ecr:${region}:${accountId}:repository/${name}` },
            ...{ image_tag_mutability: "IMMUTABLE", tags_all: { Team: "a" } },
            encryption_configuration: [{ encryption_type: "AES256", kms_key: "" }],
            image_scanning_configuration: [{ scan_on_push: true }],
          })),
        },
        {
          ...{ mode: "managed", type: "aws_ecr_lifecycle_policy", name: "this" },
          instances: instances((repository) => ({ repository, policy: lifecycle(50) })),
        },
      ],
    },
    null,
    2,
  );

/** Run a command, and print its wall and CPU time. It reads nothing from the terminal. */
async function measure(
  source: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<void> {
  const flags = ["--project", "shop", "--account", accountId, "--region", region, "--dry-run"];
  const command = [process.execPath, "run.cjs", "scripts/adopt", source, ...args, "--env", "bench", ...flags];
  const before = cpuSeconds();
  const start = process.hrtime.bigint();
  const code = await new Promise((resolve, reject) => {
    const [program = "", ...rest] = command;
    const child = spawn(program, rest, {
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, ...environment },
    });
    child.on("error", reject).on("close", resolve);
  });
  const wall = Number(process.hrtime.bigint() - start) / 1e9;
  if (code !== 0) throw new Error(`adopt ${source} ended with ${code}`);
  process.stdout.write(
    `adopt ${source}: ${count} repositories, ${wall.toFixed(1)} s wall${cpuText(before, cpuSeconds())}\n`,
  );
}

const cpuText = (before: number | undefined, after: number | undefined): string =>
  before === undefined || after === undefined ? "" : `, ${(after - before).toFixed(1)} s CPU`;

/** An account on the emulator with the repositories in it. */
async function onEmulator(): Promise<void> {
  const found = findMoto();
  if (!("moto" in found))
    return void process.stdout.write("adopt aws: moto is not there, so it is not measured\n");
  const server = await startServer(found.moto, tmpdir());
  const emulator = await startEmulator(server.socket);
  try {
    const account = await emulator.asAccount(accountId);
    const client = new ECRClient(clientConfig(account));
    for (const repositoryName of names) {
      await client.send(new CreateRepositoryCommand({ repositoryName }));
      await client.send(
        new PutLifecyclePolicyCommand({ repositoryName, lifecyclePolicyText: lifecycle(50) }),
      );
    }
    await measure("aws", [], account);
  } finally {
    await emulator.stop();
    await server.stop();
  }
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "bench-adopt-"));
  try {
    const [tfvars, stored] = [join(folder, "a.tfvars"), join(folder, "a.tfstate")];
    writeFileSync(tfvars, variables());
    writeFileSync(stored, state());
    await measure("tfvars", [tfvars]);
    await measure("state", [stored]);
    await onEmulator();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
