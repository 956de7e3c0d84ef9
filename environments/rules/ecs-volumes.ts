import type { UncheckedEcsService } from "../options/ecs";
import type { UncheckedScheduledTask } from "../options/ecs-scheduled-task";
import type { UncheckedEnvironment } from "../options/environment";
import { fileSystemName } from "../plan/ecs-volume";
import { hyphenatedName } from "../schema/hyphenated-name";
import type { RuleContext } from "../schema/rule";
import { entriesIn, itemsIn, namesIn, textsIn } from "../schema/unchecked";
import type { UncheckedSidecar } from "./ecs-container";
import { environmentIdOf } from "./sections";

/**
 * Volumes of a task; each has an inline policy of the task role of up to 420 characters, and two while its access point is
 * replaced. IAM limits all of a role to 10,240 characters.
 */
const maxVolumes = 10;

/** Characters of a creation token. https://docs.aws.amazon.com/efs/latest/ug/API_CreateFileSystem.html */
const maxToken = 64;

/** Rules for the file systems of an environment. */
export function fileSystemRules(environment: UncheckedEnvironment, context: RuleContext): void {
  for (const [name, { id, ...settings }] of entriesIn(environment.ecs?.fileSystems)) {
    const at = context.at("ecs", "fileSystems", name);
    entryName("a file system", name, 40, at);
    if (id === undefined) tokenLength(environment, name, at);
    else
      for (const [option, found] of Object.entries(settings))
        if (found !== undefined)
          at.problem(
            [option],
            found,
            "the owner of an existing file system sets this; remove it, or remove id to create a file system",
          );
  }
}

function entryName(what: string, name: string, most: number, { problem }: RuleContext): void {
  if (name.length > most || !hyphenatedName.test(name))
    problem(
      [],
      name,
      `the name of ${what} has up to ${most} lowercase letters and digits, with single hyphens between them; use a name such as uploads`,
    );
}

function tokenLength(environment: UncheckedEnvironment, name: string, { problem }: RuleContext): void {
  const identity = environmentIdOf(environment);
  if (identity === undefined) return;
  const token = fileSystemName(identity, name);
  if (token.length > maxToken)
    problem(
      [],
      token,
      `this would be the name of the file system and its creation token, and creation tokens have at most ${maxToken} characters; shorten a part of it by ${token.length - maxToken}`,
    );
}

/** Rules for the volumes of a service or a scheduled task, and where its containers mount them. */
export function volumeRules(
  environment: UncheckedEnvironment,
  task: UncheckedEcsService | UncheckedScheduledTask,
  context: RuleContext,
): void {
  const volumes = entriesIn(task.volumes);
  if (volumes.length > maxVolumes)
    context.problem(
      ["volumes"],
      `${volumes.length} entries`,
      `the policies of the task role have room for ${maxVolumes} volumes; mount directories that contain others`,
    );
  for (const [name, { fileSystem }] of volumes) {
    const at = context.at("volumes", name);
    entryName("a volume", name, 64, at);
    knownFileSystem(environment, fileSystem, at);
  }
  const mounted = mountedVolumes(task, context);
  for (const [name] of volumes)
    if (!mounted.includes(name))
      context.problem(
        ["volumes", name],
        name,
        "no container of the task mounts this volume; add it to mounts of one, or remove it",
      );
}

function knownFileSystem({ ecs }: UncheckedEnvironment, name: unknown, { problem }: RuleContext): void {
  const systems = ecs?.fileSystems === undefined ? [] : namesIn(ecs.fileSystems);
  if (typeof name !== "string" || systems === undefined || systems.includes(name)) return;
  problem(
    ["fileSystem"],
    name,
    `ecs.fileSystems has no such name${systems.length === 0 ? "" : `, only ${systems.join(", ")}`}; add it there, or use one of them`,
  );
}

/** The volumes that the containers of a task mount, with the rules for their mounts. */
function mountedVolumes(task: UncheckedEcsService | UncheckedScheduledTask, context: RuleContext): string[] {
  const volumes = namesIn(task.volumes) ?? [];
  return [
    ...mountRules(task as UncheckedSidecar, volumes, context),
    ...entriesIn(task.containers).flatMap(([name, sidecar]) =>
      mountRules(sidecar, volumes, context.at("containers", name)),
    ),
  ];
}

/** @returns the volumes that a container mounts */
function mountRules(
  { mounts, writablePaths }: UncheckedSidecar,
  volumes: readonly string[],
  { problem }: RuleContext,
): string[] {
  const paths = new Set(textsIn(writablePaths).map(([path]) => path));
  return itemsIn(mounts).flatMap(([mount, index]) => {
    const { volume, path } = (mount ?? {}) as { readonly volume?: unknown; readonly path?: unknown };
    if (typeof volume === "string" && !volumes.includes(volume))
      problem(
        ["mounts", index, "volume"],
        volume,
        "the task has no volume of this name; add it to volumes of the service or the scheduled task",
      );
    if (typeof path === "string" && paths.has(path))
      problem(
        ["mounts", index, "path"],
        path,
        "this directory is in mounts or writablePaths already; remove it from one of them",
      );
    if (typeof path === "string") paths.add(path);
    return typeof volume === "string" ? [volume] : [];
  });
}
