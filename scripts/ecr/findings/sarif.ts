import { createHash } from "node:crypto";
import { printable } from "../../review/report/printable";
import type { Finding } from "./finding";
import { type FindingRow, findingRows } from "./finding-rows";
import type { ImageFindings } from "./image-findings";

/**
 * What GitHub accepts: it refuses a file with more results than this in a run, and shows the first 5,000 by severity.
 *
 * @see https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support
 */
export const mostResults = 25_000;

/** GitHub shows this many characters of a rule's description. */
const longestDescription = 1024;

/**
 * The findings as SARIF 2.1.0, for GitHub code scanning and every other reader of that format. There is one run, whose
 * category is the repository: an upload replaces the alerts of the last one for the same repository, as code scanning does
 * for a tool and a category. A suppressed finding is a result with a suppression, so that it is shown as dismissed.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 * @see https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support
 */
export function asSarif(found: ImageFindings): object {
  const rows = findingRows(found).slice(0, mostResults);
  const rules = new Map<string, { readonly index: number; readonly row: FindingRow }>();
  for (const row of rows) if (!rules.has(row.id)) rules.set(row.id, { index: rules.size, row });
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "Amazon ECR image scanning",
            informationUri: "https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning.html",
            rules: [...rules.values()].map(({ row }) => ruleOf(row)),
          },
        },
        automationDetails: { id: `ecr/${found.repositoryName}/` },
        results: rows.map((row) => resultOf(row, rules.get(row.id)?.index ?? 0, found)),
      },
    ],
  };
}

function ruleOf(row: FindingRow): object {
  const { id, description, url } = row;
  const text = printable(description === "" ? id : description).slice(0, longestDescription);
  return {
    id,
    name: id,
    shortDescription: { text: titleOf(row) },
    fullDescription: { text },
    help: { text: `${text}${url === undefined ? "" : `\n\n${url}`}` },
    ...(isWebAddress(url) && { helpUri: url }),
    defaultConfiguration: { level: levelOf(row) },
    properties: {
      "security-severity": scoreText(row),
      precision: "very-high",
      tags: ["security", "vulnerability", row.severity],
    },
  };
}

function resultOf(row: FindingRow, ruleIndex: number, { repositoryName, digest, image }: ImageFindings) {
  const { id, packages, platforms, digests, suppressedBy } = row;
  const [first] = packages;
  return {
    ruleId: id,
    ruleIndex,
    level: levelOf(row),
    message: { text: messageOf(row, image) },
    locations: [
      {
        // Not a file of the repository: GitHub needs a relative path and a line, and shows an alert without the file.
        physicalLocation: {
          artifactLocation: { uri: `${repositoryName}${pathOf(first?.path)}` },
          region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
        },
        logicalLocations: [{ kind: "module", fullyQualifiedName: `${repositoryName}@${digest}` }],
      },
    ],
    partialFingerprints: {
      // Without the version: a finding that the next image still has is the same alert.
      primaryLocationLineHash: hashOf([id, ...packages.map(({ name, path = "" }) => `${name} ${path}`)]),
    },
    properties: { platforms, digests, fix: row.fix },
    ...(suppressedBy !== undefined && {
      suppressions: [{ kind: "external", status: "accepted", justification: printable(suppressedBy.reason) }],
    }),
  };
}

const titleOf = ({ id, severity, packages }: Finding): string =>
  printable(`${severity} ${id}${packages.length === 0 ? "" : ` in ${namesOf(packages)}`}`);

const namesOf = (packages: Finding["packages"]): string =>
  [...new Set(packages.map(({ name }) => name))].join(", ");

function messageOf({ id, severity, packages, platforms, exploit }: FindingRow, image: string): string {
  const lines = packages.map(
    ({ name, version, fixedIn, path }) =>
      `${name} ${version ?? "of unknown version"}${path === undefined ? "" : ` (${path})`}: ${fixedIn === undefined ? "no fixed version is named" : `fixed in ${fixedIn}`}`,
  );
  return [
    `${image} has ${id} (${severity})${platforms.length === 0 ? "" : ` on ${platforms.join(", ")}`}.`,
    ...(exploit ? ["An exploit is known."] : []),
    ...lines,
  ]
    .map(printable)
    .join("\n");
}

/** A path inside of the image as part of a URI reference. */
const pathOf = (path: string | undefined): string =>
  path === undefined ? "" : `/${path.replace(/^\/+/, "").split("/").map(encodeURIComponent).join("/")}`;

const hashOf = (parts: readonly string[]): string =>
  `${createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32)}:1`;

function levelOf({ severity }: Finding): "error" | "warning" | "note" {
  if (severity === "CRITICAL" || severity === "HIGH") return "error";
  return severity === "MEDIUM" ? "warning" : "note";
}

/**
 * GitHub's severities by score: critical above 9.0, high from 7.0, medium from 4.0, low from 0.1. AWS and the vendors also
 * consider other things than the score, so a score outside of its severity's range is moved to the border of it.
 */
const ranges: Readonly<Record<string, readonly [lowest: number, highest: number]>> = {
  CRITICAL: [9.1, 10],
  HIGH: [7, 8.9],
  MEDIUM: [4, 6.9],
  LOW: [0.1, 3.9],
  INFORMATIONAL: [0.1, 0.1],
};

function scoreText({ severity, score }: Finding): string {
  const [lowest, highest] = ranges[severity] ?? [0.1, 10];
  return Math.min(highest, Math.max(lowest, score ?? lowest)).toFixed(1);
}

/**
 * Whether a text is an http or https URI, which SARIF asks for. A scan can report any text. This is stricter than RFC 3986: no
 * user information, and no IPv6 address as the host.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html section 3.49.12
 */
function isWebAddress(url: string | undefined): boolean {
  const [address = "", ...fragments] = (url ?? "").split("#");
  const characters = /^(?:[\w.~:/?@!$&'()*+,;=-]|%[\da-f]{2})*$/i;
  return (
    /^https?:\/\/[\w.-]+(?::\d+)?(?:[/?]|$)/i.test(address) &&
    fragments.length < 2 &&
    [address, ...fragments].every((part) => characters.test(part))
  );
}
