"""What moto lacks of Amazon EFS. `sitecustomize.py` says what such a change may do."""

import json

from moto.efs.models import FileSystem
from moto.efs.responses import EFSResponse


def put_backup_policy(self):
    """https://docs.aws.amazon.com/efs/latest/ug/API_PutBackupPolicy.html"""
    policy = self._get_param("BackupPolicy")
    self.efs_backend.file_systems_by_id[self._get_param("FileSystemId")]._backup_status = policy["Status"]
    return json.dumps({"BackupPolicy": policy}), {"Content-Type": "application/json"}


def backup_policy(file_system):
    """A policy that was put once is there, whatever its status.

    https://docs.aws.amazon.com/efs/latest/ug/API_DescribeBackupPolicy.html
    """
    given = file_system.__dict__.get("_backup_status")
    status = given or ("ENABLED" if file_system._backup else None)
    return {"Status": status} if status else None


def update_file_system(self):
    """https://docs.aws.amazon.com/efs/latest/ug/API_UpdateFileSystem.html"""
    file_system = self.efs_backend.file_systems_by_id[self._get_param("FileSystemId")]
    mode = self._get_param("ThroughputMode")
    if mode:
        file_system.throughput_mode = mode
    return json.dumps(file_system.info_json()), {"status": 202, "Content-Type": "application/json"}


EFSResponse.put_backup_policy = put_backup_policy
EFSResponse.update_file_system = update_file_system
FileSystem.backup_policy = property(backup_policy)
