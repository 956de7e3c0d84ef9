import { createHash } from "node:crypto";
import type { ECRClient } from "@aws-sdk/client-ecr";

export const sha256 = (data: Uint8Array | string): string =>
  `sha256:${createHash("sha256").update(data).digest("hex")}`;

interface Stored {
  readonly manifest: string;
  readonly mediaType: string | undefined;
  readonly tags: Set<string>;
}

interface Input {
  readonly imageIds: { imageDigest: string }[];
  readonly layerDigests: string[];
  readonly layerDigest: string;
  readonly layerPartBlob: Uint8Array;
  readonly partFirstByte: number;
  readonly imageManifest: string;
  readonly imageManifestMediaType?: string;
  readonly imageDigest: string;
  readonly imageTag?: string;
}

const error = (name: string) => Object.assign(new Error(name), { name });

/** One repository, by the documentation of ECR's API. Layers are downloaded by `data:` URLs. */
export class ModelRepository {
  readonly layers = new Map<string, Uint8Array>();
  readonly images = new Map<string, Stored>();
  /** Names of the calls, in their order. */
  readonly calls: string[] = [];
  /** Tags that cannot move. */
  readonly immutable = new Set<string>();
  /** Fails the calls for which it returns an error. */
  fault: (call: string, input: Input) => Error | undefined = () => undefined;

  constructor(private readonly partSize = 4) {}

  readonly client = {
    send: async (
      command: { constructor: { name: string }; input: Input },
      { abortSignal }: { abortSignal: AbortSignal },
    ) => {
      abortSignal.throwIfAborted();
      const call = command.constructor.name.replace("Command", "") as keyof ModelRepository["actions"];
      this.calls.push(call);
      const fault = this.fault(call, command.input);
      if (fault !== undefined) throw fault;
      return this.actions[call](command.input);
    },
  } as unknown as ECRClient;

  /** Put an image, as a push does. @returns its digest */
  push(manifest: object, tags: readonly string[], mediaType?: string): string {
    const text = JSON.stringify({ schemaVersion: 2, ...manifest });
    this.images.set(sha256(text), { manifest: text, mediaType, tags: new Set(tags) });
    return sha256(text);
  }

  layer(data: string): { digest: string; size: number } {
    this.layers.set(sha256(data), Buffer.from(data));
    return { digest: sha256(data), size: data.length };
  }

  private readonly actions = {
    BatchGetImage: ({ imageIds: [id] }: Input) => {
      const found = this.images.get(id?.imageDigest ?? "");
      return found === undefined
        ? { failures: [{ failureCode: "ImageNotFound", failureReason: "Requested image not found" }] }
        : { images: [{ imageManifest: found.manifest }] };
    },
    BatchCheckLayerAvailability: ({ layerDigests }: Input) => ({
      layers: layerDigests.map((layerDigest) => ({
        layerDigest,
        layerAvailability: this.layers.has(layerDigest) ? "AVAILABLE" : "UNAVAILABLE",
      })),
    }),
    GetDownloadUrlForLayer: ({ layerDigest }: Input) => {
      const data = this.layers.get(layerDigest);
      if (data === undefined) throw error("LayersNotFoundException");
      return { downloadUrl: `data:application/octet-stream;base64,${Buffer.from(data).toString("base64")}` };
    },
    InitiateLayerUpload: () => {
      const uploadId = String(this.uploads.push([]) - 1);
      return { uploadId, partSize: this.partSize };
    },
    UploadLayerPart: ({ layerPartBlob, partFirstByte, ...rest }: Input) => {
      const parts = this.uploads[Number((rest as unknown as { uploadId: string }).uploadId)] ?? [];
      if (partFirstByte !== Buffer.concat(parts).length) throw error("InvalidLayerPartException");
      if ((parts.at(-1)?.length ?? this.partSize) < this.partSize) throw error("LayerPartTooSmallException");
      parts.push(Uint8Array.from(layerPartBlob));
      return {};
    },
    CompleteLayerUpload: ({ layerDigests: [digest = ""], ...rest }: Input) => {
      const data = Buffer.concat(
        this.uploads[Number((rest as unknown as { uploadId: string }).uploadId)] ?? [],
      );
      if (sha256(data) !== digest) throw error("InvalidLayerException");
      this.layers.set(digest, data);
      return {};
    },
    PutImage: ({ imageManifest, imageManifestMediaType, imageDigest, imageTag }: Input) => {
      if (sha256(imageManifest) !== imageDigest) throw error("ImageDigestDoesNotMatchException");
      const { config, layers = [], manifests = [] } = JSON.parse(imageManifest);
      for (const { digest } of [...(config ? [config] : []), ...layers])
        if (!this.layers.has(digest)) throw error("LayersNotFoundException");
      for (const { digest } of manifests)
        if (!this.images.has(digest)) throw error("ReferencedImagesNotFoundException");
      const owner = [...this.images].find(([, { tags }]) => imageTag !== undefined && tags.has(imageTag));
      if (owner !== undefined && owner[0] !== imageDigest) {
        if (this.immutable.has(imageTag ?? "")) throw error("ImageTagAlreadyExistsException");
        owner[1].tags.delete(imageTag ?? "");
      }
      const image = this.images.get(imageDigest);
      if (image !== undefined && (imageTag === undefined || image.tags.has(imageTag)))
        throw error("ImageAlreadyExistsException");
      if (image === undefined)
        this.images.set(imageDigest, {
          manifest: imageManifest,
          mediaType: imageManifestMediaType,
          tags: new Set(imageTag === undefined ? [] : [imageTag]),
        });
      else if (imageTag !== undefined) image.tags.add(imageTag);
      return {};
    },
  };

  private readonly uploads: Uint8Array[][] = [];
}
