import { counted } from "../../../modules/values/counted";
import { rememberedOf } from "../../../modules/values/remembered-of";
import { listing, moveCommand } from "../../states/listing";
import { leftBehind } from "../forgotten";
import { judgementLines } from "../gates/judgement-text";
import { lifecycleLines } from "../lifecycle/lifecycle-text";
import { resourceLabel } from "../plan-review";
import { accessText } from "./access";
import type { AccessDelta } from "./access-rows";
import type { Change } from "./change";
import { destructions } from "./destructions";
import { harmless } from "./harmless";
import { type KindOfWeakening, kindOf } from "./kind-of-weakening";
import type { Report, StackReport } from "./report";
import { stackTable } from "./stack-table";
import type { Table } from "./table";

/** A part of a report, in any format. */
export interface Section {
  readonly title: string;
  /** Lines, or a table with a head. */
  readonly content: readonly string[] | Table;
  /** What the lines say about access, for a format that lays it out. */
  readonly access?: readonly AccessDelta[];
  /** Whether it says what is lost; it is always shown. */
  readonly alarming?: boolean;
  /** Whether it is hidden until somebody asks for it, where the format can hide something. */
  readonly folded: boolean;
}

export const isTable = (content: Section["content"]): content is Table => "rows" in content;

/** What stands below a report: what it cannot say. */
export const limitsOf = ({ source }: Pick<Report, "source">): string => limits[source];

const limits = {
  plans:
    "These are Terraform's plans for the states and AWS as they are now. Sensitive values are not shown.",
  revisions:
    "This compares what two revisions declare, without AWS and without the state. Values that AWS chooses, such as ARNs, are unknown; Terraform's plan decides.",
};

/**
 * The report in the order of importance: whoever cuts it cuts at the end. Parts with nothing in them are left out. They are
 * made once for all formats.
 */
export const sectionsOf = rememberedOf(({ moves, stacks, gates }: Report): readonly Section[] => {
  const changed = stacks.filter(({ status }) => status !== "unchanged");
  const judged = gates === undefined ? [] : judgementLines(gates);
  if (changed.length === 0 && judged.length === 0) return [];
  const lines = (of: (stack: StackReport) => readonly string[]) => changed.flatMap(of);
  const sections: Section[] = [
    { title: "Gates", content: judged, folded: false },
    { title: "Stacks", content: stackTable(changed), folded: false },
    { title: "A deploy would stop", content: lines(({ blocks }) => blocks.flatMap(eachLine)), folded: false },
    { title: "Without a final plan", content: lines(({ waits }) => waits), folded: false },
    { title: "Moved to another state", content: movesText(moves), folded: false },
    { title: "Moved to another address", content: lines(movedLines), folded: false },
    { title: "Destroyed and replaced", content: lines(destructions), folded: false, alarming: true },
    { title: "Left in AWS without a stack", content: lines(forgottenLines), folded: false, alarming: true },
    lifecycleSection(changed),
    { title: "Weaker settings", content: lines(weakenings("weaker")), folded: false },
    { title: "New and open to others", content: lines(weakenings("open from the start")), folded: false },
    { title: "Access that someone loses", content: lines(weakenings("lost access")), folded: false },
    { title: "Settings of stacks", content: lines(stackSettings), folded: false },
    accessSection("Access", changed.flatMap(accessOf(true)), false),
    { title: "Policies that cannot be judged", content: lines(unreadable), folded: false },
    { title: "Scanning and replication per repository", content: repositoryTable(changed), folded: false },
    { title: "Updated", content: lines(updates), folded: false },
    accessSection("Access of new and deleted resources", changed.flatMap(accessOf(false)), true),
    { title: "Created", content: lines(creations), folded: true },
    { title: "Harmless", content: harmless(changed), folded: true },
  ];
  return sections.filter(({ content }) => (isTable(content) ? content.rows : content).length > 0);
});

