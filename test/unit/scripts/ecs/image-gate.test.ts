import { expect, test } from "vitest";
import { platformProblem } from "../../../../scripts/ecs/image-gate";

const image = (...names: string[]) => ({
  digest: "sha256:0",
  platforms: names.map((name) => ({ name, digest: "sha256:0" })),
});

test("an image that is only for other processors is refused", () => {
  const arm = { cpuArchitecture: "ARM64" };

  expect(platformProblem(image("linux/amd64"), arm)).toMatchInlineSnapshot(
    `"the image is for linux/amd64, and the service runs on linux/arm64; build it for linux/arm64, or set cpuArchitecture"`,
  );
  expect(platformProblem(image("linux/amd64", "linux/arm64/v8"), arm)).toBeUndefined();
  expect(platformProblem(image(""), arm)).toBeUndefined();
  expect(platformProblem(image("linux/amd64"), { cpuArchitecture: "X86_64" })).toBeUndefined();
});
