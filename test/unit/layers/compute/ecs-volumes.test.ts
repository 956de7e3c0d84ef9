import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import { furtherBoundary } from "../../../../environments/plan/further-boundary";
import { filePermission } from "../../../../modules/efs/file-permission";
import {
  type EcsInput,
  image,
  network,
  problemsWith,
  type ServiceInput,
  withService,
} from "../../../support/environments/one-service";
import { isAllowed } from "../../../support/iam-evaluator";
import { type StackJson, synth } from "../../../support/synth";

const volumes = { uploads: { fileSystem: "files", directory: "/uploads" } };
const mounts = [{ volume: "uploads", path: "/var/uploads" }];

const ecsWith = (
  service: Partial<ServiceInput>,
  files: EcsInput["fileSystems"] = { files: {} },
): EcsInput => ({
  fileSystems: files,
  services: { web: { image, ...service } },
});
const computeWith = (...[service, files]: Parameters<typeof ecsWith>) =>
  synth(withService({}, { ecs: ecsWith(service, files) }))["compute-test"] as StackJson;
const problems = (...[service, files]: Parameters<typeof ecsWith>) =>
  problemsWith({}, { ecs: ecsWith(service, files) });
const all = (json: StackJson, type: string): StackJson[] => Object.values(json["resource"][type] ?? {});

test("an environment's file system is encrypted, backed up, closed to all but its clients, and has a mount target in each private subnet", () => {
  const json = computeWith({ volumes, mounts });
  const [policy] = all(json, "aws_efs_file_system_policy");

  expect(all(json, "aws_efs_file_system")).toMatchObject([
    { creation_token: "acme-test-files", encrypted: true, throughput_mode: "elastic" },
  ]);
  expect(all(json, "aws_efs_backup_policy")).toMatchObject([{ backup_policy: { status: "ENABLED" } }]);
  expect(all(json, "aws_efs_mount_target").map((target) => target["subnet_id"])).toEqual([
    ...network.privateSubnetIds,
  ]);
  expect(policy?.["policy"].Statement).toMatchObject([
    { Effect: "Deny", Action: ["*"], Condition: { Bool: { "aws:SecureTransport": "false" } } },
    { Effect: "Deny", Action: ["elasticfilesystem:ClientRootAccess"] },
  ]);
  const rule = all(json, "aws_vpc_security_group_ingress_rule").find(({ from_port: port }) => port === 2049);
  expect(rule).toMatchObject({
    description: "From web",
    referenced_security_group_id: expect.stringContaining("ecs_services_web_firewall"),
  });
  expect(rule).not.toHaveProperty("cidr_ipv4");
});

test("in a VPC of its own, there is a mount target in each Availability Zone", () => {
  const own: EnvironmentInput["network"] = {
    kind: "own",
    cidr: "10.0.0.0/16",
    availabilityZones: ["eu-west-1a", "eu-west-1b"],
  };
  const json = synth(withService({}, { ecs: ecsWith({ volumes, mounts }), network: own }))["compute-test"];
  const targets = Object.entries((json as StackJson)["resource"]["aws_efs_mount_target"]);

  expect(targets.map(([address]) => address)).toEqual([
    expect.stringContaining("eu-west-1a"),
    expect.stringContaining("eu-west-1b"),
  ]);
});

