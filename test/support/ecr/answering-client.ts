import { ECRClient } from "@aws-sdk/client-ecr";

/** What a registry answers: a result, or an error by its name. */
export type Answer = object | { readonly error: string };

const token = (retries: number) => ({ getRetryCount: () => retries, getRetryDelay: () => 0 });

/** Requests that ECR throttles are sent up to three times, as the SDK does by default. */
const withoutWaiting = {
  acquireInitialRetryToken: async () => token(0),
  refreshRetryTokenForRetry: async (last: ReturnType<typeof token>, { errorType }: { errorType: string }) => {
    const retries = last.getRetryCount() + 1;
    if (retries >= 3 || errorType === "CLIENT_ERROR") throw new Error("no further attempt");
    return token(retries);
  },
  recordSuccess: () => undefined,
};

/**
 * A client of the real SDK, whose requests a function answers.
 *
 * @param answer receives the name of the action and its input
 */
export function answeringClient(
  answer: (action: string, input: Readonly<Record<string, unknown>>) => Answer,
): ECRClient {
  return new ECRClient({
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    retryStrategy: withoutWaiting,
    requestHandler: {
      async handle({ headers, body }: { headers: Record<string, string>; body: Uint8Array | string }) {
        const action = headers["x-amz-target"]?.split(".").at(-1) ?? "";
        const found = answer(action, JSON.parse(Buffer.from(body as Uint8Array).toString()));
        const [statusCode, json] =
          "error" in found ? [400, { __type: found.error, message: "no" }] : [200, found];
        return {
          response: {
            statusCode,
            reason: "",
            headers: { "content-type": "application/x-amz-json-1.1" },
            body: Buffer.from(JSON.stringify(json)),
          },
        };
      },
    } as never,
  });
}
