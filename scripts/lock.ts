import "../exit-guard";
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { listedProject } from "./environment-files/listed-project";
import { parseCommands } from "./runner/arguments";
import { CommandError, run } from "./runner/command";
import { type CommandHelp, commandHelp } from "./runner/help-text";
import { providerLock } from "./runner/provider-lock";
import { flags } from "./runner/stack";
import { synthesize } from "./runner/synthesis";
import { terraform } from "./runner/terraform";
import { stacksIn } from "./runner/written-stacks";

/** Where people and pipelines run Terraform. @see https://developer.hashicorp.com/terraform/cli/commands/providers/lock */
const everyPlatform = ["linux_amd64", "linux_arm64", "darwin_amd64", "darwin_arm64", "windows_amd64"];

const help: CommandHelp = {
  notes: `Terraform takes the checksums from the provider's own registry and checks its signature. Behind a mirror, pass
-fs-mirror=<folder> or -net-mirror=<url>.`,
  exitCodes: { 0: "the file is written", 1: "Terraform failed, and the file is as it was" },
  examples: ["", "--platform linux_amd64 -fs-mirror=/opt/terraform/providers"],
};

/** `npm run lock`: write one provider lock for all stacks and platforms, which every `terraform init` then requires. */
run(async () => {
  const program = new Command("lock")
    .description(`Write ${providerLock} with the checksums of the AWS provider. Commit the file.`)
    .argument("[flags...]", "passed to terraform providers lock")
    .option("--platform <name>", `instead of ${everyPlatform.join(", ")}; can be repeated`, collect, [])
    .allowUnknownOption()
    .addHelpText("after", commandHelp("lock", help))
    .action((terraformFlags: string[], { platform }: { platform: string[] }) =>
      lock(platform.length > 0 ? platform : everyPlatform, terraformFlags),
    );
  await parseCommands(program, process.argv);
  return 0;
});

function collect(value: string, earlier: readonly string[]): string[] {
  return [...earlier, value];
}

async function lock(platforms: readonly string[], terraformFlags: readonly string[]): Promise<void> {
  // Every stack has the same provider in the same version.
  const [stack] = Object.values(stacksIn(synthesize(listedProject())));
  const { required_providers } = stack?.terraform ?? {};
  const folder = mkdtempSync(join(tmpdir(), "lock-"));
  try {
    writeFileSync(join(folder, "providers.tf.json"), JSON.stringify({ terraform: { required_providers } }));
    const wanted = platforms.map((platform) => `-platform=${platform}`);
    const { code } = await terraform(folder, ["providers", "lock", ...wanted, ...terraformFlags, ...flags()]);
    if (code !== 0)
      throw new CommandError(
        `terraform providers lock failed with exit code ${code}; ${providerLock} is as it was.`,
        code,
      );
    const draft = `${providerLock}.${process.pid}`;
    writeFileSync(draft, readFileSync(join(folder, providerLock)));
    renameSync(draft, providerLock);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  process.stdout.write(`\n${providerLock} is written for ${platforms.join(", ")}; commit it.\n`);
}