test("a container sees one directory as one user, over TLS, and IAM decides whether it can write", () => {
  const statements = (readOnly: boolean) => {
    const json = computeWith({ volumes, mounts: mounts.map((mount) => ({ ...mount, readOnly })) });
    return all(json, "aws_iam_role_policy").flatMap(({ policy }) => policy.Statement);
  };
  const json = computeWith({ volumes, mounts });
  const [task] = all(json, "aws_ecs_task_definition");

  expect(all(json, "aws_efs_access_point")).toMatchObject([
    {
      posix_user: { uid: 1000, gid: 1000 },
      root_directory: {
        path: "/uploads",
        creation_info: { owner_uid: 1000, owner_gid: 1000, permissions: "0750" },
      },
    },
  ]);
  expect(task?.["volume"]).toMatchObject([
    {
      name: "files-uploads",
      efs_volume_configuration: {
        transit_encryption: "ENABLED",
        authorization_config: {
          iam: "ENABLED",
          access_point_id: expect.stringMatching(/^\$\{aws_efs_access_point\./),
        },
      },
    },
  ]);
  expect(statements(false)).toMatchObject([
    {
      Action: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
      Resource: expect.stringMatching(/^\$\{aws_efs_file_system\..*\.arn\}$/),
      Condition: {
        StringEquals: {
          "elasticfilesystem:AccessPointArn": expect.stringMatching(/^\$\{aws_efs_access_point\..*\.arn\}$/),
        },
      },
    },
  ]);
  expect(statements(true)).toMatchObject([{ Action: ["elasticfilesystem:ClientMount"] }]);
});

test("tasks start after everything that a mount needs", () => {
  const json = computeWith({ volumes, mounts });
  const needed: string[] = all(json, "aws_ecs_service").flatMap((service) => service["depends_on"]);

  for (const type of [
    ...["aws_efs_mount_target", "aws_efs_file_system_policy", "aws_iam_role_policy"],
    "aws_vpc_security_group_ingress_rule",
  ])
    expect(needed.some((address) => address.startsWith(`${type}.`))).toBe(true);
});

test("until a deployment ends, and after its rollback, tasks can mount the volumes as they were", () => {
  const more = { ...volumes, cache: { fileSystem: "files", directory: "/cache" } };
  const json = computeWith({ volumes: more, mounts: [...mounts, { volume: "cache", path: "/cache" }] });
  const policies = all(json, "aws_iam_role_policy");

  // Another access point has another ID, and so a policy of its own, which is made before the old one goes.
  expect(policies.map(({ name }) => name).toSorted()).toEqual(
    ["cache", "uploads"].map((volume) =>
      expect.stringMatching(new RegExp(`^\\$\\{aws_efs_access_point\\.\\w*${volume}\\.id\\}$`)),
    ),
  );
  for (const { lifecycle } of policies) expect(lifecycle).toMatchObject({ create_before_destroy: true });
});

test("while all volumes of a task are replaced, its role has room for their old and new policies, and for that of exec", () => {
  const access = {
    fileSystemArn:
      "arn:aws-us-gov:elasticfilesystem:us-gov-west-1:111122223333:file-system/fs-0123456789abcdef0",
    accessPointArn:
      "arn:aws-us-gov:elasticfilesystem:us-gov-west-1:111122223333:access-point/fsap-0123456789abcdef0",
    writes: true,
  };
  const length = JSON.stringify({ Version: "2012-10-17", Statement: filePermission([access]) }).length;
  const many = (count: number) => {
    const names = Array.from({ length: count }, (_, index) => `v${index}`);
    return problems({
      volumes: Object.fromEntries(
        names.map((name) => [name, { fileSystem: "files", directory: `/${name}` }]),
      ),
      mounts: names.map((name) => ({ volume: name, path: `/${name}` })),
    });
  };

  expect(2 * 10 * length).toBeLessThan(10_240 - 1000);
  expect(many(10)).toEqual([]);
  expect(many(11)).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecs.services.web.volumes: found "11 entries"; the policies of the task role have room for 10 volumes; mount directories that contain others",
    ]
  `);
});

test("of an existing file system, only the access points and permissions are created", () => {
  const json = computeWith({ volumes, mounts }, { files: { id: "fs-0123456789abcdef0" } });
  const [policy] = all(json, "aws_iam_role_policy");

  expect(Object.keys(json["resource"]).filter((type) => type.startsWith("aws_efs_"))).toEqual([
    "aws_efs_access_point",
  ]);
  expect(policy?.["policy"].Statement[0].Resource).toBe(
    "arn:aws:elasticfilesystem:eu-west-1:111122223333:file-system/fs-0123456789abcdef0",
  );
});

test("deletion protection keeps Terraform from destroying the file system", () => {
  const protectedBy = (deletionProtection: boolean) =>
    all(
      synth(withService({}, { ecs: ecsWith({ volumes, mounts }), deletionProtection }))["compute-test"] ?? {},
      "aws_efs_file_system",
    ).map(({ lifecycle }) => lifecycle?.prevent_destroy);

  expect([protectedBy(true), protectedBy(false)]).toEqual([[true], [false]]);
});

test("the permissions boundary lets task roles mount and write, and nothing else, in an environment with file systems", () => {
  const boundary = (ecs: EcsInput) =>
    loadEnvironments(withService({}, { ecs })).flatMap((environment) => furtherBoundary(environment));
  const resource = "arn:aws:elasticfilesystem:eu-west-1:111122223333:file-system/fs-0123456789abcdef0";
  const allowed = (ecs: EcsInput) =>
    ["ClientMount", "ClientWrite", "ClientRootAccess", "DeleteFileSystem"].filter((action) =>
      isAllowed(boundary(ecs), { action: `elasticfilesystem:${action}`, resource }),
    );

  expect(allowed(ecsWith({ volumes, mounts }))).toEqual(["ClientMount", "ClientWrite"]);
  expect(allowed({ services: { web: { image } } })).toEqual([]);
});

test("fails when a name is missing, a directory is mounted twice, or a volume is not mounted", () => {
  expect(
    problems({
      volumes: { ...volumes, spare: { fileSystem: "filse", directory: "/../x", uid: 0 } },
      mounts: [...mounts, { volume: "upload", path: "/var/uploads" }],
      writablePaths: ["/tmp"],
      containers: {
        proxy: { image, writablePaths: ["/tmp"], mounts: [{ volume: "uploads", path: "/tmp" }] },
      },
    }),
  ).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecs.services.web.volumes.spare.directory: found "/../x"; this must be a directory of the file system, with up to four parts, none of which starts with a dot, and 100 characters; use a path such as /uploads",
      "environments/test.ts: ecs.services.web.volumes.spare.uid: found 0; a user ID is a whole number from 1 to 4294967295, and 0, root, is not allowed; use the ID that owns the files, such as 1000",
      "environments/test.ts: ecs.services.web.volumes.spare.fileSystem: found "filse"; ecs.fileSystems has no such name, only files; add it there, or use one of them",
      "environments/test.ts: ecs.services.web.mounts[1].volume: found "upload"; the task has no volume of this name; add it to volumes of the service or the scheduled task",
      "environments/test.ts: ecs.services.web.mounts[1].path: found "/var/uploads"; this directory is in mounts or writablePaths already; remove it from one of them",
      "environments/test.ts: ecs.services.web.containers.proxy.mounts[0].path: found "/tmp"; this directory is in mounts or writablePaths already; remove it from one of them",
      "environments/test.ts: ecs.services.web.volumes.spare: found "spare"; no container of the task mounts this volume; add it to mounts of one, or remove it",
    ]
  `);
  expect(
    problems({ volumes: { Uploads: volumes.uploads }, mounts: [{ volume: "Uploads", path: "/" }] }),
  ).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecs.services.web.mounts[0].path: found "/"; this must be a directory in the container other than its root, without . and .. as parts; use a path such as /data",
      "environments/test.ts: ecs.services.web.volumes.Uploads: found "Uploads"; the name of a volume has up to 64 lowercase letters and digits, with single hyphens between them; use a name such as uploads",
    ]
  `);
});

test("fails when EFS refuses a hidden directory, or no task could enter the directory that it creates", () => {
  expect(
    problems({
      volumes: { uploads: { fileSystem: "files", directory: "/app/.cache", permissions: "0640" } },
      mounts,
    }),
  ).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecs.services.web.volumes.uploads.directory: found "/app/.cache"; this must be a directory of the file system, with up to four parts, none of which starts with a dot, and 100 characters; use a path such as /uploads",
      "environments/test.ts: ecs.services.web.volumes.uploads.permissions: found "0640"; these are the permissions of a directory as an octal number, and its owner must be able to enter it; use a text such as "0750"",
    ]
  `);
});

