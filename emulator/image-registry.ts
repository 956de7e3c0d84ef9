import { createHash } from "node:crypto";
import {
  BatchDeleteImageCommand,
  CompleteLayerUploadCommand,
  ECRClient,
  type ImageIdentifier,
  InitiateLayerUploadCommand,
  ListImagesCommand,
  PutImageCommand,
  UploadLayerPartCommand,
} from "@aws-sdk/client-ecr";
import { clientConfig } from "./client-config";

export const ociManifest = "application/vnd.oci.image.manifest.v1+json";
export const ociIndex = "application/vnd.oci.image.index.v1+json";

/** The registry of one account and Region, as a pipeline pushes to it. */
export class ImageRegistry {
  private readonly ecr: ECRClient;

  /** @param variables the environment variables of an account, from the emulator */
  constructor(variables: Readonly<Record<string, string>>, region?: string) {
    this.ecr = new ECRClient(clientConfig(variables, region));
  }

  /**
   * Push an image for one architecture.
   *
   * @param more fields of the manifest, e.g. `subject`
   * @returns its digest
   */
  push(repositoryName: string, imageTag: string, more: object = {}): Promise<string> {
    const part = (type: string) => ({
      mediaType: `application/vnd.oci.image.${type}`,
      digest: `${repositoryName}:${imageTag}`,
      size: 1,
    });
    // The emulator makes an image's digest of those of its layers.
    const manifest = { config: part("config.v1+json"), layers: [part("layer.v1.tar")], ...more };
    return this.put(repositoryName, imageTag, ociManifest, manifest);
  }

  /** Push an image whose layers are in the registry, so that it can be copied. @returns its digest */
  async pushWhole(repositoryName: string, imageTag: string): Promise<string> {
    const config = { architecture: "amd64", os: "linux", image: `${repositoryName}:${imageTag}` };
    const part = async (type: string, text: string) => {
      const blob = Buffer.from(text);
      const digest = await this.upload(repositoryName, blob);
      return { mediaType: `application/vnd.oci.image.${type}`, digest, size: blob.length };
    };
    return this.put(repositoryName, imageTag, ociManifest, {
      config: await part("config.v1+json", JSON.stringify(config)),
      layers: [await part("layer.v1.tar", `the files of ${config.image}`)],
    });
  }

  /** Push a manifest list. @returns its digest */
  pushList(repositoryName: string, imageTag: string, manifests: readonly object[]): Promise<string> {
    return this.put(repositoryName, imageTag, ociIndex, { manifests });
  }

  /** Delete all images of a repository. */
  async empty(repositoryName: string): Promise<void> {
    const { imageIds = [] } = await this.ecr.send(new ListImagesCommand({ repositoryName }));
    const byDigest = imageIds.map(({ imageDigest }): ImageIdentifier => ({ imageDigest }));
    await this.ecr.send(new BatchDeleteImageCommand({ repositoryName, imageIds: byDigest }));
  }

  private async upload(repositoryName: string, blob: Buffer): Promise<string> {
    const digest = `sha256:${createHash("sha256").update(blob).digest("hex")}`;
    const { uploadId } = await this.ecr.send(new InitiateLayerUploadCommand({ repositoryName }));
    const of = { repositoryName, uploadId };
    const range = { partFirstByte: 0, partLastByte: blob.length - 1 };
    await this.ecr.send(new UploadLayerPartCommand({ ...of, ...range, layerPartBlob: blob }));
    await this.ecr.send(new CompleteLayerUploadCommand({ ...of, layerDigests: [digest] }));
    return digest;
  }

  private async put(repositoryName: string, imageTag: string, mediaType: string, manifest: object) {
    const { image } = await this.ecr.send(
      new PutImageCommand({
        repositoryName,
        imageTag,
        imageManifestMediaType: mediaType,
        imageManifest: JSON.stringify({ schemaVersion: 2, mediaType, ...manifest }),
      }),
    );
    return image?.imageId?.imageDigest ?? "";
  }
}
