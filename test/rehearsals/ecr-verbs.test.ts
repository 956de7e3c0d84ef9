import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  CreateRepositoryCommand,
  ECRClient,
  PutLifecyclePolicyCommand,
  PutRegistryScanningConfigurationCommand,
  StartImageScanCommand,
  TagResourceCommand,
} from "@aws-sdk/client-ecr";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientConfig } from "../../emulator/client-config";
import { ImageRegistry, ociManifest } from "../../emulator/image-registry";
import { type Emulator, startEmulator } from "../support/emulator/emulator";
import { PushedImages } from "../support/emulator/pushed-images";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";
import { Workspace } from "../support/emulator/workspace";

const host = "123456789012.dkr.ecr.us-east-1.amazonaws.com";
const name = "myproject-dev-web-app";
const url = `${host}/${name}`;

/** The commands of every day, with the SDK against the emulator. */
describeWithTerraform("ecr verbs", () => {
  let emulator: Emulator;
  let workspace: Workspace;
  let client: ECRClient;
  let images: ImageRegistry;
  let whole: PushedImages;
  let account: Record<string, string>;
  /** Programs of the user, which only write what they were asked. */
  let programs: Record<string, string>;
  let log: string;

  beforeAll(async () => {
    emulator = await startEmulator();
    account = await emulator.asAccount("123456789012");
    workspace = new Workspace(account);
    client = new ECRClient(clientConfig(account));
    images = new ImageRegistry(account);
    whole = new PushedImages(account, "us-east-1");
    await client.send(new CreateRepositoryCommand({ repositoryName: name }));
    programs = recordingPrograms("docker", "podman", "helm", "aws", "git");
  });
  afterAll(async () => {
    await emulator.stop();
    workspace.remove();
  });

  const ecr = (verb: string, ...args: string[]) => workspace.command(["ecr", verb, "--env", "dev", ...args]);
  const json = async (verb: string, ...args: string[]) => {
    const { code, stdout, stderr } = await ecr(verb, ...args, "--json");
    expect([0, 2, 3], stderr).toContain(code);
    return JSON.parse(stdout);
  };

  function recordingPrograms(...names: readonly string[]): Record<string, string> {
    const folder = join(workspace.folder, "programs");
    log = join(folder, "log");
    mkdirSync(folder);
    for (const program of names) {
      const file = join(folder, program);
      const lines = [
        "#!/bin/sh",
        `echo "${program} $*" >> ${log}`,
        `case "$*" in *--password-stdin*) echo "  password: $(cut -c1-4)" >> ${log} ;; esac`,
        `case "${program} $1" in "git rev-parse") echo abc123 ;; "aws ecr") echo secret ;; esac`,
      ];
      writeFileSync(file, lines.join("\n"));
      chmodSync(file, 0o755);
    }
    return { PATH: `${folder}:${process.env["PATH"]}` };
  }
  const recorded = (): string[] => {
    const lines = readFileSync(log, "utf8").trim().split("\n");
    writeFileSync(log, "");
    return lines;
  };

  test("urls, login and push-commands need no credentials, and print the same registry", async () => {
    const without = {
      AWS_ACCESS_KEY_ID: "",
      AWS_SECRET_ACCESS_KEY: "",
      AWS_ENDPOINT_URL: "http://127.0.0.1:9",
    };
    const offline = (verb: string, ...args: string[]) =>
      workspace.command(["ecr", verb, "--env", "dev", ...args], without);
    const one = await offline("urls", "--repository", "web-app");
    const all = await offline("urls", "--json");
    const login = await offline("login");
    const helper = await offline("login", "--client", "credential-helper");
    const push = await offline("push-commands", "--repository", "web-app");

    expect(one).toMatchObject({ code: 0, stdout: `${url}\n`, stderr: "" });
    expect(JSON.parse(all.stdout).repositories[0]).toMatchObject({ kind: "own", repository: "web-app", url });
    expect(login.stdout).toBe(
      `aws ecr get-login-password --region us-east-1 | docker login --username AWS --password-stdin ${host}\n`,
    );
    expect(JSON.parse(helper.stdout)).toEqual({ credHelpers: { [host]: "ecr-login" } });
    expect(push.stdout).toContain(`docker push "${url}:$TAG"`);
  });

  test("login --run gives the password to the program, and prints it nowhere", async () => {
    const ran = await workspace.command(
      ["ecr", "login", "--env", "dev", "--run", "--client", "helm"],
      programs,
    );

    expect(ran).toMatchObject({ code: 0, stdout: "", stderr: "" });
    expect(recorded()).toEqual([
      `helm registry login --username AWS --password-stdin ${host}`,
      expect.stringMatching(/^ {2}password: .{4}$/),
    ]);
  });

  test("login --password prints the password alone; a program that is missing is named", async () => {
    const password = await ecr("login", "--password");
    const missing = await workspace.command(["ecr", "login", "--env", "dev", "--run"], {
      PATH: join(process.execPath, ".."),
    });

    expect(password.stdout).toMatch(/^\S+\n$/);
    expect(missing.code).toBe(1);
    expect(missing.stderr).toContain("docker could not be started");
  });

  test("the commands of push-commands and pull-commands run as they are printed", async () => {
    const push = await ecr("push-commands", "--repository", "web-app");
    const pull = await ecr("pull-commands", "--image", "web-app:v1", "--client", "podman");
    await workspace.run(["sh", "-ec", push.stdout], programs);
    await workspace.run(["sh", "-ec", pull.stdout], programs);

    expect(recorded().toSorted()).toEqual(
      [
        "git rev-parse HEAD",
        "aws ecr get-login-password --region us-east-1",
        `docker login --username AWS --password-stdin ${host}`,
        "  password: secr",
        "docker build --platform linux/amd64 --tag web-app:abc123 .",
        `docker tag web-app:abc123 ${url}:abc123`,
        `docker push ${url}:abc123`,
        `aws ecr describe-images --region us-east-1 --registry-id 123456789012 --repository-name ${name} --image-ids imageTag=abc123 --query imageDetails[0].imageDigest --output text`,
        "aws ecr get-login-password --region us-east-1",
        `podman login --username AWS --password-stdin ${host}`,
        "  password: secr",
        `podman pull ${url}:v1`,
      ].toSorted(),
    );
  });

  test("images are listed with tags, sizes, scans, platforms and signatures", async () => {
    const signed = await whole.push(name, ["v1", "latest"], [Buffer.from("a layer")]);
    const other = await images.push(name, "v2");
    await images.pushList(name, "v3", [
      { mediaType: ociManifest, digest: signed, size: 1, platform: { os: "linux", architecture: "arm64" } },
    ]);
    const signature = await images.push(name, "sig", {
      artifactType: "application/vnd.cncf.notary.signature",
      subject: { mediaType: ociManifest, digest: signed, size: 1 },
    });
    await images.push(name, "attestation", {
      artifactType: "application/vnd.dev.sigstore.bundle.v0.3+json",
      annotations: { "dev.sigstore.bundle.predicateType": "https://slsa.dev/provenance/v1" },
      subject: { mediaType: ociManifest, digest: other, size: 1 },
    });
    await client.send(new StartImageScanCommand({ repositoryName: name, imageId: { imageDigest: signed } }));
    const listed = await json("images", "--repository", "web-app", "--sort", "tag");
    const text = await ecr("images", "--repository", "web-app", "--tag", "v*", "--kind", "image");

    expect(listed.images).toMatchObject([
      { tags: ["attestation"], kind: "referrer" },
      { digest: signed, tags: ["latest", "v1"], kind: "image", scan: { state: "done" }, signed: true },
      { digest: signature, tags: ["sig"], kind: "referrer", signed: false },
      { digest: other, tags: ["v2"], scan: { state: "waiting" }, signed: false, lastPulledAt: null },
      { tags: ["v3"], kind: "list", scan: null, signed: false },
    ]);
    expect(
      text.stdout
        .split("\n")
        .map((line) => line.split("\t")[0])
        .toSorted(),
    ).toEqual([...["", "latest v1", "tags", "v2"]]);
    expect(text.stderr).toBe(`${name}: 5 images, 2 of which match.\n`);
  });

  test("images are listed by tag, signature, age and size", async () => {
    const of = (...args: string[]) => json("images", "--repository", "web-app", ...args);
    const untagged = await of("--untagged", "--pushed-before", "30", "--sort", "size");
    const unsigned = await of("--unsigned", "--limit", "all", "--tag", "v*");

    expect(untagged).toMatchObject({ images: [], matching: 0, total: 5 });
    expect(unsigned.images.map(({ tags }: { tags: string[] }) => tags.join()).toSorted()).toEqual([
      "v2",
      "v3",
    ]);
  });

  test("platforms are read only when asked for, because ECR counts it as a pull", async () => {
    const before = await json("images", "--repository", "web-app", "--tag", "v1");
    const list = await json("images", "--repository", "web-app", "--platform", "linux/arm64");
    const one = await json("images", "--repository", "web-app", "--tag", "v1", "--platform");
    const after = await json("images", "--repository", "web-app", "--tag", "v1");

    expect(before.images[0]).not.toHaveProperty("platforms");
    expect(before.images[0].lastPulledAt).toBeNull();
    expect(list.images).toMatchObject([{ tags: ["v3"], platforms: ["linux/arm64"] }]);
    expect(one.images[0].platforms).toEqual(["linux/amd64"]);
    expect(after.images[0].lastPulledAt).not.toBeNull();
  });

  test("tags are listed with their digests", async () => {
    const { tags, matching } = await json(
      "tags",
      "--repository",
      "web-app",
      "--match",
      "v*",
      "--sort",
      "tag",
    );

    expect(tags.map(({ tag, moves }: { tag: string; moves: boolean }) => [tag, moves])).toEqual([
      ["v1", true],
      ["v2", true],
      ["v3", true],
    ]);
    expect(matching).toBe(3);
  });

  test("more than a page of images is listed", async () => {
    const repositoryName = "myproject-dev-worker";
    await client.send(new CreateRepositoryCommand({ repositoryName }));
    for (let start = 0; start < 1050; start += 50)
      await Promise.all(
        Array.from({ length: 50 }, (_, index) => images.push(repositoryName, `n${start + index}`)),
      );
    const { images: found, matching } = await json(
      "images",
      "--repository",
      "worker",
      "--limit",
      "2",
      "--sort",
      "tag",
    );
    const { tags } = await json("tags", "--repository", "worker", "--limit", "all");

    expect(found.map(({ tags: [tag] }: { tags: string[] }) => tag)).toEqual(["n0", "n1"]);
    expect(matching).toBe(1050);
    expect(tags).toHaveLength(1050);
  });

  test("describe finds what differs, until AWS has what the file says", async () => {
    const differing = await ecr("describe", "--repository", "web-app", "--json");
    const { settings, arn } = JSON.parse(differing.stdout);
    const setting = (wanted: string) => settings.find((one: { setting: string }) => one.setting === wanted);

    expect(differing.code).toBe(2);
    expect(setting("lifecyclePolicy")).toMatchObject({ actual: null, differs: true });
    expect(setting("imageTagMutability")).toMatchObject({
      declared: "MUTABLE",
      actual: "MUTABLE",
      differs: false,
    });

    const policy = JSON.stringify(setting("lifecyclePolicy").declared);
    const Tags = Object.entries<string>(setting("tags").declared).map(([Key, Value]) => ({ Key, Value }));
    await client.send(new PutLifecyclePolicyCommand({ repositoryName: name, lifecyclePolicyText: policy }));
    await client.send(new TagResourceCommand({ resourceArn: arn, tags: Tags }));
    await client.send(
      new PutRegistryScanningConfigurationCommand({
        scanType: "BASIC",
        rules: [
          {
            scanFrequency: "SCAN_ON_PUSH",
            repositoryFilters: [{ filter: "myproject-dev-*", filterType: "WILDCARD" }],
          },
        ],
      }),
    );
    const same = await ecr("describe", "--repository", "web-app");

    expect(same.stdout).toContain("AWS has what the environment file says.");
    expect(same.stdout).toContain('run by:     ecs.services["web-app"]');
    expect(same.code).toBe(0);
  });

  test("describe of a repository that is not deployed says so", async () => {
    const { code, stdout } = await ecr("describe", "--repository", "api-service");

    expect(code).toBe(3);
    expect(stdout).toContain("deploy it: npm run deploy -- dev");
  });

  test("fails with credentials of another account, before it reads anything", async () => {
    const foreign = await emulator.asAccount("999988887777");
    for (const verb of ["images", "tags", "describe"]) {
      const { code, stdout, stderr } = await workspace.command(
        ["ecr", verb, "--env", "dev", "--repository", "web-app"],
        foreign,
      );
      expect([code, stdout]).toEqual([1, ""]);
      expect(stderr).toContain(
        "The AWS credentials belong to account 999988887777, but dev is in 123456789012",
      );
    }
  });

  test("fails when a repository is not in the file, and when it is not deployed", async () => {
    const unknown = await ecr("images", "--repository", "web-ap");
    const absent = await ecr("images", "--repository", "lambda-processor");

    expect(unknown).toMatchObject({
      code: 1,
      stderr: 'There is no repository "web-ap" in dev; did you mean "web-app"?\n',
    });
    expect(absent.code).toBe(1);
    expect(absent.stderr).toContain("RepositoryNotFoundException");
  });
});
