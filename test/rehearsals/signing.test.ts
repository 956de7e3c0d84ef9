import { readFileSync } from "node:fs";
import { CreateRepositoryCommand, ECRClient } from "@aws-sdk/client-ecr";
import { GetRolePolicyCommand, IAMClient } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientConfig } from "../../emulator/client-config";
import { EmulatedAccount } from "../support/emulator/emulated-account";
import { writeEnvironments } from "../support/emulator/environment-files";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";

const repositoryName = "acme-trial-app";
const layer = ["--layer", "security"];

/** Signatures that were in a registry: the files say where they come from. */
const recorded = (file: string) =>
  (JSON.parse(readFileSync(`test/support/ecr/${file}.json`, "utf8")) as { readonly manifest: Recorded })
    .manifest;

interface Recorded {
  readonly layers: readonly object[];
  readonly artifactType?: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A signing profile, and images that are signed in several ways. The tests build on each other, in this order. */
describeWithTerraform("signed images", () => {
  let account: EmulatedAccount;

  beforeAll(async () => {
    account = await EmulatedAccount.open("123456789012");
    const ecr = new ECRClient(clientConfig(account.variables));
    await ecr.send(new CreateRepositoryCommand({ repositoryName }));
    writeEnvironments(account.workspace, {
      trial: {
        project: "acme",
        security: {
          signingProfile: true,
          ci: { push: { app: { repositories: ["app"], trust: [{ github: "acme/app", branch: "main" }] } } },
        },
        ecr: { repositories: { app: {} } },
        imageGate: { requireSignature: true, requireArchitecture: false },
      },
    });
  });
  afterAll(() => account.close());

  const ecrCommand = (...args: string[]) => account.workspace.command(["ecr", ...args, "--env", "trial"]);
  const status = (...images: string[]) =>
    ecrCommand("signing", "status", ...images.flatMap((image) => ["--image", image]), "--json");

  test("the profile is created, the push role may sign with it, and the next plan is empty", async () => {
    const { code, stdout, stderr } = await account.workspace.command([
      ...["deploy", "trial", ...layer, "--auto-approve"],
    ]);
    const after = await account.workspace.command(["diff", "trial", ...layer]);
    const name = "acme-trial-ci-push-app";
    const iam = new IAMClient(clientConfig(account.variables));
    const { PolicyDocument = "" } = await iam.send(
      new GetRolePolicyCommand({ RoleName: name, PolicyName: name }),
    );
    const { Statement } = JSON.parse(decodeURIComponent(PolicyDocument));

    expect(code, stdout + stderr).toBe(0);
    expect(after.code, after.stdout + after.stderr).toBe(0);
    expect(Statement).toContainEqual({
      Sid: "SignImages",
      Effect: "Allow",
      Action: ["signer:SignPayload"],
      Resource: "arn:aws:signer:us-east-1:123456789012:/signing-profiles/acme_trial_images",
    });
  });

  test("an image that is not signed is told apart from those that are", async () => {
    const unsigned = await account.images.push(repositoryName, "unsigned");
    const notation = await account.images.push(repositoryName, "notation");
    const cosign = await account.images.push(repositoryName, "cosign");
    const faked = await account.images.push(repositoryName, "faked");
    const bundle = await account.images.push(repositoryName, "bundle");
    const subject = (digest: string) => ({
      subject: { mediaType: "application/vnd.oci.image.manifest.v1+json", digest, size: 1 },
    });
    await account.images.push(repositoryName, "signature", {
      ...{ ...subject(notation), artifactType: "application/vnd.cncf.notary.signature" },
    });
    const { artifactType, annotations } = recorded("sigstore-bundle-signature");
    await account.images.push(repositoryName, "bundled", { ...subject(bundle), artifactType, annotations });
    // The emulator refuses layers that it does not have, unless their digests are not real.
    const layers = recorded("copied-cosign-signature").layers.map((layer) => ({
      ...layer,
      digest: "signed",
    }));
    const tagFor = (digest: string) => `${digest.replace(":", "-")}.sig`;
    await account.images.push(repositoryName, tagFor(cosign), { layers });
    await account.images.push(repositoryName, tagFor(faked));
    const tags = ["unsigned", "notation", "bundle", "cosign", "faked"].map((tag) => `app:${tag}`);
    const { code, stdout, stderr } = await status(...tags);

    expect(code, stderr).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      managedSigning: [],
      images: [
        { digest: unsigned, signed: false, required: true, signatures: [] },
        { signed: true, signatures: [{ by: "referrer", type: "application/vnd.cncf.notary.signature" }] },
        {
          signed: true,
          signatures: [{ by: "referrer", type: "application/vnd.dev.sigstore.bundle.v0.3+json" }],
        },
        {
          signed: true,
          signatures: [{ by: "tag", type: "application/vnd.dev.cosign.simplesigning.v1+json" }],
        },
        { signed: false, signatures: [] },
      ],
    });
  });

  test("the gate sees the same signatures", async () => {
    const gate = (tag: string) => ecrCommand("gate", "--image", `app:${tag}`);
    const codes: (number | null)[] = [];
    for (const tag of ["unsigned", "notation", "bundle", "cosign", "faked"])
      codes.push((await gate(tag)).code);

    expect(codes).toEqual([2, 0, 0, 0, 2]);
  });

  test("all images that the file names are signed where it names none", async () => {
    const { code, stdout } = await ecrCommand("signing", "status");

    expect(code).toBe(0);
    expect(stdout).toBe(
      "No consumer of trial names an image.\nECR signs nothing that is pushed: managed signing is not configured.\n",
    );
  });
});
