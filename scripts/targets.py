"""The systems the guide is bundled for, the lock file, and which of its libraries each system needs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from packaging.requirements import Requirement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


class BundleError(Exception):
    """What stops a bundle: one line that says what, where, and what to do."""


class Target(NamedTuple):
    """One kind of computer: what its Python answers in markers, and the wheels it takes."""

    name: str
    os_name: str
    sys_platform: str
    system: str
    machine: str
    tags: tuple[str, ...]

    def environment(self, python: str) -> dict[str, str]:
        """Return the whole marker environment, so that nothing is answered by the computer that builds."""
        return {
            "os_name": self.os_name,
            "sys_platform": self.sys_platform,
            "platform_system": self.system,
            "platform_machine": self.machine,
            "platform_release": "",
            "platform_version": "",
            "platform_python_implementation": "CPython",
            "implementation_name": "cpython",
            "implementation_version": f"{python}.0",
            "python_version": python,
            "python_full_version": f"{python}.0",
            "extra": "",
        }


TARGETS = {
    target.name: target
    for target in (
        Target("windows-x64", "nt", "win32", "Windows", "AMD64", ("win_amd64",)),
        Target("macos-arm64", "posix", "darwin", "Darwin", "arm64", ("macosx_11_0_arm64",)),
        Target("macos-x86_64", "posix", "darwin", "Darwin", "x86_64", ("macosx_11_0_x86_64",)),
        # pip does not take the older tags a newer glibc also accepts, so each is named.
        Target(
            *("linux-x86_64", "posix", "linux", "Linux", "x86_64"),
            (*(f"manylinux_2_{minor}_x86_64" for minor in range(28, 16, -1)), "manylinux2014_x86_64"),
        ),
    )
}


class Pin(NamedTuple):
    """One library of the lock file."""

    requirement: Requirement
    hashes: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.requirement.name

    @property
    def version(self) -> str:
        return str(self.requirement.specifier).removeprefix("==")

    def needed(self, target: Target, python: str) -> bool:
        """Say whether `target` needs it, by the target's markers and not this computer's."""
        marker = self.requirement.marker
        return marker is None or marker.evaluate(target.environment(python))

    def line(self, hashes: Iterable[str], *, marker: bool = False) -> str:
        """Return the library as a line of a requirements file that pip checks hashes for."""
        condition = f" ; {self.requirement.marker}" if marker and self.requirement.marker else ""
        return f"{self.name}=={self.version}{condition}" + "".join(f" --hash=sha256:{h}" for h in hashes)


def read_lock(text: str) -> list[Pin]:
    """Return the libraries of a lock file. Raises BundleError for one without a version or hashes."""
    return [_pin(line) for line in _logical_lines(text)]


def _logical_lines(text: str) -> Iterator[str]:
    for line in text.replace("\\\n", " ").splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            yield line.strip()


def _pin(line: str) -> Pin:
    head, _, rest = line.partition(" --hash=")
    requirement = Requirement(head)
    hashes = tuple(HASH.findall(f"--hash={rest}"))
    if not hashes or not re.fullmatch(r"==[^,*]+", str(requirement.specifier)):
        raise BundleError(f"{requirement.name}: no single version with hashes in the lock; run scripts/lock.py")
    return Pin(requirement, hashes)


def select(pins: Iterable[Pin], target: Target, python: str) -> list[Pin]:
    """Return the libraries one system and Python needs."""
    return [pin for pin in pins if pin.needed(target, python)]