test("fails when the name of a file system is longer than EFS takes", () => {
  const named = (length: number) =>
    problemsWith({}, { project: "p".repeat(20), ecs: { fileSystems: { ["f".repeat(length)]: {} } } });

  expect(named(38)).toEqual([]);
  expect(named(39)).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecs.fileSystems.fffffffffffffffffffffffffffffffffffffff: found "pppppppppppppppppppp-test-fffffffffffffffffffffffffffffffffffffff"; this would be the name of the file system and its creation token, and creation tokens have at most 64 characters; shorten a part of it by 1",
    ]
  `);
});

test("fails when an existing file system has settings, a file system has no network, or a name has another form", () => {
  expect(
    problems({ volumes, mounts }, { files: { id: "fs-0123456789abcdef0", backups: false }, "a--b": {} }),
  ).toMatchInlineSnapshot(`
    [
      "environments/test.ts: ecs.fileSystems.files.backups: found false; the owner of an existing file system sets this; remove it, or remove id to create a file system",
      "environments/test.ts: ecs.fileSystems["a--b"]: found "a--b"; the name of a file system has up to 40 lowercase letters and digits, with single hyphens between them; use a name such as uploads",
    ]
  `);
  expect(
    problemsWith({}, { ecs: { fileSystems: { files: {} } }, network: undefined as never }),
  ).toMatchInlineSnapshot(`
    [
      "environments/test.ts: network: found nothing; file systems need a network; add network: { kind: "own", … } or { kind: "existing", … }",
    ]
  `);
});
