import { cpSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { table } from "../scripts/docs/markdown-table";
import { listedProject } from "../scripts/environment-files/listed-project";
import { CommandError, run } from "../scripts/runner/command";
import { environmentNamed } from "../scripts/runner/selection";
import { Ending } from "../scripts/try/ending";
import { runInTrial, type TrialPlace } from "../scripts/try/in-trial";
import { providerFor, requireMoto, requireTerraform } from "../scripts/try/parts";
import { placeIn } from "../scripts/try/trial";
import { deployInTrial } from "../scripts/try/trial-deployment";
import { emulatedAccount, startTrialEmulator } from "../scripts/try/trial-emulator";
import { claim, remove, type TrialFolder, trialFolder } from "../scripts/try/trial-folder";
import { copyForTrial, useProviderVersion } from "../scripts/try/trial-project";
import { type Asked, askedIn, type Fulfilled, fulfilled } from "./registry-settings";

/**
 * `npm run bench:owner`: apply the repositories of prod to an emulated AWS twice, each in an account of its own: from a
 * module that sets scanning and replication for its own repository (`bench/per-repository`), and with this project. Prints
 * what ECR's API then reports, and what the next plans would change, as the table of the README.
 */
run(async () => {
  requireTerraform();
  const environment = environmentNamed("prod", listedProject().environments);
  const asked = askedIn(environment);
  const moto = requireMoto();
  const ending = new Ending();
  const folder = trialFolder();
  const control = await claim(folder, () => ending.begin("down"));
  const emulator = await startTrialEmulator(moto, folder, 0, ending.signal);
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  const { says: _, ...provider } = providerFor(folder.path);
  const account = (id: string) => emulatedAccount(emulator.endpoint, id);
  try {
    const other = await account("111122223333");
    const otherPlace = { ...placeIn(folder, { account: other, provider: provider.variables }) };
    const plans = await applyPerRepository(otherPlace, folder, asked, ending.signal);
    const perRepository = await fulfilled(asked, other);

    const own = await account(environment.accountId);
    const place = placeIn(folder, { account: own, provider: provider.variables });
    copyForTrial(process.cwd(), folder.project, { all: false });
    if (provider.version !== undefined) useProviderVersion(folder.project, provider.version);
    await deployInTrial({ place, folder, environment, end: ending.signal, say });
    const diff = ["node", "run.cjs", "scripts/diff", "prod"];
    const { exitCode, output } = await runInTrial(place, diff, { end: ending.signal });
    if (exitCode !== 0 && exitCode !== 2) throw new CommandError(output);
    process.stdout.write(
      `${comparison(perRepository, plans, await fulfilled(asked, own), exitCode === 0)}\n`,
    );
    return 0;
  } finally {
    await emulator.stop();
    remove(folder);
    control.close();
  }
});

/** Apply the module for each repository, plan, and do both again. @returns how many resources each plan would change */
async function applyPerRepository(
  place: TrialPlace,
  { path }: TrialFolder,
  asked: Readonly<Record<string, Asked>>,
  end: AbortSignal,
): Promise<number[]> {
  const folder = join(path, "per-repository");
  cpSync(resolve("bench/per-repository"), folder, { recursive: true });
  const repositories = Object.entries(asked).map(([name, { scanFrequency, regions }]) => [
    name,
    { scan_frequency: scanFrequency, regions },
  ]);
  writeFileSync(
    join(folder, "terraform.tfvars.json"),
    JSON.stringify({ repositories: Object.fromEntries(repositories) }),
  );
  const terraform = async (...args: string[]) => {
    const { exitCode, output, stdout } = await runInTrial({ ...place, folder }, ["terraform", ...args], {
      end,
    });
    if (exitCode !== 0) throw new CommandError(output);
    return stdout;
  };
  const changes: number[] = [];
  await terraform("init", "-input=false");
  for (let round = 0; round < 2; round++) {
    await terraform("apply", "-auto-approve", "-input=false");
    await terraform("plan", "-out=next.tfplan", "-input=false");
    const plan = JSON.parse(await terraform("show", "-json", "next.tfplan")) as {
      resource_changes?: { change: { actions: string[] } }[];
    };
    const changed = (plan.resource_changes ?? []).filter(({ change }) => !change.actions.includes("no-op"));
    changes.push(changed.filter(({ change }) => !change.actions.includes("read")).length);
  }
  return changes;
}

/** The table of the README. */
function comparison(other: Fulfilled, plans: readonly number[], own: Fulfilled, isEmpty: boolean): string {
  const always = new Set(plans).size === 1 ? `${plans[0]} changes, again after each apply` : plans.join(", ");
  return table(
    ["The same production configuration, applied", "A module that sets them per repository", "This project"],
    [
      ["Replicated as asked", ...[other, own].map((o) => `${o.replicated} of ${o.replicating} repositories`)],
      ["Scanned as asked", ...[other, own].map((o) => `${o.scanned} of ${o.repositories} repositories`)],
      ["Next plan", always, isEmpty ? "no changes" : "changes"],
    ],
  );
}
