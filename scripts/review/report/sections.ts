import { judgementLines } from "../gates/judgement-text";
import { resourceLabel } from "../plan-review";
import { accessText } from "./access";
import type { Change } from "./change";
import type { Report, StackReport } from "./report";
import { plural } from "./verdict";

/** A part of a report, in any format. */
export interface Section {
  readonly title: string;
  /** Lines, or a table with a head. */
  readonly content: readonly string[] | Table;
  /** Whether it is hidden until somebody asks for it, where the format can hide something. */
  readonly folded: boolean;
}

export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export const isTable = (content: Section["content"]): content is Table => "rows" in content;

/** What stands below every report of two revisions. */
export const limits =
  "This compares what two revisions declare, without AWS and without the state. Values that AWS chooses, such as ARNs, are unknown; Terraform's plan decides.";

/** The report in the order of importance: whoever cuts it cuts at the end. Parts with nothing in them are left out. */
export function sectionsOf({ stacks, gates }: Report): Section[] {
  const changed = stacks.filter(({ status }) => status !== "unchanged");
  const judged = gates === undefined ? [] : judgementLines(gates);
  if (changed.length === 0 && judged.length === 0) return [];
  const lines = (of: (stack: StackReport) => readonly string[]) => changed.flatMap(of);
  const sections: Section[] = [
    { title: "Gates", content: judged, folded: false },
    { title: "Stacks", content: stackTable(changed), folded: false },
    { title: "Destroyed and replaced", content: lines(destructions), folded: false },
    { title: "Weaker settings", content: unique(lines(weakerSettings)), folded: false },
    { title: "Settings of stacks", content: lines(stackSettings), folded: false },
    { title: "Access", content: lines(accessOf(true)), folded: false },
    { title: "Scanning and replication per repository", content: repositoryTable(changed), folded: false },
    { title: "Updated", content: lines(updates), folded: false },
    { title: "Access of new and deleted resources", content: lines(accessOf(false)), folded: true },
    { title: "Created", content: lines(creations), folded: true },
    { title: "Harmless", content: harmless(changed), folded: true },
  ];
  return sections.filter(({ content }) => (isTable(content) ? content.rows : content).length > 0);
}

function stackTable(stacks: readonly StackReport[]): Table {
  return {
    head: ["stack", "status", "create", "update", "replace", "delete"],
    rows: stacks.map(({ stack, status, counts: { create, update, replace, delete: deleted } }) => [
      ...[stack, status],
      ...[create, update, replace, deleted].map(String),
    ]),
  };
}

/** Losses with the same explanation share one entry; then what is destroyed or replaced without such a loss. */
function destructions({ stack, losses, changes }: StackReport): string[] {
  const explained = losses.map(({ address }) => address);
  const others = changes
    .filter(({ action, harmless: why }) => (action === "delete" || action === "replace") && why === undefined)
    .filter(({ address }) => !explained.includes(address));
  const entries = [
    ...losses.map((loss) => ({
      label: resourceLabel(loss),
      verb: loss.effect === "replace" ? "replaced" : "destroyed",
      sentences: loss.sentences,
    })),
    ...others.map((change) => ({
      label: resourceLabel(change),
      verb: change.action === "replace" ? "replaced" : "destroyed",
      sentences: change.reasons,
    })),
  ];
  const groups = new Map<string, typeof entries>();
  for (const entry of entries) {
    const key = JSON.stringify([entry.verb, entry.sentences]);
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  return [...groups.values()].flatMap((group) => {
    const [{ label, verb, sentences } = { label: "", verb: "", sentences: [] }] = group;
    const indented = sentences.map((sentence) => `  ${sentence}`);
    if (group.length === 1) return [`${stack}: ${label} would be ${verb}.`, ...indented];
    const names = group.map((entry) => `  - ${entry.label}`);
    return [`${stack}: ${group.length} resources would be ${verb}:`, ...names, ...indented];
  });
}

const weakerSettings = ({ weakenings }: StackReport): string[] =>
  weakenings.map((weakening) => `${resourceLabel(weakening)}: ${weakening.text}.`);

function stackSettings({ stack, status, abandoned, settings }: StackReport): string[] {
  if (status === "gone")
    return [
      `${stack} is gone from the environment files, but what it has created stays in AWS (${plural(abandoned, "resource")}). No command deploys or destroys it any more.`,
      "  To remove it: run npm run destroy in the base revision first. To keep it: restore the environment or its layer.",
    ];
  return settings.map((text) => `${stack}: ${text}`);
}

/** @param existing of resources in both revisions, or of those that are created or deleted */
const accessOf =
  (existing: boolean) =>
  ({ access, changes }: StackReport): string[] => {
    const compared = new Set(
      changes
        .filter(({ action }) => action === "update" || action === "replace")
        .map(({ address }) => address),
    );
    return access.filter(({ address }) => compared.has(address) === existing).map(accessText);
  };

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

const ofAction = ({ changes }: StackReport, wanted: Change["action"]): Change[] =>
  changes.filter(({ action, harmless: why }) => action === wanted && why === undefined);

const updates = (report: StackReport): string[] =>
  ofAction(report, "update").flatMap((change) => [
    `${report.stack}: ${resourceLabel(change)}`,
    ...(change.attributes.length === 0
      ? ["  It refers to a resource that is replaced."]
      : change.attributes.map(({ text }) => `  ${text}`)),
  ]);

const creations = (report: StackReport): string[] =>
  ofAction(report, "create").map((change) => `${report.stack}: ${resourceLabel(change)}`);

/** What needs no attention, as numbers. */
function harmless(stacks: readonly StackReport[]): string[] {
  const all = stacks.flatMap(({ changes }) => changes);
  const policies = all.filter(({ harmless: why }) => why === "lifecycle policy").length;
  const tags = all.filter(({ harmless: why }) => why === "tags").length;
  const outputs = stacks.reduce((sum, stack) => sum + stack.outputs, 0);
  const gone = all.filter(({ harmless: why }) => why === "goes with its repository").length;
  const tagged = stacks.filter(({ defaultTags }) => defaultTags).map(({ stack }) => stack);
  return [
    ...(policies === 0
      ? []
      : [
          `${plural(policies, "lifecycle policy").replace(/policys$/, "policies")} replaced: this is how the AWS provider changes one.`,
        ]),
    ...(gone === 0 ? [] : [`${plural(gone, "resource")} deleted with the repository to which it belongs.`]),
    ...(tags === 0 ? [] : [`${plural(tags, "resource")} with new tags.`]),
    ...(outputs === 0 ? [] : [`${plural(outputs, "output")} changed.`]),
    ...(tagged.length === 0
      ? []
      : [
          `The tags of the whole stack change in ${tagged.join(", ")}: Terraform also updates every resource there that has tags.`,
        ]),
  ];
}

const unique = (lines: readonly string[]): string[] => [...new Set(lines)];
