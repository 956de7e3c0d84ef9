import type { EnhancedImageScanFinding, ImageScanFinding } from "@aws-sdk/client-ecr";

/** A package in which a scan found a vulnerability. */
export interface VulnerablePackage {
  readonly name: string;
  /** @default - the scan names none */
  readonly version?: string | undefined;
  /** The version that has the fix. @default - none, or the scan does not tell */
  readonly fixedIn?: string | undefined;
  /** Path of the file in the image that brought it. @default - a package of the operating system */
  readonly path?: string | undefined;
}

/** A vulnerability in an image, whether a basic or an enhanced scan found it. */
export interface Finding {
  /** E.g. `CVE-2024-3094`. */
  readonly id: string;
  /** E.g. `HIGH`. */
  readonly severity: string;
  readonly description: string;
  /** At least one, except where the scan names none. */
  readonly packages: readonly VulnerablePackage[];
  /** Whether a version without the vulnerability exists. Basic scans do not tell. */
  readonly fix: "yes" | "partial" | "no" | "unknown";
  /** Whether an exploit is known. Basic scans do not tell. */
  readonly exploit: boolean | undefined;
  /** CVSS base score, 0 to 10. @default - the scan has none */
  readonly score: number | undefined;
  /** Page about the vulnerability. @default - the scan names none */
  readonly url: string | undefined;
  /** When an enhanced scan first saw it in this image. */
  readonly firstSeen: Date | undefined;
}

/**
 * A finding of a basic scan.
 *
 * Documented attributes are the package's name and version and CVSS values. None says whether there is a fix.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageScanFinding.html
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-basic.html
 */
export function basicFinding({
  name = "unnamed",
  severity = "UNDEFINED",
  description = "",
  uri,
  attributes = [],
}: ImageScanFinding): Finding {
  const attribute = (wanted: string) => attributes.find(({ key }) => key === wanted)?.value;
  const packageName = attribute("package_name");
  return {
    id: name,
    severity,
    description,
    packages: packageName === undefined ? [] : [{ name: packageName, version: attribute("package_version") }],
    fix: "unknown",
    exploit: undefined,
    score: scoreIn(attribute("CVSS4_SCORE") ?? attribute("CVSS3_SCORE") ?? attribute("CVSS2_SCORE")),
    url: uri === "" ? undefined : uri,
    firstSeen: undefined,
  };
}

/** Inspector writes this where a package has no fix. */
const notAvailable = "NotAvailable";

/**
 * A finding of an enhanced scan.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_EnhancedImageScanFinding.html
 */
export function enhancedFinding(finding: EnhancedImageScanFinding): Finding {
  const { packageVulnerabilityDetails: details = {}, severity = "UNTRIAGED", title = "" } = finding;
  const packages = (details.vulnerablePackages ?? []).map(
    ({ name = "unnamed", epoch, version, release, fixedInVersion, filePath }) => ({
      name,
      version: versionText(epoch, version, release),
      fixedIn: fixedInVersion === notAvailable || fixedInVersion === "" ? undefined : fixedInVersion,
      path: filePath === "" ? undefined : filePath,
    }),
  );
  return {
    id: details.vulnerabilityId ?? (title === "" ? (finding.findingArn ?? "unnamed") : title),
    severity,
    description: finding.description ?? title,
    packages,
    fix: fixOf(finding.fixAvailable, packages),
    exploit: finding.exploitAvailable === undefined ? undefined : finding.exploitAvailable === "YES",
    score: finding.score ?? finding.scoreDetails?.cvss?.score,
    url: details.sourceUrl ?? finding.remediation?.recommendation?.url,
    firstSeen: finding.firstObservedAt,
  };
}

/** An RPM's epoch is part of its version only if it is not 0. */
function versionText(epoch: number | undefined, version: string | undefined, release: string | undefined) {
  if (version === undefined) return undefined;
  return `${epoch === undefined || epoch === 0 ? "" : `${epoch}:`}${version}${release === undefined || release === "" ? "" : `-${release}`}`;
}

/** `fixAvailable` is missing in findings from before Inspector had it; the packages tell as well. */
function fixOf(available: string | undefined, packages: readonly VulnerablePackage[]): Finding["fix"] {
  if (available === "YES") return "yes";
  if (available === "PARTIAL") return "partial";
  if (available === "NO") return "no";
  const fixed = packages.filter(({ fixedIn }) => fixedIn !== undefined).length;
  if (packages.length === 0 || fixed === 0) return "unknown";
  return fixed === packages.length ? "yes" : "partial";
}

function scoreIn(text: string | undefined): number | undefined {
  const score = Number.parseFloat(text ?? "");
  return Number.isFinite(score) ? score : undefined;
}
