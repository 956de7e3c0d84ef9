import { describe, expect, test } from "vitest";
import { referenceIn } from "../../../../../scripts/ecr/running/running-image";

const repository = { accountId: "123456789012", region: "us-east-1", name: "team/web" };
const digest = `sha256:${"a".repeat(64)}`;
const host = "123456789012.dkr.ecr.us-east-1.amazonaws.com";

describe("an image of the repository", () => {
  test.each([
    ["by tag", `${host}/team/web:v1`, { tag: "v1" }],
    ["without a tag", `${host}/team/web`, { tag: "latest" }],
    ["by digest", `${host}/team/web@${digest}`, { digest }],
    ["by tag and digest", `${host}/team/web:v1@${digest}`, { digest }],
    ["as old versions of Kubernetes write it", `docker-pullable://${host}/team/web@${digest}`, { digest }],
    ["at the dual-stack host", "123456789012.dkr-ecr.us-east-1.on.aws/team/web:v1", { tag: "v1" }],
    ["at the FIPS host", "123456789012.dkr.ecr-fips.us-east-1.amazonaws.com/team/web:v1", { tag: "v1" }],
  ])("%s", (_, uri, reference) => {
    expect(referenceIn({ uri, user: "" }, repository)).toEqual(reference);
  });

  test("by the digest that runs, whatever its tag names now", () => {
    expect(referenceIn({ uri: `${host}/team/web:v1`, digest, user: "" }, repository)).toEqual({ digest });
  });
});

test.each([
  ["another repository", `${host}/team/web2:v1`],
  ["a repository below it", `${host}/team/web/v2:v1`],
  ["another Region", "123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/web:v1"],
  ["another account", "210987654321.dkr.ecr.us-east-1.amazonaws.com/team/web:v1"],
  ["another host that ends alike", `evil-${host}/team/web:v1`],
  ["Docker Hub", "nginx:1.29"],
  ["an ID of a local image", `sha256:${"b".repeat(64)}`],
])("%s is no image of it", (_, uri) => {
  expect(referenceIn({ uri, user: "" }, repository)).toBeUndefined();
});

test("a registry in China has hosts of its own", () => {
  const inChina = { ...repository, region: "cn-north-1" };

  expect(
    referenceIn({ uri: "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/team/web:v1", user: "" }, inChina),
  ).toEqual({ tag: "v1" });
});
