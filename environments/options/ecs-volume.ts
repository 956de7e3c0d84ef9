import { z } from "zod";
import { infrequentAccessDays } from "../../modules/efs/file-system-settings";
import { boolean, integer, list, nonEmpty, object, oneOf, text } from "../../modules/values/fields";
import { mapOf } from "../schema/fields";
import { cannotRename } from "./renamed-from";

/** A file system of the environment, or one that exists. https://docs.aws.amazon.com/efs/latest/ug/whatisefs.html */
export const FileSystemOptions = object(
  {
    id: text(
      /^fs-[0-9a-f]{8,40}$/,
      "this must be the ID of a file system of Amazon EFS; use fs-<hexadecimal digits>",
    )
      .optional()
      .meta({
        description:
          "ID of an existing file system in the account and Region. It must have mount targets in the VPC that let the tasks in on TCP port 2049.",
        defaultNote: "the environment creates one",
      }),
    throughput: oneOf(["elastic", "bursting"]).optional().meta({
      description:
        "`elastic`: any throughput, billed by the data that is read and written. `bursting`: throughput that grows with the stored data.",
      defaultNote: "`elastic`",
    }),
    infrequentAccessAfterDays: z
      .literal(infrequentAccessDays, {
        error: `EFS supports only certain numbers of days; use one of ${infrequentAccessDays.join(", ")}`,
      })
      .optional()
      .meta({
        description:
          "Days without access after which a file moves to the storage class Infrequent Access, which costs less to store and more to read.",
        defaultNote: "files stay in the class Standard",
      }),
    backups: boolean().optional().meta({
      description: "Whether AWS Backup backs the file system up every day and keeps each backup for 35 days.",
      defaultNote: "`true`",
    }),
  },
  cannotRename("fileSystem"),
).describe(
  "A file system of Amazon EFS that tasks share and that outlives them, encrypted with the AWS managed key.",
);

export type FileSystemOptions = z.output<typeof FileSystemOptions>;

const id = (what: string) =>
  integer(
    1,
    4_294_967_295,
    `a ${what} ID is a whole number from 1 to 4294967295, and 0, root, is not allowed; use the ID that owns the files, such as 1000`,
  );

const VolumeOptions = object({
  fileSystem: nonEmpty("this must be the name of a file system in ecs.fileSystems; use a string").describe(
    "Name in `fileSystems`.",
  ),
  directory: text(
    // https://docs.aws.amazon.com/efs/latest/ug/API_RootDirectory.html
    /^(?=.{2,100}$)(?:\/[\w-][\w.-]*){1,4}$/,
    "this must be a directory of the file system, with up to four parts, none of which starts with a dot, and 100 characters; use a path such as /uploads",
  ).describe(
    "Directory of the file system that the volume shows. EFS creates it. Volumes with the same directory share their files.",
  ),
  uid: id("user")
    .default(1000)
    .describe("ID of the user that all files are read and written as, whichever user the container runs as."),
  gid: id("group").default(1000).describe("ID of the group that all files are read and written as."),
  permissions: text(
    // https://docs.aws.amazon.com/efs/latest/ug/enforce-root-directory-access-point.html
    /^0?[1357][0-7]{2}$/,
    'these are the permissions of a directory as an octal number, and its owner must be able to enter it; use a text such as "0750"',
  )
    .default("0750")
    .describe("Permissions of the directory, when EFS creates it."),
}).describe("A directory of a file system that containers of the task can mount.");

/** Directories of file systems that the containers of a task can mount. */
export const volumes = () =>
  mapOf(VolumeOptions)
    .default({})
    .describe("Directories of file systems that containers of the task mount, by name: see `mounts`.");

/** A directory in a container. @param example e.g. `/tmp` */
export const containerPath = (example: string) =>
  text(
    /^(?=.{1,4095}$)(?:\/(?!\.{1,2}(?:\/|$))[\w.-]{1,255})+$/,
    `this must be a directory in the container other than its root, without . and .. as parts; use a path such as ${example}`,
  );

const MountOptions = object({
  volume: nonEmpty("this must be the name of a volume of the task; use a string").describe(
    "Name in `volumes` of the service or the scheduled task.",
  ),
  path: containerPath("/data").describe("Directory in the container."),
  readOnly: boolean().default(false).describe("Whether the container can only read the files."),
}).describe("A volume that the container mounts.");

/** Where a container mounts volumes of its task. */
export const mounts = () =>
  list(MountOptions)
    .default([])
    .describe("Volumes of the task that the container mounts. Files in them outlive the task.");
