"""Lifts gaps of the AWS emulator. Python imports a module of this name by itself when its folder is on PYTHONPATH.

Each change makes moto do what AWS documents, and nothing else; the source stands beside it.
"""

import json
import os
import re

if "EMULATOR_VERSION" in os.environ:
    # Only asked which moto this Python would run. Loading it takes seconds.
    from importlib import metadata, util

    if util.find_spec("moto") and util.find_spec("flask"):
        print("moto", metadata.version("moto"), flush=True)
    os._exit(0)

if "EMULATOR_SOCKET" in os.environ:
    import sys

    try:
        import moto.server

        # Python ignores an error in this file. moto must not start without the corrections, at a port of its own choice.
        moto.server.main = lambda: sys.exit("moto's corrections could not be loaded.")
    except ImportError:
        # Some other Python program that the emulator's starter runs.
        pass

try:
    from moto.awslambda import models as awslambda
    from moto.ecr import models as ecr
    from moto.events import models as events
    from moto.events.responses import EventsHandler
    from moto.iam import access_control
    from image_copies import lift as lift_image_copies
    from lambda_images import lift as lift_lambda_images
    from image_details import lift as lift_image_details
    from image_signing import lift as lift_image_signing
    from moto.kms import responses as kms
    from account_settings import lift as lift_account_settings
    from pull_through_cache import lift as lift_pull_through_cache
except ImportError:
    # Some other Python program that the emulator's starter runs.
    ecr = None

