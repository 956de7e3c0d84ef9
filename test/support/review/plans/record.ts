import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asMarkdown } from "../../../../scripts/review/report/as-markdown";
import { EmulatedAccount } from "../../emulator/emulated-account";
import { writeEnvironments } from "../../emulator/environment-files";
import { requestCertificate } from "../../emulator/trial-network";
import { accessEdits } from "./access-edits";
import { baseEnvironments, type Environments, runRepositories } from "./base";
import { type Edit, edited } from "./edit";
import { platformEdits } from "./platform-edits";
import { recordedEdits, recordedFile, reportOnRecorded } from "./recorded-plans";
import { Recorder } from "./recorder";
import { repositoryEdits } from "./repository-edits";
import { stableText } from "./stable-text";

const accountId = "123456789012";
const edits: Readonly<Record<string, Edit>> = { ...repositoryEdits, ...accessEdits, ...platformEdits };

/**
 * `npm run plans`: deploy an environment to the emulator, edit its file in many ways, and write Terraform's plan for each
 * edit. `npm run plans -- -t <name>` records one again.
 */
describe("plans", () => {
  let account: EmulatedAccount;
  let recorder: Recorder;
  let base: Environments;

  const write = (environments: Environments) => writeEnvironments(account.workspace, environments);

  async function deploy(...args: string[]): Promise<void> {
    const ran = await account.workspace.command(["deploy", ...args, "--auto-approve"]);
    expect(ran.code, ran.stdout + ran.stderr).toBe(0);
  }

  beforeAll(async () => {
    account = await EmulatedAccount.open(accountId);
    const certificateArn = await requestCertificate(account.variables);
    write(baseEnvironments({ digests: {}, certificateArn }));
    await deploy("qa", "--layer", "security", "--layer", "compute");
    await deploy("dev");
    const digests: Record<string, string> = {};
    for (const name of runRepositories) digests[name] = await account.images.push(`acme-dev-${name}`, "v1");
    base = baseEnvironments({ digests, certificateArn });
    write(base);
    await deploy("dev", "--layer", "compute");
    recorder = await Recorder.of(account);
  });
  afterAll(() => account.close());

  test("no other plan is kept", () => {
    mkdirSync(dirname(recordedFile("")), { recursive: true });
    for (const edit of recordedEdits()) if (!(edit in edits)) rmSync(recordedFile(edit));
  });

  for (const [name, edit] of Object.entries(edits))
    test(name, async () => {
      write(edited(base, edit));

      const { plans, report } = await recorder.record(edit);

      const text = (markdown: string) => stableText(markdown).replace(/^`?<code>.*$/m, "");
      expect(text(asMarkdown(reportOnRecorded(plans)))).toBe(text(asMarkdown(report)));
      writeFileSync(recordedFile(name), stableText(`${JSON.stringify(plans, null, 2)}\n`));
    });
});