/** Images that go are lost like what is destroyed. */
const lifecycleSection = (stacks: readonly StackReport[]): Section => ({
  title: "Images of changed lifecycle policies",
  content: stacks.flatMap(({ stack, lifecycle = [] }) => lifecycleLines(stack, lifecycle)),
  folded: false,
  alarming: stacks.some(({ lifecycle = [] }) =>
    lifecycle.some(({ images }) => images === undefined || images.removed.count > 0),
  ),
});

/** What goes where, and the command that moves it. */
function movesText(moves: Report["moves"]): string[] {
  const environments = [...new Set(moves.map(({ environment }) => environment))];
  return environments.flatMap((environment) => [
    ...listing(moves.filter((move) => move.environment === environment)),
    `  Before the deploy: ${moveCommand(environment)} --apply`,
  ]);
}

const movedLines = ({ stack, moved }: StackReport): string[] =>
  moved.map(({ from, to }) => `${stack}: ${from} -> ${to}`);

const forgottenLines = ({ stack, forgotten }: StackReport): string[] =>
  forgotten.length === 0
    ? []
    : [
        ...forgotten.map((resource) => `${stack}: ${resourceLabel(resource)} ${leftBehind}.`),
        "  To keep it in a stack, remove its removed block and restore the resource. To let Terraform delete it, set destroy = true.",
      ];

const weakenings =
  (wanted: KindOfWeakening) =>
  (report: StackReport): string[] =>
    report.weakenings
      .filter((weakening) => kindOf(weakening) === wanted)
      .map((weakening) => `${report.stack}: ${resourceLabel(weakening)}: ${weakening.text}.`);

function stackSettings({ stack, status, abandoned, settings }: StackReport): string[] {
  if (status === "gone" && abandoned === 0) return [`${stack} is gone, and nothing of it is left.`];
  if (status === "gone")
    return [
      `${stack} is gone from the environment files, but what it has created stays in AWS (${counted(abandoned, "resource")}). No command deploys or destroys it any more.`,
      "  To remove it: run npm run destroy in the base revision first. To keep it: restore the environment or its layer.",
    ];
  return settings.map((text) => `${stack}: ${text}`);
}

/** @param existing of what exists before and after, or of what is created or deleted */
const accessOf =
  (existing: boolean) =>
  ({ access }: StackReport): AccessDelta[] =>
    access.filter(({ ofExisting }) => ofExisting === existing);

const unreadable = ({ stack, unreadablePolicies }: StackReport): string[] =>
  unreadablePolicies.map((policy) => `${stack}: ${resourceLabel(policy)}: ${policy.why}`);

/** A text of several lines, each as one; those after the first belong to it. */
const eachLine = (text: string): string[] =>
  text.split("\n").map((line, index) => (index === 0 || line.startsWith("  ") ? line : `  ${line}`));

const accessSection = (title: string, access: readonly AccessDelta[], folded: boolean): Section => ({
  title,
  content: access.map(accessText),
  access,
  folded,
});

function repositoryTable(stacks: readonly StackReport[]): Table {
  return {
    head: ["registry", "repository", "setting", "before", "after"],
    rows: stacks.flatMap(({ stack, repositories }) =>
      repositories.map(({ repository, setting, before, after }) => [
        ...[stack.replace(/^registry-/, ""), repository, setting],
        ...[before, after],
      ]),
    ),
  };
}

const ofAction = ({ changes }: StackReport, wanted: Change["action"]): readonly Change[] =>
  changes.filter(({ action, harmless: why }) => action === wanted && why === undefined);

/** A task definition is replaced whatever changes in it, and what changes is worth reading. */
const updated = (report: StackReport): Change[] =>
  report.changes.filter(
    ({ action, harmless: why }) => (action === "update" && why === undefined) || why === "new revision",
  );

const updates = (report: StackReport): string[] =>
  updated(report).flatMap((change) => [
    `${report.stack}: ${resourceLabel(change)}`,
    ...(change.attributes.length === 0
      ? ["  It refers to a resource that is replaced."]
      : change.attributes.map(({ text }) => `  ${text}`)),
  ]);

const creations = (report: StackReport): string[] =>
  ofAction(report, "create").map((change) => `${report.stack}: ${resourceLabel(change)}`);
