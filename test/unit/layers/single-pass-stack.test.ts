import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { App, StringMap, TerraformStack, Token } from "cdktf";
import { expect, test } from "vitest";
import { buildApp } from "../../../app";
import { definitions } from "../../../environments/all";
import { loadProject } from "../../../environments/load";
import { SinglePassStack } from "../../../layers/single-pass-stack";
import { literalText, terraformText, withTexts } from "../../../modules/terraform/literal-text";
import { only } from "../../support/environments/minimal";
import { everyConsumer } from "../../support/every-consumer";

class Stack extends SinglePassStack {}

const inShards = only({ ...everyConsumer, ecr: { ...everyConsumer.ecr, stateShards: 2 } });
const stacks = [definitions, only(everyConsumer), inShards].flatMap((of) =>
  buildApp(loadProject(of, {})).node.children.filter((child) => child instanceof SinglePassStack),
);

test.each(stacks.map((stack) => [stack.node.id, stack] as const))(
  "%s is as CDKTF resolves it, but for literal texts",
  (_, stack) => {
    stack.prepareStack();
    const expected = TerraformStack.prototype.toTerraform.call(stack);

    expect(stack.toTerraform()).toEqual(withTexts(expected, terraformText));
  },
);

test("tokens of every kind are resolved as CDKTF resolves them", () => {
  const stack = new Stack(new App(), "one");
  const key = new KmsKey(stack, "key");
  const number = Token.asNumber(`\${${"1 + 1"}}`);
  new SnsTopic(stack, "topic", {
    name: `topic-${key.keyId}-${number}`,
    kmsMasterKeyId: key.arn,
    tracingConfig: undefined as never,
    httpSuccessFeedbackSampleRate: number,
    tags: { key: key.arn, plain: "value", [`of-${key.keyId}`]: "token in a key" },
    dependsOn: [key],
  });
  stack.addOverride("terraform.required_version", ">= 1.11.0");
  stack.addOverride("locals.key", key.arn);
  stack.prepareStack();

  expect(stack.toTerraform()).toEqual(TerraformStack.prototype.toTerraform.call(stack));
});

test("fails when a stack refers to a construct of another stack", () => {
  const app = new App();
  const key = new KmsKey(new Stack(app, "security"), "key");
  const compute = new Stack(app, "compute");
  new SnsTopic(compute, "topic", { kmsMasterKeyId: key.arn });

  expect(() => compute.toTerraform()).toThrowErrorMatchingInlineSnapshot(
    `[Error: compute refers to a construct of security; publish an output in a contract and read that instead]`,
  );
});

test("an error while stacks are built keeps its stack trace", () => {
  const { captureStackTrace } = Error;
  const input = { ...loadProject(only(everyConsumer), {}), context: {} };

  expect(() => buildApp(input)).toThrow(/awsProviderVersion/);
  try {
    buildApp(input);
  } catch (error) {
    expect((error as Error).stack).toContain("layer-stack");
  }
  expect(Error.captureStackTrace).toBe(captureStackTrace);
});

test("a reference that contains a literal text has it as Terraform escapes it", () => {
  const stack = new Stack(new App(), "one");
  const topic = new SnsTopic(stack, "topic");
  new SnsTopic(stack, "other", { name: new StringMap(topic, "tags_all").lookup(literalText("a${b")) });
  stack.prepareStack();

  expect(stack.toTerraform()["resource"]).toMatchObject({
    aws_sns_topic: { other: { name: '${aws_sns_topic.topic.tags_all["a$${b"]}' } },
  });
});

test("a synth that ends before it has written a stack leaves what Terraform refuses", () => {
  const outdir = mkdtempSync(join(tmpdir(), "interrupted-"));
  const stack = new Stack(new App({ outdir }), "one");
  const cdktf = stack.synthesizer;
  const { toTerraform } = stack;
  stack.toTerraform = () => ({ ...toTerraform.call(stack), locals: { loop: BigInt(1) } });

  expect(() => cdktf.synthesize(session(stack, outdir))).toThrow(/BigInt/);
  expect(JSON.parse(readFileSync(join(outdir, "stacks/one/cdk.tf.json"), "utf8"))).toEqual({
    "this synth was interrupted; run it again": {},
  });
  rmSync(outdir, { recursive: true });
});

function session(stack: TerraformStack, outdir: string) {
  const { manifest } = stack.node.root as App;
  mkdirSync(join(outdir, "stacks"), { recursive: true });
  return { outdir, manifest, skipValidation: true };
}
