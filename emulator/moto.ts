import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

/** The version of moto that `corrections/` changes. Its internals differ in others. */
export const motoVersion = "5.2.1";

/** The corrections: Python modules beside the source of this file, also when it runs compiled from `build/`. */
export const corrections = [
  join(__dirname, "corrections"),
  resolve(__dirname, "../../emulator/corrections"),
].find((folder) => existsSync(folder)) as string;

/** How moto's server starts on this machine. */
export interface Moto {
  /** Program and arguments. */
  readonly command: readonly string[];
}

/** What was found of moto: how to start it, or what is wrong with what is there. */
export type FoundMoto =
  | { readonly ok: true; readonly moto: Moto }
  | { readonly ok: false; readonly reason: string };

/** Where moto can be, in the order of preference: the active virtual environment, PATH, usual folders, Python itself. */
const places = (variables: NodeJS.ProcessEnv, project: string): string[][] => [
  ...[variables["VIRTUAL_ENV"], ".venv", "venv"].flatMap((folder) =>
    folder ? [[resolve(project, folder, "bin", "moto_server")]] : [],
  ),
  ["moto_server"],
  ["python3", "-m", "moto.server"],
  ["python", "-m", "moto.server"],
];

/**
 * Look for moto in the version that the corrections need.
 *
 * @param variables environment of the programs that are tried. @default - that of this process
 * @param project folder that may hold a virtual environment. @default - the working folder
 */
export function findMoto(variables: NodeJS.ProcessEnv = process.env, project = "."): FoundMoto {
  const other: string[] = [];
  for (const command of places(variables, project)) {
    const version = versionOf(command, variables);
    if (version === motoVersion) return { ok: true, moto: { command } };
    if (version !== undefined) other.push(`${command.join(" ")} is moto ${version}`);
  }
  return { ok: false, reason: other[0] ?? "moto is not installed" };
}

/**
 * The version that a command would run, e.g. `5.2.1`, without loading moto.
 *
 * @returns `undefined` where there is no moto
 */
function versionOf(
  [name = "", ...args]: readonly string[],
  variables: NodeJS.ProcessEnv,
): string | undefined {
  const { stdout } = spawnSync(name, args, {
    env: { ...variables, PYTHONPATH: corrections, PYTHONDONTWRITEBYTECODE: "1", EMULATOR_VERSION: "print" },
    encoding: "utf8",
    timeout: 20_000,
  });
  return /^moto (\S+)\n$/.exec(stdout ?? "")?.[1];
}

/** Ways to get the emulator, one line each. */
export const waysToGetMoto: readonly string[] = [
  `pip:        python3 -m venv .venv && .venv/bin/pip install 'moto[server]==${motoVersion}'`,
  `pipx:       pipx install 'moto[server]==${motoVersion}'`,
  `container:  docker run --rm -p 127.0.0.1:5000:5000 -v "$PWD/emulator/corrections:/corrections:ro" -e PYTHONPATH=/corrections -e MOTO_IAM_LOAD_MANAGED_POLICIES=true -e MOTO_LAMBDA_STUB_ECR=false motoserver/moto:${motoVersion}   (then: npm run try -- --endpoint http://127.0.0.1:5000)`,
];
