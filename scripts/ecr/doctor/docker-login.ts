import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { z } from "zod";
import { type FoundState, note, ok, problem } from "./finding";

/** What Docker keeps of logins. https://docs.docker.com/reference/cli/docker/login/#credential-stores */
const dockerConfig = z.object({
  auths: z.record(z.string(), z.object({ auth: z.string().optional() })).default({}),
  credsStore: z.string().optional(),
  credHelpers: z.record(z.string(), z.string()).default({}),
});

/** The password of ECR is JSON in Base64 with the time at which it expires, in seconds since 1970. */
const token = z.object({ expiration: z.number() });

/** Where Docker and what it needs are looked for. */
export interface DockerPlace {
  /** Folder of `config.json`. @default - `DOCKER_CONFIG`, or `.docker` in the home folder */
  readonly folder?: string;
  /** Folders of programs. @default - PATH */
  readonly path?: string;
  /** @default - now */
  readonly now?: Date;
}

/**
 * Whether Docker can authenticate to a registry.
 *
 * @param host e.g. `123456789012.dkr.ecr.us-east-1.amazonaws.com`
 * @param login the command that logs in
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry_auth.html a token is valid for 12 hours
 */
export function dockerLogin(host: string, login: string, place: DockerPlace = {}): FoundState[] {
  const {
    folder = process.env["DOCKER_CONFIG"] ?? join(homedir(), ".docker"),
    path = process.env["PATH"] ?? "",
    now = new Date(),
  } = place;
  const file = join(folder, "config.json");
  if (!existsSync(file)) return [note(`Docker has not logged in to ${host}.`, login)];
  const config = configIn(file);
  if (config === undefined)
    return [
      problem(
        `${file} is not a configuration of Docker, so logins cannot be stored ("error storing credentials").`,
        `Correct the file, or move it away, and log in again: ${login}`,
      ),
    ];
  const helper = config.credHelpers[host] ?? config.credsStore;
  if (helper !== undefined) return [helperState(helper, { file, path, login, host })];
  const { auth } = config.auths[host] ?? {};
  if (auth === undefined) return [note(`Docker has not logged in to ${host}.`, login)];
  const expires = expiryOf(auth);
  if (expires === undefined)
    return [note(`Docker has a login for ${host} that is not a token of ECR.`, login)];
  if (expires <= now)
    return [problem(`Docker's login to ${host} expired at ${expires.toISOString()}.`, login)];
  return [ok(`Docker is logged in to ${host} until ${expires.toISOString()}.`)];
}

function configIn(file: string): z.infer<typeof dockerConfig> | undefined {
  try {
    return dockerConfig.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return undefined;
  }
}

function helperState(
  helper: string,
  { file, path, login, host }: { file: string; path: string; login: string; host: string },
): FoundState {
  const program = `docker-credential-${helper}`;
  const isThere = path.split(delimiter).some((folder) => existsSync(join(folder, program)));
  if (!isThere)
    return problem(
      `${file} has logins stored by ${program}, which is not installed ("error storing credentials").`,
      `Install it, or remove it from the file, and log in again: ${login}`,
    );
  return helper === "ecr-login"
    ? ok(`Docker gets tokens for ${host} from the credential helper of ECR.`)
    : note(`Docker's login is stored by ${program}; whether it has expired is not known.`, login);
}

/** When a token of ECR expires. `undefined` for another password. */
function expiryOf(auth: string): Date | undefined {
  try {
    const password = Buffer.from(auth, "base64").toString("utf8").split(":").slice(1).join(":");
    const { expiration } = token.parse(JSON.parse(Buffer.from(password, "base64").toString("utf8")));
    return new Date(expiration * 1000);
  } catch {
    return undefined;
  }
}
