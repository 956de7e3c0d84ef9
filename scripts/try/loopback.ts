import { CommandError } from "../runner/command";

/**
 * An endpoint that nothing beyond this machine can answer, without the slash at its end. A name counts only if it is
 * `localhost`: what any other resolves to may change.
 *
 * @param value e.g. `http://127.0.0.1:5000`
 * @throws CommandError for any other
 * @see https://www.rfc-editor.org/rfc/rfc6761#section-6.3
 */
export function loopbackEndpoint(value: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol))
    throw new CommandError(`--endpoint ${value}: this is not a URL; use one such as http://127.0.0.1:5000.`);
  if (url.username !== "" || url.password !== "")
    throw new CommandError(`--endpoint: leave out the user name and the password before ${url.host}.`);
  if (!isLoopback(url.hostname))
    throw new CommandError(
      `--endpoint ${value}: ${url.hostname} is not this machine. A trial talks only to 127.0.0.1, [::1] or localhost, so that it can never reach AWS.`,
    );
  return url.href.replace(/\/$/, "");
}

/** @param hostname as `URL` writes it: 127.1 as 127.0.0.1, and names in lower case */
const isLoopback = (hostname: string): boolean =>
  hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);
