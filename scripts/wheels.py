"""Wheels: fetch the ones a system needs, read what they say about themselves, unpack them."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from email.parser import HeaderParser
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename
from targets import BundleError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from targets import Pin, Target

DOWNLOAD = (
    *("pip", "download", "-qq", "--disable-pip-version-check", "--no-deps", "--require-hashes"),
    *("--only-binary=:all:", "--implementation=cp"),
)
CLASSIFIERS = {"MIT License": "MIT", "ISC License (ISCL)": "ISC", "Apache Software License": "Apache-2.0"}


class Wheel(NamedTuple):
    """A wheel and what it says about itself."""

    path: Path
    name: str
    version: str
    sha256: str
    licence: str
    requires: tuple[Requirement, ...]


def sha256(path: Path) -> str:
    """Return a file's SHA-256 in lower-case hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fetch(pins: Iterable[Pin], target: Target, python: str, folder: Path) -> None:
    """Download the wheels of libraries already selected for `target`, checked against the lock's hashes.

    Markers are left out of what pip reads: `pip download --platform` answers them for the computer it
    runs on, and would silently drop what only Windows needs (pypa/pip#4304).
    """
    platforms = [f"--platform={tag}" for tag in target.tags]
    with tempfile.TemporaryDirectory() as scratch:
        wanted = Path(scratch, "wanted.txt")
        wanted.write_text("\n".join(pin.line(pin.hashes) for pin in pins), "utf-8")
        command = [sys.executable, "-m", *DOWNLOAD, *platforms, f"--python-version={python}"]
        done = subprocess.run([*command, f"--dest={folder}", f"--requirement={wanted}"], check=False)
    if done.returncode:
        raise BundleError(f"{target.name}, CPython {python}: a wheel cannot be fetched (pip says why above)")


def read_wheel(path: Path) -> Wheel:
    """Return what a wheel says about itself."""
    name, version, _, _ = parse_wheel_filename(path.name)
    with zipfile.ZipFile(path) as archive:
        texts = {n: n.partition(".dist-info/")[2] for n in archive.namelist() if ".dist-info/" in n}
        metadata = next(n for n, inner in texts.items() if inner == "METADATA")
        headers = HeaderParser().parsestr(archive.read(metadata).decode("utf-8"))
        named = [n for n, inner in texts.items() if "LICEN" in inner.upper()]
        licences = [archive.read(n).decode("utf-8", "replace") for n in named]
    stated = headers.get("License-Expression") or headers.get("License")
    licence = spdx(stated, headers.get_all("Classifier", []), "\n".join(licences))
    if not licence:
        raise BundleError(f"{path.name} states no licence this script knows: look at it before you ship it")
    requires = tuple(map(Requirement, headers.get_all("Requires-Dist", [])))
    return Wheel(path, name, str(version), sha256(path), licence, requires)


def spdx(stated: str | None, classifiers: Iterable[str], text: str) -> str | None:
    """Return a licence as an SPDX expression: from the field, else the classifier and the licence's text."""
    try:
        return str(canonicalize_license_expression(stated or ""))
    except InvalidLicenseExpression:
        pass
    named = [c.rpartition(" :: ")[2] for c in classifiers if c.startswith("License ::")]
    if "BSD License" in named and text:
        # The classifier does not say which: only the three-clause licence forbids the use of names.
        return "BSD-3-Clause" if "Neither the name" in " ".join(text.split()) else "BSD-2-Clause"
    return next((CLASSIFIERS[name] for name in named if name in CLASSIFIERS), None)


def check_lock(project: Wheel, pins: Iterable[Pin]) -> None:
    """Raise BundleError when the lock file does not give what the project's wheel asks for."""
    versions = {canonicalize_name(pin.name): pin.version for pin in pins}
    for requirement in project.requires:
        version = versions.get(canonicalize_name(requirement.name))
        optional = requirement.marker is not None and not requirement.marker.evaluate({"extra": ""})
        if not (optional if version is None else requirement.specifier.contains(version)):
            raise BundleError(f"the lock file does not give {requirement}: run scripts/lock.py")


def unpack(path: Path, folder: Path) -> None:
    """Unpack a wheel's modules into `folder`; its scripts and manual pages are for installers."""
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            top, _, rest = member.filename.partition("/")
            if not top.endswith(".data"):
                archive.extract(member, folder)
            elif rest.startswith(("purelib/", "platlib/")):
                member.filename = rest.partition("/")[2]
                archive.extract(member, folder)