if ecr is not None:

    def put_replication_configuration(self, replication_config):
        """Up to ten rules; moto takes one.

        https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ReplicationConfiguration.html
        """
        rules = replication_config["rules"]
        if len(rules) > 10:
            raise ecr.InvalidParameterException("A replication configuration has at most 10 rules")
        for rule in rules:
            for destination in rule["destinations"]:
                if (destination["registryId"], destination["region"]) == (self.account_id, self.region_name):
                    raise ecr.InvalidParameterException(
                        "Replication destination cannot be the same as the source registry"
                    )
        self.replication_config = replication_config
        return {"replicationConfiguration": replication_config}

    def matches(pattern, name):
        """Without a wildcard the name contains the text; with one the whole name matches; moto anchors nothing.

        https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-filters.html
        """
        if "*" not in pattern:
            return pattern in name
        return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), name) is not None

    def batch_get_repository_scanning_configuration(self, names):
        """Of two matching frequencies the continuous one wins; in moto the last rule does.

        https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-filters.html
        """
        found, failing = [], []
        for name in names:
            try:
                repository = self._get_repository(name=name, registry_id=None)
            except ecr.RepositoryNotFoundException:
                failing.append(name)
                continue
            applied = {}
            for rule in self.registry_scanning_configuration["rules"]:
                for pattern in rule["repositoryFilters"]:
                    if matches(pattern["filter"], name):
                        applied.setdefault(rule["scanFrequency"], []).append(pattern)
            frequency = next((f for f in ("CONTINUOUS_SCAN", "SCAN_ON_PUSH") if f in applied), "MANUAL")
            found.append(
                {
                    **repository.scanning_config,
                    "scanOnPush": frequency == "SCAN_ON_PUSH",
                    "scanFrequency": frequency,
                    "appliedScanFilters": applied.get(frequency, []),
                }
            )
        return found, failing

    ecr.ECRBackend.put_replication_configuration = put_replication_configuration
    ecr.ECRBackend.batch_get_repository_scanning_configuration = batch_get_repository_scanning_configuration

    enable_key_rotation = kms.KmsResponse.enable_key_rotation
    get_key_rotation_status = kms.KmsResponse.get_key_rotation_status

    def enable_with_period(self):
        """The period between rotations is kept; moto forgets it.

        https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html
        """
        answer = enable_key_rotation(self)
        key = self.kms_backend.describe_key(self._get_param("KeyId"))
        key.rotation_period = self._get_param("RotationPeriodInDays") or 365
        return answer

    def status_with_period(self):
        """https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyRotationStatus.html"""
        status = json.loads(get_key_rotation_status(self))
        if status["KeyRotationEnabled"]:
            key = self.kms_backend.describe_key(self._get_param("KeyId"))
            status["RotationPeriodInDays"] = getattr(key, "rotation_period", 365)
        return json.dumps(status)

    kms.KmsResponse.enable_key_rotation = enable_with_period
    kms.KmsResponse.get_key_rotation_status = status_with_period

    def flatten(node, prefix="", result=None):
        """Of objects in a list each field is a list of their values; moto looks into no list.

        https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns-arrays.html
        """
        result = {} if result is None else result
        for key, value in node.items():
            name = f"{prefix}.{key}" if prefix else key
            if isinstance(value, dict) and value:
                flatten(value, name, result)
                continue
            result[name] = value
            objects = [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
            for item in objects:
                for field, found in flatten(item, name).items():
                    result.setdefault(field, []).extend(found if isinstance(found, list) else [found])
        return result

    events.EventPattern._flatten_dict = staticmethod(flatten)

    def test_event_pattern(self):
        """Whether an event matches, by moto's own matcher; moto answers nothing.

        https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_TestEventPattern.html
        """
        text = self._get_param("EventPattern")
        pattern = events.EventPattern(text, events.EventPatternParser(text).parse())
        return json.dumps({"Result": pattern.matches_event(json.loads(self._get_param("Event")))})

    EventsHandler.test_event_pattern = test_event_pattern

    is_action_permitted = access_control.IAMPolicyStatement.is_action_permitted

    def is_action_permitted_over_tls(self, *args, **kwargs):
        """A statement that denies requests without TLS concerns none of ours: the emulator stands for AWS behind TLS.

        moto denies without looking at the condition.
        https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-securetransport
        """
        if self._statement.get("Condition") == {"Bool": {"aws:SecureTransport": "false"}}:
            return access_control.PermissionResult.NEUTRAL
        return is_action_permitted(self, *args, **kwargs)

    access_control.IAMPolicyStatement.is_action_permitted = is_action_permitted_over_tls

    FUNCTION_SETTINGS = ("DeadLetterConfig", "ImageConfig", "KMSKeyArn")
    create_function = awslambda.LambdaFunction.__init__
    get_configuration = awslambda.LambdaFunction.get_configuration
    update_configuration = awslambda.LambdaFunction.update_configuration

    def create_with_settings(self, account_id, spec, *args, **kwargs):
        """The queue of dead letters and the key of a function are kept; moto forgets them.

        https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
        """
        self.settings = {key: spec[key] for key in FUNCTION_SETTINGS if spec.get(key)}
        create_function(self, account_id, spec, *args, **kwargs)

    def update_with_settings(self, config_updates):
        """An empty setting takes it away.

        https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html
        """
        for key in FUNCTION_SETTINGS:
            if key in config_updates:
                self.settings[key] = config_updates[key]
        return update_configuration(self, config_updates)

    def configuration_with_settings(self, on_create=False):
        """Only what was set is in the answer; moto invents an empty ImageConfig.

        https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html
        """
        configuration = get_configuration(self, on_create)
        configuration.pop("ImageConfigResponse", None)
        settings = {key: value for key, value in self.settings.items() if value}
        if "ImageConfig" in settings:
            settings["ImageConfigResponse"] = {"ImageConfig": settings.pop("ImageConfig")}
        return {**configuration, **settings}

    awslambda.LambdaFunction.__init__ = create_with_settings
    awslambda.LambdaFunction.update_configuration = update_with_settings
    awslambda.LambdaFunction.get_configuration = configuration_with_settings
    import ecs_gaps  # noqa: E402, F401
    import efs_gaps  # noqa: E402, F401
    lift_account_settings()
    lift_pull_through_cache()
    lift_image_copies()
    lift_lambda_images()
    lift_image_details()
    lift_image_signing()

    if "EMULATOR_SOCKET" in os.environ:
        import fork_server  # noqa: E402

        # What the starter of moto_server calls, in the Python that moto is installed in.
        moto.server.main = fork_server.main
