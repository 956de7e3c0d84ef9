/** A blob that a manifest refers to: its configuration, or a layer. */
export interface Blob {
  readonly digest: string;
  /** Bytes, compressed. */
  readonly size: number;
}

interface Descriptor {
  readonly digest?: unknown;
  readonly size?: unknown;
  readonly mediaType?: unknown;
}

/** Layers that stay in another registry. https://github.com/opencontainers/image-spec/blob/main/layer.md#non-distributable-layers */
const foreign = /foreign|nondistributable/;

/**
 * The blobs that a manifest makes the registry store; `undefined` if it does not tell their sizes, as manifests of version 1 do
 * not. A manifest list stores none itself.
 */
export function blobsIn(manifest: string): Blob[] | undefined {
  const { config, layers, manifests } = JSON.parse(manifest) as {
    config?: Descriptor;
    layers?: readonly Descriptor[];
    manifests?: unknown;
  };
  if (manifests !== undefined) return [];
  if (layers === undefined) return undefined;
  const blobs: Blob[] = [];
  for (const { digest, size, mediaType } of [...(config === undefined ? [] : [config]), ...layers]) {
    if (typeof digest !== "string" || typeof size !== "number") return undefined;
    if (!foreign.test(String(mediaType))) blobs.push({ digest, size });
  }
  return blobs;
}
