import type { MiddlewareStack } from "@aws-sdk/types";
import { liveOutput } from "../runner/output";

/** How long a request may take before a line says so. */
const silenceMs = 5000;

/** How long the next line waits after one, whatever it is about. */
const betweenMs = 30_000;

/** A client of the AWS SDK, as far as it matters here. */
export interface NoticingClient {
  readonly middlewareStack: Pick<MiddlewareStack<object, object>, "add">;
}

/** A request that has not ended. */
interface Waiting {
  readonly what: string;
  readonly since: number;
  /** Why AWS has refused it until now, e.g. `ThrottlingException`. */
  refusal?: string;
}

/** The lines of one program, of which there are few, whatever they are about. */
export class Notices {
  private last = Number.NEGATIVE_INFINITY;

  about({ what, since, refusal }: Waiting): void {
    const now = Date.now();
    if (now - this.last < betweenMs) return;
    this.last = now;
    const seconds = Math.round((now - since) / 1000);
    liveOutput.write("stderr", `${textOf(what, refusal)} after ${seconds} s.\n`);
  }
}

const ofThisProgram = new Notices();

/**
 * Let a client say on standard error what it waits for, when AWS does not answer or keeps it waiting. Under constant throttling
 * the SDK tries for most of a minute, which would otherwise look as if nothing happened.
 *
 * @param region of the client, for the text
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
export function noticeWaits(
  { middlewareStack }: NoticingClient,
  region: string,
  notices = ofThisProgram,
): void {
  const requests = new WeakMap<object, Waiting>();
  middlewareStack.add(
    (next, context) => async (args) => {
      const waiting: Waiting = {
        what: `${context.commandName?.replace(/Command$/, "") ?? "a request"} in ${region}`,
        since: Date.now(),
      };
      requests.set(context, waiting);
      const timer = setInterval(() => notices.about(waiting), silenceMs).unref();
      try {
        return await next(args);
      } finally {
        clearInterval(timer);
      }
    },
    { step: "initialize", name: "noticeWaits" },
  );
  // Within the retries, so that it sees each attempt.
  middlewareStack.add(
    (next, context) => async (args) => {
      try {
        return await next(args);
      } catch (error) {
        const waiting = requests.get(context);
        if (waiting !== undefined && error instanceof Error) waiting.refusal = error.name;
        throw error;
      }
    },
    { step: "finalizeRequest", name: "noticeRefusals", priority: "low" },
  );
}

function textOf(what: string, refusal: string | undefined): string {
  if (refusal === undefined) return `AWS has not answered ${what}; still waiting`;
  return /Throttl|TooManyRequests|RequestLimitExceeded|SlowDown/.test(refusal)
    ? `AWS is throttling ${what} (${refusal}); still retrying`
    : `${what} fails (${refusal}); still retrying`;
}
