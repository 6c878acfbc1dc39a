"""Checks events with a msgspec model and the rules between members, as a careful user of Python
would write it for this resource: `model.py FILE.jsonl | FOLDER`. Exits with 1 if an event is wrong.

Equivalent in what it refuses but for duplicate names, which msgspec does not see.
"""

import enum
import re
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import msgspec

Utc = Annotated[datetime, msgspec.Meta(tz=True)]
DURATION = re.compile(r"(-)?P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,12}))?S)?)?")
Elapsed = Annotated[str, msgspec.Meta(pattern=r"^-?P(?=.)(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d{1,12})?S)?)?$")]
Guid = Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$")]
Count = Annotated[int, msgspec.Meta(ge=-(2**31), le=2**31 - 1)]


def states(names):
    return enum.Enum("State", [(name, name) for name in names.split()])


Enrollment = states("unknown enrolled pendingReset failed notContacted blocked")
Deployment = states(
    "unknown success inProgress failure successWithTimeout notAttempted disabled successOnRetry"
)
Kind = states(
    "unknown azureADJoinedWithAutopilotProfile offlineDomainJoined "
    "azureADJoinedUsingDeviceAuthWithAutopilotProfile "
    "azureADJoinedUsingDeviceAuthWithoutAutopilotProfile "
    "azureADJoinedWithOfflineAutopilotProfile azureADJoinedWithWhiteGlove "
    "offlineDomainJoinedWithWhiteGlove offlineDomainJoinedWithOfflineAutopilotProfile"
)


class Event(msgspec.Struct, forbid_unknown_fields=True):
    odata_type: str = msgspec.field(name="@odata.type")
    id: Guid
    eventDateTime: Utc
    deviceRegisteredDateTime: Utc
    enrollmentStartDateTime: Utc
    enrollmentType: Kind
    deviceSerialNumber: str | None
    managedDeviceName: str | None
    userPrincipalName: str | None
    windowsAutopilotDeploymentProfileDisplayName: str | None
    enrollmentState: Enrollment
    windows10EnrollmentCompletionPageConfigurationDisplayName: str | None
    deploymentState: Deployment
    osVersion: str | None
    deploymentDuration: Elapsed
    deploymentTotalDuration: Elapsed
    devicePreparationDuration: Elapsed
    deviceSetupDuration: Elapsed
    accountSetupDuration: Elapsed
    deploymentStartDateTime: Utc
    deploymentEndDateTime: Utc
    targetedAppCount: Count
    targetedPolicyCount: Count
    enrollmentFailureDetails: str | None


def ticks(text):
    """An Edm.Duration in units of 100 ns."""
    sign, days, hours, minutes, seconds, fraction = DURATION.fullmatch(text).groups()
    whole = ((int(days or 0) * 24 + int(hours or 0)) * 60 + int(minutes or 0)) * 60
    units = (whole + int(seconds or 0)) * 10**7 + int((fraction or "")[:7].ljust(7, "0"))
    return -units if sign else units


def is_right(event):
    order = (
        event.deviceRegisteredDateTime,
        event.enrollmentStartDateTime,
        event.deploymentStartDateTime,
        event.deploymentEndDateTime,
    )
    total = ticks(event.deploymentTotalDuration)
    parts = (
        ticks(event.deploymentDuration),
        ticks(event.devicePreparationDuration),
        ticks(event.deviceSetupDuration),
        ticks(event.accountSetupDuration),
    )
    return (
        all(before <= after for before, after in zip(order, order[1:]))
        and all(0 <= part <= total for part in parts)
        and event.targetedAppCount >= 0
        and event.targetedPolicyCount >= 0
    )


def texts(path):
    if path.is_dir():
        return (file.read_bytes() for file in sorted(path.iterdir()))
    return path.open("rb")


def main():
    decode = msgspec.json.Decoder(Event).decode
    wrong = 0
    for text in texts(Path(sys.argv[1])):
        try:
            wrong += not is_right(decode(text))
        except msgspec.MsgspecError:
            wrong += 1
    sys.exit(wrong > 0)


main()
