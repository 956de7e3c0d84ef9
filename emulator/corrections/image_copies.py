"""What copies images in ECR, which moto lacks: the API for layers, digests that fit, and replication backfill.

Layers lie in a bucket of another account, as in AWS, and are read by a signed URL, whose signature nobody checks.
"""

import hashlib
import json
import re
import time
import uuid
from base64 import b64decode

from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult
from moto.ecr import models as ecr
from moto.ecr.responses import ECRResponse
from moto.s3.models import s3_backends

DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
# https://docs.aws.amazon.com/AmazonECR/latest/userguide/service-quotas.html
MINIMUM_PART = 5 * 1024 * 1024
PART_SIZE = 10 * 1024 * 1024
LAYER_OWNER = "000000000000"


def error(name):
    return type(name, (ServiceException,), {"code": name})


DigestDoesNotMatch = error("ImageDigestDoesNotMatchException")
ReferencedImagesNotFound = error("ReferencedImagesNotFoundException")
LayersNotFound = error("LayersNotFoundException")
LayerInaccessible = error("LayerInaccessibleException")
LayerAlreadyExists = error("LayerAlreadyExistsException")
LayerPartTooSmall = error("LayerPartTooSmallException")
InvalidLayer = error("InvalidLayerException")
InvalidLayerPart = error("InvalidLayerPartException")
UploadNotFound = error("UploadNotFoundException")
BackfillInProgress = error("ReplicationBackfillInProgressException")
BackfillNotFound = error("ReplicationBackfillNotFoundException")

uploads = {}
backfills = {}


def sha256(data):
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def create_digest(self):
    """The digest is that of the manifest; moto makes it of the layers, or by chance.

    https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageIdentifier.html
    """
    self._image_digest = sha256(self.image_manifest.encode())


def image_size(self):
    """https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageDetail.html"""
    manifest = json.loads(self.image_manifest)
    if "layers" not in manifest:
        return None
    return sum(part.get("size", 0) for part in [manifest.get("config", {}), *manifest["layers"]])


def layers_of(backend, name):
    """Keys in the bucket of layers by digest."""
    repository = backend._get_repository(name)
    if not hasattr(repository, "stored_layers"):
        repository.stored_layers = {}
    return repository.stored_layers


put_image = ecr.ECRBackend.put_image


def put_whole_image(self, repository_name, image_manifest, image_tag, image_manifest_mediatype=None, digest=None):
    """Manifests match their digest, and refer to what is there. Digests that are none, as of other tests, are not looked for.

    https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImage.html#API_PutImage_Errors
    """
    self._get_repository(repository_name)
    if digest not in (None, sha256(image_manifest.encode())):
        raise DigestDoesNotMatch("The specified image digest does not match the digest of the image manifest")
    manifest = json.loads(image_manifest)
    images = {image.image_digest for image in self.repositories[repository_name].images}
    for child in manifest.get("manifests", []):
        if DIGEST.fullmatch(child["digest"]) and child["digest"] not in images:
            raise ReferencedImagesNotFound(f"Images with digests '[{child['digest']}]' required for pushing do not exist")
    parts = [*([manifest["config"]] if "config" in manifest else []), *manifest.get("layers", [])]
    missing = [
        part["digest"]
        for part in parts
        if DIGEST.fullmatch(part["digest"]) and part["digest"] not in layers_of(self, repository_name)
    ]
    if missing:
        raise LayersNotFound(f"Layers with digests '{missing}' required for pushing do not exist")
    return put_image(self, repository_name, image_manifest, image_tag, image_manifest_mediatype, digest)


def stored(request):
    return layers_of(request.ecr_backend, request._get_param("repositoryName"))


def layer_bucket(region):
    name = f"prod-{region}-starport-layer-bucket"
    backend = s3_backends[LAYER_OWNER]["aws"]
    if name not in backend.buckets:
        backend.create_bucket(name, region)
    return backend, name


def batch_check_layer_availability(self):
    found = stored(self)
    asked = self._get_param("layerDigests")
    return ActionResult(
        {
            "layers": [
                {
                    "layerDigest": digest,
                    "layerAvailability": "AVAILABLE" if digest in found else "UNAVAILABLE",
                }
                for digest in asked
            ],
            "failures": [],
        }
    )


def get_download_url_for_layer(self):
    digest = self._get_param("layerDigest")
    if digest not in stored(self):
        raise LayersNotFound(f"There is no layer {digest}")
    _, bucket = layer_bucket(self.region)
    origin = re.match(r"https?://[^/]+", self.uri).group()
    url = f"{origin}/{bucket}/{stored(self)[digest]}?X-Amz-Signature=none"
    return ActionResult({"downloadUrl": url, "layerDigest": digest})


def initiate_layer_upload(self):
    stored(self)
    upload = str(uuid.uuid4())
    uploads[upload] = []
    return ActionResult({"uploadId": upload, "partSize": PART_SIZE})


def upload_of(request):
    upload = request._get_param("uploadId")
    if upload not in uploads:
        raise UploadNotFound(f"There is no upload {upload}")
    return upload, uploads[upload]


