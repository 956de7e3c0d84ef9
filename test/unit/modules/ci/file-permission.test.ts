import { expect, test } from "vitest";
import { fileReads, fileSystemPermission } from "../../../../modules/ci/file-permission";
import { isAllowed } from "../../../support/iam-evaluator";
import { acmeTest as place } from "../../../support/managed-environment";

const arn = (resource: string) => `arn:aws:elasticfilesystem:eu-west-1:111122223333:${resource}`;
const own = arn("file-system/fs-0123456789abcdef0");
const existing = "fs-00000000000000001";
const tags = (kind: "Request" | "Resource", environment: string) => ({
  [`aws:${kind}Tag/${place.tagNames.project}`]: "acme",
  [`aws:${kind}Tag/${place.tagNames.environment}`]: environment,
});
const allowed = (action: string, resource: string, context: Record<string, string>) =>
  isAllowed(fileSystemPermission(place, [existing]), {
    ...{ action: `elasticfilesystem:${action}`, resource, context },
  });

test("a pipeline that deploys manages the file systems with the environment's tags, and no others", () => {
  const changes = ["CreateMountTarget", "DeleteFileSystem", "PutFileSystemPolicy", "UpdateFileSystem"];

  expect(changes.filter((action) => allowed(action, own, tags("Resource", "test")))).toEqual(changes);
  expect(changes.filter((action) => allowed(action, own, tags("Resource", "prod")))).toEqual([]);
  expect(changes.filter((action) => allowed(action, own, {}))).toEqual([]);
  expect(allowed("CreateFileSystem", "*", tags("Request", "test"))).toBe(true);
  expect(allowed("CreateFileSystem", "*", tags("Request", "prod"))).toBe(false);
});

test("it tags what it creates, and cannot make a file system of others its own with a tag", () => {
  const requested = tags("Request", "test");
  const created = (action: string) => ({ ...requested, "elasticfilesystem:CreateAction": action });
  const others = arn(`file-system/${existing}`);

  expect(allowed("TagResource", own, created("CreateFileSystem"))).toBe(true);
  expect(allowed("TagResource", arn("access-point/fsap-1"), created("CreateAccessPoint"))).toBe(true);
  expect(allowed("TagResource", own, tags("Resource", "test"))).toBe(true);
  expect(allowed("TagResource", others, requested)).toBe(false);
  expect(allowed("TagResource", others, { ...requested, ...tags("Resource", "prod") })).toBe(false);
});

test("it opens no network interface of others: only EFS changes security groups, with its permissions", () => {
  const opens = (context: Record<string, string>) =>
    isAllowed(fileSystemPermission(place, []), {
      action: "ec2:ModifyNetworkInterfaceAttribute",
      resource: "arn:aws:ec2:eu-west-1:111122223333:network-interface/eni-0123456789abcdef0",
      context: { "aws:RequestedRegion": "eu-west-1", ...context },
    });

  expect([opens({ "aws:ViaAWSService": "true" }), opens({ "aws:ViaAWSService": "false" })]).toEqual([
    true,
    false,
  ]);
});

test("of an existing file system, it creates access points only", () => {
  const context = tags("Request", "test");

  expect(allowed("CreateAccessPoint", arn(`file-system/${existing}`), context)).toBe(true);
  expect(allowed("CreateAccessPoint", own, context)).toBe(false);
  expect(allowed("DeleteFileSystem", arn(`file-system/${existing}`), context)).toBe(false);
});

test("no pipeline reads or writes files, and one that plans changes nothing", () => {
  const files = ["ClientMount", "ClientWrite", "ClientRootAccess"];

  expect(files.filter((action) => allowed(action, own, tags("Resource", "test")))).toEqual([]);
  expect(
    [...files, "CreateAccessPoint", "DeleteFileSystem"].filter((action) =>
      isAllowed(fileReads(), { action: `elasticfilesystem:${action}`, resource: own }),
    ),
  ).toEqual([]);
});
