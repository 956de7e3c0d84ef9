/** What a package.json says that the manifest of the library is made of. */
export interface ProjectManifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly engines: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

/** Where each part of the package has its module, and the type declarations beside it. */
export const entries = {
  ".": "./lib/library/constructs",
  "./cdktn": "./cdktn/library/constructs",
  "./compilers": "./lib/library/compilers",
} as const;

/** CDKTF and its fork, each with its bindings. An app has one of the two. */
const libraries = ["cdktf", "@cdktf/provider-aws", "cdktn", "@cdktn/provider-aws"];

/** Packages that an app and the library must share: two copies of a class are two classes. */
const shared = ["constructs", ...libraries];

/**
 * The package.json of the library.
 *
 * @param project package.json of this project
 * @param fork dependencies of the test that runs this project with cdktn
 * @param imported packages that files of the library import
 */
export function libraryManifest(
  project: ProjectManifest,
  fork: Readonly<Record<string, string>>,
  imported: ReadonlySet<string>,
) {
  const versions = { ...fork, ...project.dependencies };
  const withVersions = (names: readonly string[], range: string) =>
    Object.fromEntries(names.toSorted().map((name) => [name, `${range}${versionOf(versions, name)}`]));
  const own = [...imported].filter((name) => !shared.includes(name));
  return {
    name: project.name,
    version: project.version,
    description: "Constructs and policy compilers for Amazon ECR, for CDK for Terraform and its fork cdktn",
    license: project.license,
    type: "commonjs",
    main: `${entries["."]}.js`,
    types: `${entries["."]}.d.ts`,
    exports: {
      ...mapEntries((path) => ({ types: `${path}.d.ts`, default: `${path}.js` })),
      "./package.json": "./package.json",
    },
    // For TypeScript's module resolution "node10", which the templates of CDKTF use and which does not read `exports`.
    typesVersions: { "*": mapSubpaths((path) => [`${path}.d.ts`]) },
    sideEffects: false,
    engines: { node: project.engines["node"] },
    // In the versions that the tests of this project run with.
    dependencies: withVersions(own, ""),
    peerDependencies: withVersions(shared, "^"),
    peerDependenciesMeta: Object.fromEntries(libraries.map((name) => [name, { optional: true }])),
  };
}

type Entry = keyof typeof entries;

function mapEntries<T>(value: (path: string) => T) {
  const mapped = Object.entries(entries).map(([name, path]) => [name, value(path)]);
  return Object.fromEntries(mapped) as Record<Entry, T>;
}

/** By the name after the slash. The package itself has `types`. */
function mapSubpaths<T>(value: (path: string) => T) {
  const { ".": _whole, ...subpaths } = mapEntries(value);
  return Object.fromEntries(Object.entries(subpaths).map(([name, one]) => [name.replace("./", ""), one]));
}

function versionOf(versions: Readonly<Record<string, string>>, name: string): string {
  const version = versions[name];
  if (version === undefined)
    throw new Error(`library/ imports ${name}; add it to dependencies in package.json`);
  return version;
}
