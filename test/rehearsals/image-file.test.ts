import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { described } from "../support/commands/described-images";
import { Workspace } from "../support/emulator/workspace";

/** Files that a lifecycle preview rejects, in a copy of the project. */
describe("image file", () => {
  let workspace: Workspace;

  beforeAll(() => {
    workspace = new Workspace();
    workspace.write("images.json", JSON.stringify(described(12)));
  });
  afterAll(() => workspace.remove());

  const preview = (...args: string[]) => workspace.loaded(["ecr", "lifecycle", "preview", ...args]);

  test("fails when the images belong to another repository or account, reported once each", async () => {
    const { imageDetails } = described(2, "myproject-dev-web-app", "987654321098");
    const [own] = described(1).imageDetails;
    workspace.write("other.json", JSON.stringify({ imageDetails: [own, ...imageDetails] }));

    const { code, stdout, stderr } = await workspace.run([
      ...["npm", "run", "--silent", "ecr", "--", "lifecycle", "preview"],
      ...["--env", "dev", "--repo", "lambda-processor", "--images", "other.json"],
    ]);

    const remedy =
      "save the output of aws ecr describe-images --repository-name myproject-dev-lambda-processor --filter imageStatus=ANY in the file";
    expect([code, stdout]).toEqual([1, ""]);
    expect(
      stderr,
    ).toBe(`other.json: imageDetails[1].registryId: found "987654321098"; myproject-dev-lambda-processor is in account 123456789012; ${remedy}
other.json: imageDetails[1].repositoryName: found "myproject-dev-web-app"; these must be images of myproject-dev-lambda-processor; ${remedy}
`);
  });

  test("fails with every problem in the file", async () => {
    workspace.write("wrong.json", JSON.stringify({ imageDetails: [{ imageDigest: "x" }, {}] }));
    workspace.write("text.json", "images");
    workspace.write("empty.json", "{}");
    workspace.write("number.json", "1");
    workspace.write(
      "shapes.json",
      JSON.stringify([
        1,
        { ...described(1, "myproject-dev-worker").imageDetails[0], imageTags: "v1", imageStatus: "GONE" },
      ]),
    );
    const problemsWith = async (...args: string[]) => {
      const { code, stdout, stderr } = await preview("--env", "dev", "--repo", "worker", ...args);
      return [code, stdout, stderr];
    };

    const failures = [
      await problemsWith("--images", "wrong.json"),
      await problemsWith("--images", "text.json"),
      await problemsWith("--images", "empty.json"),
      await problemsWith("--images", "number.json"),
      await problemsWith("--images", "shapes.json"),
      await problemsWith("--images", "images.json", "--in-use", "nowhere.txt"),
      await problemsWith("--images", "images.json", "--in-use", "text.json"),
    ];

    expect(failures).toMatchInlineSnapshot(`
      [
        [
          1,
          "",
          "wrong.json: imageDetails[0].imageDigest: found "x"; a digest must be sha256: followed by 64 hexadecimal digits
      wrong.json: imageDetails[0].imagePushedAt: found nothing; a time must be ISO 8601 with an offset, or seconds (not milliseconds) since 1970
      wrong.json: imageDetails[1].imageDigest: found nothing; a digest must be a string
      wrong.json: imageDetails[1].imagePushedAt: found nothing; a time must be ISO 8601 with an offset, or seconds (not milliseconds) since 1970
      ",
        ],
        [
          1,
          "",
          "text.json: Unexpected token 'i', "images" is not valid JSON; save the output of aws ecr describe-images --repository-name myproject-dev-worker --filter imageStatus=ANY in the file
      ",
        ],
        [
          1,
          "",
          "empty.json: imageDetails: found nothing; this must be a list of images; save the output of aws ecr describe-images --repository-name myproject-dev-worker --filter imageStatus=ANY in the file
      ",
        ],
        [
          1,
          "",
          "number.json: (top level): found 1; this must be an object or a list; save the output of aws ecr describe-images --repository-name myproject-dev-worker --filter imageStatus=ANY in the file
      ",
        ],
        [
          1,
          "",
          "shapes.json: [0]: found 1; an image must be an object with imageDigest and imagePushedAt
      shapes.json: [1].imageTags: found "v1"; tags must be a list of strings
      shapes.json: [1].imageStatus: found "GONE"; a status must be ACTIVE, ARCHIVED or ACTIVATING
      ",
        ],
        [
          1,
          "",
          "--in-use nowhere.txt: neither a digest (sha256:…) nor a readable file
      ",
        ],
        [
          1,
          "",
          "text.json:1: found "images"; each line must be a digest (sha256:…)
      ",
        ],
      ]
    `);
  });
});
