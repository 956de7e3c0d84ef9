import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { apiReport, apiReportFile } from "./package/api-report";
import { buildPackage, pack } from "./package/build-package";

/**
 * `npm run package`: build the library in `build/package`, write the report of its public types, and pack it to
 * `build/<name>-<version>.tgz`.
 */
const project = process.cwd();
const folder = join(project, "build", "package");
buildPackage(project, folder);
const temporary = mkdtempSync(join(tmpdir(), "api-report-"));
try {
  writeFileSync(join(project, apiReportFile), apiReport(folder, temporary));
} finally {
  rmSync(temporary, { recursive: true });
}
process.stdout.write(`${relative(project, pack(folder, join(project, "build")))}\n`);
