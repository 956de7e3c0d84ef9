import Table from "cli-table3";
import { renderPath } from "../../environments/schema/problem";
import { counted } from "../../modules/values/counted";
import { listing, moveCommand } from "../states/listing";
import { hasOlderContract, type StackUpgrade } from "./stack-upgrade";

/** What is known of a stack besides its upgrade. */
export interface UpgradedStack extends StackUpgrade {
  readonly layer: string;
  /** The stacks that read its outputs. */
  readonly readers: readonly string[];
}

/**
 * What a deploy does to what is deployed: a table, what happens to which resource, and the order to follow.
 *
 * @param stacks in the order of deployment
 */
export function upgradeText(environment: string, stacks: readonly UpgradedStack[]): string {
  const details = sections(environment, stacks).filter(({ lines }) => lines.length > 0);
  return [
    table(stacks),
    ...details.map(({ title, lines }) => [title, ...lines.map((line) => `  ${line}`)].join("\n")),
    conclusion(environment, stacks),
    "",
  ]
    .join("\n\n")
    .trimEnd()
    .concat("\n");
}

function table(stacks: readonly UpgradedStack[]): string {
  const shown = new Table({
    head: ["stack", "status", "contract", "move", "import", "replace", "destroy", "forget", "create"],
    style: { head: [], border: [] },
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
  });
  for (const stack of stacks) {
    const { moved, toOtherState, imported, replaced, destroyed, forgotten, created } = stack;
    const numbers = [moved.length + toOtherState.length, imported, replaced, destroyed, forgotten, created];
    shown.push([
      ...[stack.stack, stack.status, contractText(stack)],
      ...numbers.map((one) => String(typeof one === "number" ? one : one.length)),
    ]);
  }
  return shown.toString();
}

function contractText({ status, contract }: UpgradedStack): string {
  if (contract === undefined || status === "not deployed") return "";
  const { deployed, current } = contract;
  return deployed === current ? String(current) : `${deployed ?? "none"} -> ${current}`;
}

interface Lines {
  readonly title: string;
  readonly lines: readonly string[];
}

function sections(environment: string, stacks: readonly UpgradedStack[]): Lines[] {
  const each = (of: (stack: UpgradedStack) => readonly string[]) =>
    stacks.flatMap((stack) => of(stack).map((line) => `${stack.stack}: ${line}`));
  const moves = stacks.flatMap(({ toOtherState }) => toOtherState);
  return [
    { title: "Deploy first", lines: stacks.filter(hasOlderContract).flatMap(olderContract) },
    {
      title: "Moved to another address; AWS keeps them as they are",
      lines: each(({ moved }) => moved.map(({ from, to }) => `${from} -> ${to}`)),
    },
    {
      title: "In the state of another stack",
      lines:
        moves.length === 0
          ? []
          : [...listing(moves), `Before the deploy: ${moveCommand(environment)} --apply`],
    },
    { title: "Imported", lines: each(({ imported }) => imported) },
    {
      title: "Replaced: destroyed and created again",
      lines: each(({ replaced }) =>
        replaced.map(
          ({ address, path, before, after }) =>
            `${address}: ${renderPath(path)}: ${JSON.stringify(before)} -> ${JSON.stringify(after)}`,
        ),
      ),
    },
    { title: "Destroyed", lines: each(({ destroyed }) => destroyed) },
    { title: "Removed from the state; they stay in AWS", lines: each(({ forgotten }) => forgotten) },
  ];
}

/** Why a layer is deployed before its readers, which refuse its outputs until then. */
const olderContract = ({ stack, contract, readers }: UpgradedStack): string[] => {
  if (contract === undefined || readers.length === 0) return [];
  const { deployed, current } = contract;
  return [
    `${stack} was deployed with ${deployed === null ? "no version" : `version ${deployed}`} of its outputs; ${readers.join(" and ")} ${readers.length === 1 ? "reads" : "read"} version ${current}`,
  ];
};

function conclusion(environment: string, stacks: readonly UpgradedStack[]): string {
  const created = stacks.filter(({ status }) => status !== "not deployed").flatMap((one) => one.created);
  const losses = stacks.flatMap(({ replaced, destroyed }) => [...replaced, ...destroyed]).length;
  return [
    losses === 0 ? "Nothing is destroyed." : `${counted(losses, "resource is", "resources are")} destroyed.`,
    ...(created.length === 0
      ? []
      : [
          `${counted(created.length, "resource is", "resources are")} created. If AWS has any of them already: npm run imports -- ${environment}`,
        ]),
    `This compares states with the files, without AWS. Terraform's plan: npm run plan -- ${environment}`,
    `A deploy does it in order: npm run deploy -- ${environment}`,
  ].join("\n");
}
