/** What a scan of an image finds, as DescribeImageScanFindings answers it. */
export interface ScanResult {
  readonly repositoryName: string;
  readonly imageId: { readonly imageDigest: string };
  readonly imageScanStatus: { readonly status: string };
  readonly imageScanFindings: object;
}

/**
 * Tell the emulator what the next scans find. By itself it finds the same in every image, and nothing as Inspector would.
 *
 * @see https://docs.getmoto.org/en/latest/docs/services/ecr.html describe_image_scan_findings
 */
export async function setScanResults(
  variables: Readonly<Record<string, string>>,
  accountId: string,
  results: readonly ScanResult[],
): Promise<void> {
  const answer = await fetch(`${variables["AWS_ENDPOINT_URL"]}/moto-api/static/ecr/scan-finding-results`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ account_id: accountId, region: "us-east-1", results }),
  });
  if (!answer.ok) throw new Error(`The emulator takes no scan results: ${answer.status}`);
}
