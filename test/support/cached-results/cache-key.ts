import { readdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fingerprintOf, hashOf } from "./fingerprints";
import { generatedFolders } from "./generated-folders";

/** Variables that differ between two terminals. No code of the project reads them. */
const ofSession = [
  /^(?:_|SHLVL|PWD|OLDPWD|INIT_CWD|NODE|COLOR|COLORTERM|EDITOR|WINDOWID|STY|GPG_TTY|COLUMNS|LINES|DISPLAY)$/,
  /^(?:npm_|SSH_|TMUX|TERM_|ITERM_|VTE_|KITTY_|WEZTERM_|ALACRITTY_|KONSOLE_|GNOME_|WT_|VSCODE_|GIT_ASKPASS)/,
  /^(?:XDG_|DBUS_|WAYLAND_|SESSION_|JOURNAL_|INVOCATION_|LS_COLORS|(?:__)?MISE_|STARSHIP_|DIRENV_|ATUIN_)/,
];

/** Whether a variable is one of a terminal, a shell or npm. */
export const isOfSession = (name: string): boolean => ofSession.some((pattern) => pattern.test(name));

/** The value of a variable without what npm adds: folders of node_modules in the path. */
const withoutPackages = (name: string, value = ""): string =>
  name.toUpperCase() === "PATH"
    ? value
        .split(delimiter)
        .filter((folder) => !folder.includes("node_modules"))
        .join(delimiter)
    : value;

/**
 * What the results of all test files depend on, as the name of a file. These are the versions, the installed packages, the
 * settings of tests and of the compiler, the JavaScript that is not compiled, the environment variables, and the day. The day
 * counts because some rules depend on the date, and because each run of a property test tries other cases.
 *
 * @param date e.g. `2026-11-30`
 * @param commonFiles further files of the project that all results depend on
 */
export function cacheKey(
  project: string,
  environment: NodeJS.ProcessEnv,
  date: string,
  commonFiles: readonly string[],
): string {
  const variables = Object.entries(environment)
    .filter(([name]) => !isOfSession(name))
    .map(([name, value]) => [name, withoutPackages(name, value)] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  const files = [
    "node_modules/.package-lock.json",
    "package-lock.json",
    "package.json",
    ".env",
    ...settingsBelow(project),
    ...commonFiles,
  ];
  const fingerprints = files.map((path) => [path, fingerprintOf(project, path)]);
  return hashOf(
    JSON.stringify([process.version, process.platform, process.arch, date, variables, fingerprints]),
  );
}

/** Paths of settings, and of JavaScript that Node.js loads as it is. */
function settingsBelow(project: string, folder = ""): string[] {
  return readdirSync(join(project, folder), { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) return isSkippedFolder(entry.name) ? [] : settingsBelow(project, path);
      return /\.[cm]js$|\.mts$|^tsconfig.*\.json$/.test(path) ? [path] : [];
    });
}

const isSkippedFolder = (name: string): boolean => name.startsWith(".") || generatedFolders.includes(name);
