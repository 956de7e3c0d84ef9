import { expect, test, vi } from "vitest";
import { loadEnvironments } from "../../../../../environments/load";
import type { NamedImage } from "../../../../../environments/plan/image-gate";
import type { AskGate } from "../../../../../scripts/ecr/gate/ask-gate";
import type { GateProblem } from "../../../../../scripts/ecr/gate/judge-image";
import { manifestVerdict } from "../../../../../scripts/ecr/manifests/manifest-gate";
import { selectedManifests } from "../../../../../scripts/ecr/manifests/selected-manifests";
import { minimal, only } from "../../../../support/environments/minimal";

const other = "210987654321.dkr.ecr.eu-west-1.amazonaws.com/agent";
const digest = `sha256:${"1".repeat(64)}`;

function environmentWith(more: object) {
  const deployments = {
    "web-app": { image: { repository: "web-app", digest } },
    other: { image: { repository: other, digest } },
    waiting: { image: { repository: "worker", awaitsFirstPush: true } },
  };
  const [environment] = loadEnvironments(
    only({
      ...minimal,
      ecr: { repositories: { "web-app": {}, worker: {} } },
      network: {
        kind: "existing",
        vpcId: "vpc-0123456789abcdef0",
        privateSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
      },
      eks: { kubernetesVersion: "1.33", autoMode: {}, deployments },
      ...more,
    }),
  );
  if (environment === undefined) throw new Error("no environment");
  return environment;
}

const answer = (problems: readonly GateProblem[]) =>
  vi.fn<AskGate>(async (_, images: readonly NamedImage[]) => ({
    idle: [],
    results: images.map(({ repository }) => ({
      ...{ label: repository, image: undefined, problems, used: new Set() },
      rules: {
        ...{ severity: undefined, maxAgeDays: undefined, requireSignature: true },
        requireArchitecture: true,
      },
    })),
  }));
const unsigned: GateProblem = { check: "signature", kind: "refused", text: "has no signature" };
const unscanned: GateProblem = { check: "scan", kind: "unjudged", text: "has no finished scan: PENDING" };
const gated = environmentWith({ imageGate: { requireSignature: true, uncheckedAccounts: ["210987654321"] } });

test("the gate is asked about the images in the manifests, and about no others", async () => {
  const ask = answer([]);
  const { ready } = selectedManifests(gated, undefined);
  const verdict = await manifestVerdict(gated, ready, true, ask);

  expect(ask.mock.calls.map(([, images]) => images.map(({ repository }) => repository))).toEqual([
    ["web-app"],
  ]);
  expect(verdict.exitCode).toBe(0);
  expect(verdict.text).toContain(`${other}@${digest} was not checked`);
});

test("an image that does not pass is told with what to do", async () => {
  const { ready } = selectedManifests(gated, "web-app");
  const refused = await manifestVerdict(gated, ready, true, answer([unsigned, unscanned]));
  const unjudged = await manifestVerdict(gated, ready, true, answer([unscanned]));

  expect([refused.exitCode, unjudged.exitCode]).toEqual([2, 1]);
  expect(refused.text).toBe(
    `The manifests of test run images that do not pass the gate, so none is written:
web-app is refused: it has no signature
web-app cannot be judged: it has no finished scan: PENDING
Deploy another image, or add the digest with a reason and a day to imageGate.exceptions in environments/test.ts.
To wait for scans: npm run ecr -- gate --env test --image web-app
`,
  );
});

test("nothing is asked without a gate, or if the user does not want it", async () => {
  const ask = answer([unsigned]);
  const bare = environmentWith({});
  const { ready } = selectedManifests(gated, undefined);

  expect(await manifestVerdict(bare, ready, true, ask)).toEqual({ exitCode: 0, text: "" });
  expect(await manifestVerdict(gated, ready, false, ask)).toEqual({
    exitCode: 0,
    text: "imageGate of test was not asked. Before you apply the manifests: npm run ecr -- gate --env test\n",
  });
  expect(ask).not.toHaveBeenCalled();
});
