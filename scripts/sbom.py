"""The list of what a bundle is made of, as CycloneDX 1.6 JSON."""

from __future__ import annotations

import datetime
import os
import uuid
from typing import TYPE_CHECKING, Any

from packaging.utils import canonicalize_name
from targets import BundleError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from packaging.requirements import Requirement
    from targets import Target
    from wheels import Wheel

REQUIRED = ("bomFormat", "specVersion", "serialNumber", "version", "metadata", "components", "dependencies")
EXTRAS = ("", "pdf")
COMPONENT = ("type", "bom-ref", "name", "version", "purl", "licenses", "hashes")


def bill(
    project: Wheel,
    libraries: Iterable[Wheel],
    runs_on: Iterable[tuple[Target, str]],
    carried: Iterable[dict[str, Any]] = (),
) -> dict[str, Any]:
    """Return the bill of materials: the project, the wheels bundled with it, and what else is carried."""
    groups = by_release(libraries)
    components = [component(files) for files in groups]
    refs = {c["name"]: c["bom-ref"] for c in components}
    environments = [target.environment(python) for target, python in runs_on]

    def needs(wheel: Wheel) -> list[str]:
        names = {canonicalize_name(r.name) for r in wheel.requires if applies(r, environments)}
        return sorted(refs[name] for name in names if name in refs)

    root = component([project]) | {"type": "application"}
    depends = {root["bom-ref"]: needs(project)} | {refs[files[0].name]: needs(files[0]) for files in groups}
    content = {
        "components": [*components, *carried],
        "dependencies": [{"ref": ref, "dependsOn": needed} for ref, needed in depends.items()],
    }
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, repr([root, content]))}",
        "version": 1,
        "metadata": {"timestamp": timestamp(), "component": root},
        **content,
    }


def by_release(wheels: Iterable[Wheel]) -> list[list[Wheel]]:
    """Return the wheels in groups, one for each library."""
    groups: dict[str, list[Wheel]] = {}
    for wheel in sorted(wheels, key=lambda w: w.path.name):
        groups.setdefault(wheel.name, []).append(wheel)
    return list(groups.values())


def component(files: Sequence[Wheel]) -> dict[str, Any]:
    """Return one library, with the hash of each of its wheels."""
    first = files[0]
    purl = f"pkg:pypi/{first.name}@{first.version}"
    hashes = {w.path.name: {"alg": "SHA-256", "content": w.sha256} for w in files}
    return {
        "type": "library",
        "bom-ref": purl,
        "name": first.name,
        "version": first.version,
        "purl": purl,
        "licenses": [licence(first.licence)],
        "hashes": list(hashes.values()),
        # Which hash belongs to which file: a library has a wheel for each system and Python.
        "externalReferences": [
            {"type": "distribution", "url": name, "hashes": [content]} for name, content in hashes.items()
        ],
    }


def interpreter(version: str, file_name: str, sha256: str) -> dict[str, Any]:
    """Return the Python a portable folder carries."""
    purl = f"pkg:generic/python@{version}"
    hashes = [{"alg": "SHA-256", "content": sha256}]
    return {
        "type": "platform",
        "bom-ref": purl,
        "name": "python",
        "version": version,
        "purl": purl,
        "licenses": [licence("PSF-2.0")],
        "hashes": hashes,
        "externalReferences": [{"type": "distribution", "url": file_name, "hashes": hashes}],
    }


def licence(expression: str) -> dict[str, Any]:
    """Return a licence the way CycloneDX tells one id from an expression of several."""
    return {"expression": expression} if " " in expression else {"license": {"id": expression}}


def applies(requirement: Requirement, environments: Iterable[dict[str, str]]) -> bool:
    """Say whether a wheel's requirement holds on any of the systems, with or without PDF handouts."""
    marker = requirement.marker
    return marker is None or any(marker.evaluate(e | {"extra": extra}) for e in environments for extra in EXTRAS)


def timestamp() -> str:
    """Return the moment of the build; SOURCE_DATE_EPOCH fixes it, for the same bytes every time."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    now = datetime.datetime.now(datetime.UTC)
    moment = datetime.datetime.fromtimestamp(int(epoch), datetime.UTC) if epoch else now
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def check_bill(bill: dict[str, Any]) -> None:
    """Raise BundleError when a field a reader of bills relies on is missing or empty."""
    missing = [field for field in REQUIRED if not bill.get(field)]
    for entry in [bill["metadata"]["component"], *bill["components"]]:
        missing += [f"{entry.get('name')}: {field}" for field in COMPONENT if not entry.get(field)]
    known = {entry["bom-ref"] for entry in [bill["metadata"]["component"], *bill["components"]]}
    for dependency in bill["dependencies"]:
        missing += [f"{ref}: not listed" for ref in {dependency["ref"], *dependency["dependsOn"]} - known]
    if missing:
        raise BundleError(f"the bill of materials lacks {', '.join(missing)}")