def upload_layer_part(self):
    upload, parts = upload_of(self)
    first, last = self._get_param("partFirstByte"), self._get_param("partLastByte")
    part = self._get_param("layerPartBlob")
    part = part if isinstance(part, bytes) else b64decode(part)
    received = sum(map(len, parts))
    if first != received or last - first + 1 != len(part):
        raise InvalidLayerPart(f"The next byte is {received}, not {first}")
    if parts and len(parts[-1]) < MINIMUM_PART:
        raise LayerPartTooSmall("Only the last part may be smaller than 5 MiB")
    parts.append(part)
    return ActionResult({"uploadId": upload, "lastByteReceived": last})


def complete_layer_upload(self):
    upload, parts = upload_of(self)
    data = b"".join(parts)
    (digest,) = self._get_param("layerDigests")
    if digest in stored(self):
        raise LayerAlreadyExists(f"There is the layer {digest} already")
    if sha256(data) != digest:
        raise InvalidLayer(f"The layer is not {digest}")
    store(self.ecr_backend, self._get_param("repositoryName"), digest, data)
    del uploads[upload]
    return ActionResult({"uploadId": upload, "layerDigest": digest})


def store(backend, name, digest, data):
    bucket_backend, bucket = layer_bucket(backend.region_name)
    key = f"{uuid.uuid4()}"
    bucket_backend.put_object(bucket, key, data)
    layers_of(backend, name)[digest] = key


def is_matched(rule, name):
    filters = rule.get("repositoryFilters") or [{"filter": ""}]
    return any(name.startswith(one["filter"]) for one in filters)


def start_replication_backfill(self):
    """Replicates what the rules match to one destination, at once.

    https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication-backfill.html
    https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_StartReplicationBackfill.html
    """
    source, destination = self.ecr_backend, self._get_param("destination")
    rules = [rule for rule in source.replication_config["rules"] if destination in rule["destinations"]]
    if not rules:
        raise ecr.InvalidParameterException("The destination is not in the replication configuration")
    if any(one["destination"] == destination and one["polls"] < 3 for one in backfills.values()):
        raise BackfillInProgress("A replication backfill for this destination Region is in progress")
    results = []
    target = ecr.ecr_backends[destination["registryId"]][destination["region"]]
    for name, repository in source.repositories.items():
        if not any(is_matched(rule, name) for rule in rules):
            continue
        if name not in target.repositories:
            target.create_repository(name, None, None, None, "MUTABLE", [])
        for digest, key in layers_of(source, name).items():
            bucket_backend, bucket = layer_bucket(source.region_name)
            if digest not in layers_of(target, name):
                store(target, name, digest, bucket_backend.get_object(bucket, key).value)
        for image in repository.images:
            for tag in image.image_tags or [None]:
                results.append(replicate(target, name, image, tag))
    backfill = str(uuid.uuid4())
    backfills[backfill] = {
        "replicationBackfillId": backfill,
        "registryId": self.current_account,
        "destination": destination,
        "startedAt": time.time(),
        "results": results,
        "polls": 0,
    }
    return json.dumps({**described(backfills[backfill]), "status": "PREPARING"})


def replicate(target, name, image, tag):
    identity = {"imageDigest": image.image_digest, **({"imageTag": tag} if tag else {})}
    result = {"repositoryName": name, "imageId": identity, "status": "COMPLETE"}
    try:
        put_image(target, name, image.image_manifest, tag, image.image_manifest_media_type, image.image_digest)
    except ecr.ImageAlreadyExistsException:
        pass
    except ServiceException as failure:
        return {**result, "status": "FAILED", "failureCode": failure.code}
    return result


def described(backfill):
    return {name: value for name, value in backfill.items() if name not in ("results", "polls")}


def describe_replication_backfill_results(self):
    """Prepares, is in progress, and is complete when it is asked for the third time."""
    backfill = backfills.get(self._get_param("replicationBackfillId"))
    if backfill is None:
        raise BackfillNotFound("There is no such backfill")
    backfill["polls"] += 1
    status = {1: "PREPARING", 2: "IN_PROGRESS"}.get(backfill["polls"], "COMPLETE")
    answer = {**described(backfill), "status": status}
    failed = [one for one in backfill["results"] if one["status"] == "FAILED"]
    if status != "PREPARING":
        answer["progress"] = {
            "totalReplicationCount": len(backfill["results"]),
            "completedReplicationCount": len(backfill["results"]) - len(failed) if status == "COMPLETE" else 1,
            "failedReplicationCount": len(failed) if status == "COMPLETE" else 0,
            "failureCodes": sorted({one["failureCode"] for one in failed}),
        }
    if status == "COMPLETE":
        wanted = self._get_param("resultStatusFilter")
        answer["results"] = [one for one in backfill["results"] if wanted in (None, one["status"])]
    return json.dumps(answer)


def list_replication_backfills(self):
    return json.dumps(
        {
            "registryId": self.current_account,
            "backfills": [
                {**described(one), "status": "IN_PROGRESS" if one["polls"] < 3 else "COMPLETE"}
                for one in backfills.values()
            ],
        }
    )


def lift():
    ecr.Image._create_digest = create_digest
    ecr.Image.get_image_size_in_bytes = image_size
    ecr.ECRBackend.put_image = put_whole_image
    for action in (
        *[batch_check_layer_availability, get_download_url_for_layer, initiate_layer_upload],
        *[upload_layer_part, complete_layer_upload, start_replication_backfill],
        *[describe_replication_backfill_results, list_replication_backfills],
    ):
        setattr(ECRResponse, action.__name__, action)
