import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { loadProject } from "../../../../environments/load";
import { asMermaid } from "../../../../scripts/diagram/as-mermaid";
import { svgElement, svgFile } from "../../../../scripts/diagram/as-svg";
import { diagramFolder, graphOf, pictures } from "../../../../scripts/diagram/pictures";
import { asHtml } from "../../../../scripts/review/report/as-html";
import { projectStacks } from "../../../../scripts/runner/project-stacks";
import { guide } from "../../../support/environments/guide";
import { runs } from "../../../support/property-runs";
import { reportBetween } from "../../../support/review/edited-stacks";
import { currentDiagrams } from "../../../support/snapshots/current-diagrams";

const project = loadProject(guide, {});
const stacks = projectStacks(project);
const prod = project.environments.find(({ name }) => name === "prod");

test("the diagrams in docs are those of the environment files: npm run snapshots", async () => {
  const current = await currentDiagrams();
  const written = readdirSync(diagramFolder).map((file) => `${diagramFolder}/${file}`);

  expect(written.toSorted()).toEqual(Object.keys(current).toSorted());
  for (const [path, text] of Object.entries(current)) expect(readFileSync(path, "utf8")).toBe(text);
});

test("an arrow names the outputs that a stack reads", () => {
  const { edges } = graphOf(prod as NonNullable<typeof prod>, stacks);

  expect(
    edges.map(({ publisher, reader, outputs }) => `${publisher} -> ${reader}: ${outputs}`),
  ).toMatchInlineSnapshot(`
    [
      "security-prod -> network-prod: logs_kms_key_arn",
      "security-prod -> replicas-prod: replica_kms_key_arns",
      "network-prod -> compute-prod: vpc_cidr_block,vpc_id",
      "security-prod -> compute-prod: ecr_kms_key_arn,logs_kms_key_arn",
    ]
  `);
});

test("the table says who may pull and push, and how each repository is scanned and replicated", async () => {
  const all = await pictures(project.environments, stacks);

  expect(all.map(({ repositories: { rows } }) => rows.map((row) => row.join(" | ")))).toMatchInlineSnapshot(`
    [
      [
        "myproject-dev-web-app | MUTABLE | BASIC SCAN_ON_PUSH | - | any: imageCountMoreThan 50 | ECS service web-app | -",
        "myproject-dev-api-service | MUTABLE | BASIC SCAN_ON_PUSH | - | any: imageCountMoreThan 30 | ECS service api-service | -",
        "myproject-dev-worker | MUTABLE | BASIC SCAN_ON_PUSH | - | any: imageCountMoreThan 20 | - | -",
        "myproject-dev-lambda-processor | MUTABLE | BASIC SCAN_ON_PUSH | - | any: imageCountMoreThan 10 | lambda.amazonaws.com if ArnLike aws:sourceArn = arn:aws:lambda:us-east-1:123456789012:function:*; Lambda function lambda-processor | -",
      ],
      [
        "myproject-prod-web-app | IMMUTABLE | ENHANCED CONTINUOUS_SCAN | 987654321098 in eu-west-1; 987654321098 in us-west-2 | any: imageCountMoreThan 100 | account 123456789012; account 210987654321; ECS service web-app | -",
        "myproject-prod-api-service | IMMUTABLE | ENHANCED CONTINUOUS_SCAN | 987654321098 in us-west-2 | any: imageCountMoreThan 100 | account 123456789012; account 210987654321; ECS service api-service | -",
        "myproject-prod-worker | IMMUTABLE | ENHANCED SCAN_ON_PUSH | - | any: imageCountMoreThan 50 | account 123456789012 | -",
        "myproject-prod-lambda-processor | IMMUTABLE | ENHANCED SCAN_ON_PUSH | 987654321098 in us-west-2 | any: imageCountMoreThan 30 | lambda.amazonaws.com if ArnLike aws:sourceArn = arn:aws:lambda:us-east-1:987654321098:function:*; Lambda function lambda-processor | -",
        "myproject-prod-base-images | IMMUTABLE | ENHANCED SCAN_ON_PUSH | - | any: imageCountMoreThan 20 | account 123456789012; account 210987654321; account 345678901234 | -",
        "myproject-prod-web-app in eu-west-1 | IMMUTABLE | ENHANCED CONTINUOUS_SCAN | - | any: imageCountMoreThan 100 | account 123456789012; account 210987654321 | -",
        "myproject-prod-web-app in us-west-2 | IMMUTABLE | ENHANCED CONTINUOUS_SCAN | - | any: imageCountMoreThan 100 | account 123456789012; account 210987654321 | -",
        "myproject-prod-api-service in us-west-2 | IMMUTABLE | ENHANCED CONTINUOUS_SCAN | - | any: imageCountMoreThan 100 | account 123456789012; account 210987654321 | -",
        "myproject-prod-lambda-processor in us-west-2 | IMMUTABLE | ENHANCED SCAN_ON_PUSH | - | any: imageCountMoreThan 30 | lambda.amazonaws.com if ArnLike aws:sourceArn = arn:aws:lambda:us-west-2:987654321098:function:* | -",
      ],
    ]
  `);
});

const texts = fc.oneof(
  fc.string(),
  fc.constantFrom(
    "<script>",
    '"]; evil -> x',
    "\\N",
    "&amp;",
    "&lt;b&gt;",
    "</svg>",
    "<!--",
    "\u0000",
    "]\nclick s0 href x",
  ),
);

test("no text becomes markup of an SVG, or a statement of Mermaid", async () => {
  const graphWith = (text: string) => ({
    nodes: [
      { stack: `a${text}`, resources: [text] },
      { stack: `b${text}`, resources: [] },
    ],
    edges: [{ publisher: `a${text}`, reader: `b${text}`, outputs: [text] }],
  });
  const tags = (svg: string) => svg.match(/<\/?[a-z]+/g)?.toSorted();
  const expected = tags(await svgElement(graphWith("x")));

  await fc.assert(
    fc.asyncProperty(texts, async (word) => {
      const graph = graphWith(`x${word}`);
      const svg = await svgElement(graph);
      expect(tags(svg)).toEqual(expected);
      expect(asMermaid(graph).split("\n")).toHaveLength(5);
      expect(asMermaid(graph)).not.toMatch(/"[^"]*[<>\]](?!br\/>)[^"]*"[^"]*"[^"]*"[^"]*"[^"]*"[^"]*"/);
    }),
    { numRuns: runs(100) },
  );
});

test("an SVG in a page has no style of its own, which its policy would refuse; a file has one", async () => {
  const graph = graphOf(prod as NonNullable<typeof prod>, stacks);

  expect(await svgElement(graph)).not.toMatch(/<style|style=|<script|href/);
  expect(await svgFile(graph)).toContain("prefers-color-scheme: dark");
});

test("the page of a review has the picture and the table of each environment", async () => {
  const html = asHtml(reportBetween({}, stacks), await pictures(project.environments, stacks));

  for (const title of ["Stacks of prod", "Repositories of prod", "Stacks of dev", "Repositories of dev"])
    expect(html).toContain(`<h2>${title}</h2>`);
});
