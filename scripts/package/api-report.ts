import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Extractor, ExtractorConfig } from "@microsoft/api-extractor";

/** The checked-in report, from the root of the project. It changes whenever the types of the library do. */
export const apiReportFile = "library/library.api.md";

/**
 * The public types of a built package, sorted by name, without comments.
 *
 * @param folder absolute path of the package
 * @param into absolute path of a folder that the report is written to
 * @see https://api-extractor.com/pages/overview/demo_api_report/
 */
export function apiReport(folder: string, into: string): string {
  const { name, version, types } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const nodeNext = { module: "nodenext", moduleResolution: "nodenext", target: "es2023", lib: ["es2023"] };
  const compilerOptions = { ...nodeNext, types: [], strict: true, skipLibCheck: true };
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: folder,
      mainEntryPointFilePath: join(folder, types),
      compiler: { overrideTsconfig: { compilerOptions, files: [types] } },
      apiReport: {
        enabled: true,
        reportFileName: "library.api.md",
        reportFolder: into,
        reportTempFolder: join(into, "new"),
        includeForgottenExports: true,
      },
      newlineKind: "lf",
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(folder, "package.json"),
    packageJson: { name, version },
  });
  Extractor.invoke(config, {
    localBuild: true,
    // Errors of the compiler are reported by the compiler, and the rules of TSDoc are not those of this project.
    messageCallback: (message) => {
      message.handled = true;
    },
  });
  return readFileSync(join(into, "library.api.md"), "utf8").replace(
    /\n*\/\/ \(No @packageDocumentation.*\n/,
    "\n",
  );
}
