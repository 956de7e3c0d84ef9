import type { ConsumerKind } from "../../environments/options/consumers";

/** Commands that print what pipelines have deployed, by the kind of the consumer. */
const commands: Readonly<Partial<Record<ConsumerKind, string>>> = {
  ecs: "npm run ecs -- status",
  lambda: "npm run ecr -- lambda status",
};

/**
 * The commands that print which images run of consumers whose images pipelines deploy: the file has only their first images.
 *
 * @param environment name, e.g. `prod`
 */
export const statusCommands = (
  consumers: readonly { readonly kind: ConsumerKind }[],
  environment: string,
): string[] => [
  ...new Set(
    consumers.flatMap(({ kind }) => {
      const command = commands[kind];
      return command === undefined ? [] : [`${command} --env ${environment}`];
    }),
  ),
];
