import { defineEnvironment } from "../../../environments/environment";
import { judged } from "../../../scripts/review/gates/judged-report";
import { asText } from "../../../scripts/review/report/as-text";
import { reportBetween, stacksOf } from "../review/edited-stacks";

/** The picture of a review in the README. */
export const reviewPicture = "docs/pictures/review.svg";

/** Production with one repository, as the picture's change finds it or leaves it. */
const prod = (maxImageCount: number, ...allowedAccountIds: string[]) => ({
  "environments/prod.ts": defineEnvironment({
    ...{ name: "prod", project: "myproject", accountId: "987654321098", region: "us-east-1" },
    tier: "production",
    state: { backend: "s3", bucket: "myproject-prod-tfstate-987654321098" },
    ecr: {
      encryptionType: "KMS",
      repositories: {
        "api-service": {
          imageTagMutability: "IMMUTABLE",
          maxImageCount,
          ...{ enableCrossAccountAccess: true, allowedAccountIds },
          ...{ enableReplication: true, replicationDestinations: [{ region: "us-west-2" }] },
        },
      },
    },
  }),
});

/** What `npm run review` prints for a change that lets another account pull and keeps fewer images. */
export function printedReview(): string {
  const before = stacksOf(prod(100, "123456789012"));
  const after = stacksOf(prod(30, "123456789012", "555555555555"));
  return asText(judged(reportBetween(before, after), { acknowledge: [], labels: [] }, []));
}

const widest = 100;

/** A line in parts that fit the picture; the further ones are indented. */
function wrapped(line: string): string[] {
  const [first = "", ...words] = line.split(" ");
  const lines = [first];
  for (const word of words) {
    const last = lines[lines.length - 1] ?? "";
    if (last.length + 1 + word.length <= widest) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`  ${word}`);
  }
  return lines;
}

const style = `
.terminal { fill: #f6f8fa; stroke: #d1d9e0; }
text { fill: #1f2328; font: 13px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; white-space: pre; }
.command { fill: #59636e; }
.blocked { fill: #c21c2c; font-weight: 600; }
@media (prefers-color-scheme: dark) {
  .terminal { fill: #151b23; stroke: #3d444d; }
  text { fill: #f0f6fc; }
  .command { fill: #9198a1; }
  .blocked { fill: #ff8182; }
}
`;

const escaped = (text: string): string =>
  text.replace(/[&<>]/g, (mark) => ({ "&": "&amp;", "<": "&lt;" })[mark] ?? "&gt;");

/** What a reader sees first: the verdict, what two gates block, and the stacks. */
function shownLines(): string[] {
  const lines = printedReview().split("\n");
  const blocked = lines.filter((line) => line.startsWith("BLOCKED by ")).slice(0, 2);
  const stacks = lines.filter((line) => /^[┌│├└]/.test(line));
  return [lines[0] ?? "", "", ...blocked.flatMap(wrapped), "…", "", ...stacks];
}

/** The verdict and the names of gates stand out. */
const marked = (line: string): string =>
  escaped(line).replace(/^(?:Blocked:|BLOCKED by [\w-]+:)/, '<tspan class="blocked">$&</tspan>');

/** The review as a terminal shows it, for light and dark. */
export function reviewPictureText(): string {
  const lines = shownLines();
  const height = 44 + 20 * lines.length;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="A review that two gates block" viewBox="0 0 840 ${height}" width="840" height="${height}">`,
    `<style>${style}</style>`,
    `<rect class="terminal" x="0.5" y="0.5" width="839" height="${height - 1}" rx="8"/>`,
    '<text class="command" x="16" y="30">$ npm run review -- --base origin/main</text>',
    ...lines.map((line, index) => `<text x="16" y="${50 + 20 * index}">${marked(line)}</text>`),
    "</svg>\n",
  ].join("\n");
}
