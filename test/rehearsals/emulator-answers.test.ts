import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Emulator, startEmulator } from "../support/emulator/emulator";
import { describeWithTerraform } from "../support/emulator/skip-without-parts";

/** Calls as the SDKs send them: all attempts of one call have the same invocation ID. */
describeWithTerraform("the emulator's answers", () => {
  let emulator: Emulator;

  beforeAll(async () => {
    emulator = await startEmulator();
  });
  afterAll(() => emulator.stop());

  async function createRepository(invocation: string, repositoryName: string) {
    const response = await fetch(emulator.endpoint, {
      method: "POST",
      headers: {
        authorization:
          "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/ecr/aws4_request, SignedHeaders=host, Signature=0",
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": "AmazonEC2ContainerRegistry_V20150921.CreateRepository",
        "amz-sdk-invocation-id": invocation,
      },
      body: JSON.stringify({ repositoryName }),
    });
    return { status: response.status, body: await response.text() };
  }

  test("a second attempt of a call that succeeded gets the answer that was lost", async () => {
    const call = randomUUID();
    const first = await createRepository(call, "app");

    expect(first.status).toBe(200);
    expect(await createRepository(call, "app")).toEqual(first);
    expect((await createRepository(randomUUID(), "app")).body).toContain("RepositoryAlreadyExistsException");
  });

  test("a second attempt of a call that failed is carried out", async () => {
    const call = randomUUID();
    const refused = await createRepository(call, "UPPER");

    expect(refused.status).toBe(400);
    expect((await createRepository(call, "lower")).status).toBe(200);
  });
});
