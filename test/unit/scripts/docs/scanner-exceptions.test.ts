import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import { manifestsOf } from "../../../../environments/plan/manifests";
import type { Statement } from "../../../../modules/iam/policy-document";
import { scannerExceptions } from "../../../../scripts/docs/scanner-exceptions";
import { allStacks, type Resource, resourcesIn } from "../../../support/all-stacks";
import { scannerEntries } from "../../../support/docs/scanner-rules";
import { only } from "../../../support/environments/minimal";
import { everyConsumer } from "../../../support/every-consumer";
import { stacksWith } from "../../../support/layers/lambda-environment";

type Arguments = Resource["arguments"];

/** The stacks of the guide, those of everything, and a function with defaults. */
const stacks = { ...allStacks, ...stacksWith({ resize: {} }) };

const manifests: Resource[] = loadEnvironments(only(everyConsumer))
  .flatMap(manifestsOf)
  .flatMap(({ name, manifest }) =>
    manifest === undefined ? [] : [{ stack: "manifest", address: `Deployment.${name}`, arguments: manifest }],
  );

const ofKind = (kind: string): Resource[] => (kind === "Deployment" ? manifests : resourcesIn(stacks, kind));

const always = (): boolean => true;
const onAll = ({ policy }: Arguments): boolean =>
  (policy.Statement as Statement[]).some(({ Effect, Resource }) => Effect === "Allow" && Resource === "*");
const without =
  (argument: string) =>
  (of: Arguments): boolean =>
    of[argument] === undefined;
const opens = (port: number, of: Arguments): boolean =>
  of["cidr_ipv4"] === "0.0.0.0/0" && of["from_port"] === port;
const noPart = (part: string) => (): boolean => resourcesIn(stacks, part).length === 0;
const container = (of: Arguments): Arguments => of["spec"].template.spec.containers[0];

/** Which resources of its kinds break a rule, as the scanners judge them. */
const breaks: Record<string, (of: Arguments, resource: Resource) => boolean> = {
  CKV_AWS_149: without("kms_key_id"),
  "AWS-0098": without("kms_key_id"),
  CKV2_AWS_57: noPart("aws_secretsmanager_secret_rotation"),
  CKV_AWS_338: (of) => of["retention_in_days"] < 365,
  "AWS-0135": without("kms_master_key_id"),
  "AWS-0057": ({ policy }) => JSON.stringify(policy).includes('*"'),
  CKV_AWS_290: onAll,
  CKV_AWS_355: onAll,
  CKV_AWS_18: noPart("aws_s3_bucket_logging"),
  "AWS-0089": noPart("aws_s3_bucket_logging"),
  CKV_AWS_145: (of) => JSON.stringify(of["rule"]).includes("AES256"),
  "AWS-0132": (of) => JSON.stringify(of["rule"]).includes("AES256"),
  "AWS-0170": (of) => of["versioning_configuration"].mfa_delete === undefined,
  CKV_AWS_143: without("object_lock_configuration"),
  CKV_AWS_144: noPart("aws_s3_bucket_replication_configuration"),
  CKV2_AWS_62: noPart("aws_s3_bucket_notification"),
  CKV_AWS_260: (of) => opens(80, of),
  "AWS-0107": (of) => opens(80, of),
  "AWS-0104": (of) => opens(443, of),
  CKV2_AWS_5: (_, { stack, address }) => {
    const users = Object.entries(stacks[stack]?.["resource"] ?? {}).filter(
      ([kind]) => !kind.startsWith("aws_vpc_security_group_"),
    );
    return !JSON.stringify(users).includes(`\${${address}.id}`);
  },
  CKV_AWS_91: without("access_logs"),
  CKV_AWS_378: (of) => of["protocol"] === "HTTP",
  CKV2_AWS_28: noPart("aws_wafv2_web_acl_association"),
  CKV2_AWS_76: noPart("aws_wafv2_web_acl_association"),
  "AWS-0053": (of) => of["internal"] !== true,
  CKV_AWS_115: without("reserved_concurrent_executions"),
  CKV_AWS_117: without("vpc_config"),
  CKV_AWS_272: without("code_signing_config_arn"),
  CKV_K8S_8: (of) => container(of)["livenessProbe"] === undefined,
  CKV_K8S_11: (of) => container(of)["resources"].limits.cpu === undefined,
  CKV_K8S_15: (of) => container(of)["imagePullPolicy"] !== "Always",
  CKV_K8S_40: (of) => of["spec"].template.spec.securityContext.runAsUser === undefined,
};

const cases = scannerExceptions.flatMap(({ rules, kinds }) =>
  rules.flatMap((rule) => kinds.map((kind): [string, string] => [rule, kind])),
);

test.each(cases)("%s is excepted because some %s breaks it", (rule, kind) => {
  const breaking = ofKind(kind).filter((resource) => (breaks[rule] ?? always)(resource.arguments, resource));

  expect(Object.keys(breaks)).toContain(rule);
  expect(breaking).not.toEqual([]);
});

test("the exceptions are the rules that the page says are not met by design, each once", () => {
  const notMet = scannerEntries()
    .filter(({ status }) => /[Nn]ot met\b.*by design/.test(status))
    .flatMap(({ ids, status }) => ids.filter((id) => !status.includes(`${id} is met`)));

  expect(scannerExceptions.flatMap(({ rules }) => rules).toSorted()).toEqual(notMet.toSorted());
});
