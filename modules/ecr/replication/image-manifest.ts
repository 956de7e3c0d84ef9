import { createHash } from "node:crypto";

/** What an image consists of, according to its manifest. */
export interface ImageParts {
  /** Digests of the layers and of the configuration that the registry stores, each once. */
  readonly blobs: readonly string[];
  /** Digests of the images of a manifest list, which have to exist before it. */
  readonly images: readonly string[];
  /** Digest of the image to which this one refers, as a signature does. It need not exist. */
  readonly subject: string | undefined;
}

interface Descriptor {
  readonly digest: string;
  readonly mediaType?: string;
}

/** Layers that registries do not store. https://github.com/opencontainers/image-spec/blob/main/layer.md#non-distributable-layers */
const isStoredElsewhere = ({ mediaType = "" }: Descriptor): boolean =>
  /\.foreign\.|\.nondistributable\./.test(mediaType);

/**
 * The parts of an image with a Docker v2.2 or OCI manifest.
 *
 * @throws SyntaxError when the manifest is not JSON; Error when it is of another kind, e.g. Docker's first schema
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-manifest-formats.html
 */
export function partsIn(manifest: string): ImageParts {
  const { schemaVersion, config, layers, manifests, subject } = JSON.parse(manifest) as {
    schemaVersion?: number;
    config?: Descriptor;
    layers?: readonly Descriptor[];
    manifests?: readonly Descriptor[];
    subject?: Descriptor;
  };
  if (schemaVersion !== 2 || (layers === undefined && manifests === undefined))
    throw new Error(
      `its manifest has schema version ${schemaVersion ?? "none"}; push it again in a newer format`,
    );
  const stored = [...(config === undefined ? [] : [config]), ...(layers ?? [])].filter(
    (part) => !isStoredElsewhere(part),
  );
  return {
    blobs: [...new Set(stored.map(({ digest }) => digest))],
    images: [...new Set((manifests ?? []).map(({ digest }) => digest))],
    subject: subject?.digest,
  };
}

/** Digest of a manifest, as registries compute it: of exactly these bytes. */
export function manifestDigest(manifest: string): string {
  return `sha256:${createHash("sha256").update(manifest, "utf8").digest("hex")}`;
}
