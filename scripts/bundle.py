"""Build what installs without a network: wheelhouses, a portable Windows folder, hashes, an SBOM.

  python -m build --wheel
  python scripts/bundle.py dist/recoverycli-0.1.0-py3-none-any.whl

Needs a package index while it builds; what it builds needs none. Options narrow the set (--target,
--python), add PDF handouts (--pdf) and make the portable folder (--embeddable, a CPython zip).
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any, NamedTuple

import sbom
from targets import PYTHONS, TARGETS, BundleError, Pin, Target, read_lock, select
from wheels import Wheel, check_lock, fetch, read_wheel, sha256, unpack

ROOT = Path(__file__).resolve().parents[1]
OFFLINE = ROOT / "scripts" / "offline"
FOLDER = "recoverycli"
SUMS = "SHA256SUMS"
AMD64 = 0x8664
SITE_PACKAGES = "Lib/site-packages"
WINDOWS = TARGETS["windows-x64"]
# A zip has no time zone and starts in 1980: one fixed time gives the same bytes every time.
ZIP_TIME = (1980, 1, 1, 0, 0, 0)


class Job(NamedTuple):
    """One run: the project's wheel, the libraries, and where results go."""

    project: Wheel
    pins: list[Pin]
    out: Path
    suffix: str

    def file(self, kind: str, ending: str = ".zip") -> Path:
        """Return the name of one result."""
        return self.out / f"recoverycli-{self.project.version}{kind and '-'}{kind}{self.suffix}{ending}"


class Part(NamedTuple):
    """One zip and what is in it, for the bill of materials."""

    path: Path
    libraries: list[Wheel]
    runs_on: list[tuple[Target, str]]
    carried: list[dict[str, Any]]


def main(argv: list[str] | None = None) -> int:
    options = arguments().parse_args(argv)
    try:
        for path in build(options):
            print(f"{path.stat().st_size / 1e6:6.1f} MB  {path.name}")
    except BundleError as error:
        print(f"bundle.py: {error}", file=sys.stderr)
        return 2
    return 0


def arguments() -> argparse.ArgumentParser:
    """Return what the command line takes."""
    as_written = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=as_written)
    add = parser.add_argument
    add("wheel", type=Path, help="the project's own wheel")
    add("--out", type=Path, default=ROOT / "dist" / "offline", help="folder for the results")
    add("--target", action="append", choices=TARGETS, help="a system, repeatable (default: all)")
    add("--python", action="append", choices=PYTHONS, help="a CPython, repeatable (default: all)")
    add("--pdf", action="store_true", help="add what PDF handouts need (30 MB)")
    add("--embeddable", type=Path, help="python-3.x.y-embed-amd64.zip: make the portable folder too")
    return parser


def build(options: argparse.Namespace) -> list[Path]:
    """Build everything asked for and return the files made, the hashes of all results last."""
    lock = ROOT / ("requirements-pdf.lock" if options.pdf else "requirements.lock")
    pins = read_lock(lock.read_text("utf-8"))
    if not options.wheel.is_file():
        raise BundleError(f"{options.wheel} does not exist: run `python -m build --wheel` first")
    job = Job(read_wheel(options.wheel), pins, options.out, "-pdf" if options.pdf else "")
    check_lock(job.project, pins)
    options.out.mkdir(parents=True, exist_ok=True)
    pythons = options.python or list(PYTHONS)
    parts = [wheelhouse(job, TARGETS[name], pythons) for name in options.target or TARGETS]
    if options.embeddable:
        parts.append(portable(job, options.embeddable))
    bill = sbom.bill(
        job.project,
        {wheel.path.name: wheel for part in parts for wheel in part.libraries}.values(),
        [runs_on for part in parts for runs_on in part.runs_on],
        [entry for part in parts for entry in part.carried],
    )
    made = [*(part.path for part in parts), write_bill(bill, job.file("", ".cdx.json"))]
    return [*made, write_sums(options.out)]


def wheelhouse(job: Job, target: Target, pythons: list[str]) -> Part:
    """Build the wheelhouse of one system."""
    with tempfile.TemporaryDirectory() as folder:
        libraries = stage_wheelhouse(job, target, pythons, Path(folder))
        path = write_zip(Path(folder), job.file(target.name))
    return Part(path, libraries, [(target, python) for python in pythons], [])


def portable(job: Job, embeddable: Path) -> Part:
    """Build the portable Windows folder around an interpreter given as a file."""
    python = embeddable_python(embeddable)
    with tempfile.TemporaryDirectory() as folder:
        libraries = stage_portable(job, embeddable, python, Path(folder))
        path = write_zip(Path(folder), job.file(f"{WINDOWS.name}-portable"))
    return Part(path, libraries, [(WINDOWS, python)], [carried_python(embeddable, python)])


def stage_wheelhouse(job: Job, target: Target, pythons: list[str], folder: Path) -> list[Wheel]:
    """Lay out a wheelhouse in `folder` and return its libraries."""
    store = folder / "wheels"
    store.mkdir(parents=True)
    for python in pythons:
        fetch(select(job.pins, target, python), target, python, store)
    libraries = [read_wheel(path) for path in sorted(store.glob("*.whl"))]
    shutil.copy(job.project.path, store)
    (folder / "requirements.txt").write_text(requirements(job, libraries), "utf-8", newline="\n")
    made_for: dict[str, Any] = {"version": job.project.version, "pythons": pythons}
    made_for |= {"system": target.system, "machine": target.machine}
    (folder / "bundle.json").write_text(json.dumps(made_for, indent=2) + "\n", "utf-8", newline="\n")
    copy_script("install.cmd" if target.system == "Windows" else "install.sh", folder)
    copy_script("install.py", folder)
    shutil.copy(ROOT / "docs" / "for-it.md", folder)
    return libraries


def requirements(job: Job, libraries: list[Wheel]) -> str:
    """Return the requirements file of a wheelhouse: what is in it, each with the hashes of its wheels."""
    lines = [f"{job.project.name}=={job.project.version} --hash=sha256:{job.project.sha256}"]
    for pin in job.pins:
        hashes = [w.sha256 for w in libraries if w.name == pin.name]
        if hashes:
            lines.append(pin.line(hashes, marker=True))
    return "".join(line.replace(" --hash", " \\\n    --hash") + "\n" for line in lines)


def stage_portable(job: Job, embeddable: Path, python: str, folder: Path) -> list[Wheel]:
    """Lay out the portable folder and return its libraries."""
    with zipfile.ZipFile(embeddable) as archive:
        archive.extractall(folder / "python")
    with tempfile.TemporaryDirectory() as scratch:
        store = Path(scratch)
        fetch(select(job.pins, WINDOWS, python), WINDOWS, python, store)
        libraries = [read_wheel(path) for path in sorted(store.glob("*.whl"))]
        for wheel in [*libraries, job.project]:
            unpack(wheel.path, folder / "python" / SITE_PACKAGES)
    add_path(next((folder / "python").glob("python3*._pth")))
    compile_modules(python, folder / "python" / SITE_PACKAGES)
    copy_script("recoverycli.cmd", folder)
    shutil.copy(ROOT / "docs" / "for-it.md", folder)
    return libraries


def embeddable_python(path: Path) -> str:
    """Return the version of an embeddable CPython zip, as 3.12. Raises BundleError for any other file."""
    try:
        with zipfile.ZipFile(path) as archive:
            found = [m for n in archive.namelist() if (m := re.fullmatch(r"python3(\d+)\._pth", n))]
            program = archive.read("python.exe")
    except (OSError, KeyError, zipfile.BadZipFile):
        found, program = [], b""
    if len(found) != 1:
        raise BundleError(f"{path} is not an embeddable CPython zip (python-3.x.y-embed-amd64.zip)")
    python = f"3.{found[0][1]}"
    if python not in PYTHONS:
        raise BundleError(f"{path} holds CPython {python}: take one of {', '.join(PYTHONS)}")
    if machine(program) != AMD64:
        raise BundleError(f"{path} is not for 64-bit Intel and AMD Windows: take the embed-amd64 zip")
    return python


def machine(program: bytes) -> int:
    """Return the kind of processor a Windows program is for, 0 when it is no program."""
    try:
        (header,) = struct.unpack_from("<I", program, 0x3C)
        mark, found = struct.unpack_from("<4sH", program, header)
    except struct.error:
        return 0
    return int(found) if mark == b"PE\0\0" else 0


def add_path(pth: Path) -> None:
    """Let an embeddable Python find the libraries: it looks nowhere but where this file says."""
    windows_path = SITE_PACKAGES.replace("/", "\\")
    text = pth.read_text("utf-8").rstrip()
    pth.write_text(f"{text}\n{windows_path}\n", "utf-8", newline="\r\n")


def compile_modules(python: str, folder: Path) -> None:
    """Compile the libraries: the launcher lets Python write nothing, so each call would do it again."""
    here = f"{sys.version_info[0]}.{sys.version_info[1]}"
    program = sys.executable if here == python else shutil.which(f"python{python}")
    # Unchecked: a zip keeps no exact times. Stripped: no path of this computer in tracebacks.
    options = ["-q", "-j1", "--invalidation-mode=unchecked-hash", "-s", str(folder), str(folder)]
    command = [program or "", "-I", "-m", "compileall", *options]
    if not program or subprocess.run(command, check=False, capture_output=True).returncode:
        print(f"bundle.py: not compiled (no python{python} here): the folder starts slower", file=sys.stderr)


def carried_python(embeddable: Path, python: str) -> dict[str, Any]:
    """Return the bill's entry for the interpreter; its full version is only in the file's name."""
    named = re.search(rf"{re.escape(python)}\.\d+", embeddable.name)
    return sbom.interpreter(named[0] if named else python, embeddable.name, sha256(embeddable))


def copy_script(name: str, folder: Path) -> None:
    """Copy a script, with the line ends its system wants."""
    text = (OFFLINE / name).read_text("utf-8")
    (folder / name).write_text(text, "utf-8", newline="\r\n" if name.endswith(".cmd") else "\n")


def write_zip(folder: Path, path: Path) -> Path:
    """Pack a folder, always to the same bytes for the same content."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for file in sorted(p for p in folder.rglob("*") if p.is_file()):
            info = zipfile.ZipInfo(f"{FOLDER}/{file.relative_to(folder).as_posix()}", ZIP_TIME)
            info.compress_type = zipfile.ZIP_STORED if file.suffix == ".whl" else zipfile.ZIP_DEFLATED
            info.external_attr = (0o100755 if file.suffix == ".sh" else 0o100644) << 16
            info.create_system = 3  # Unix, for the right to run install.sh
            archive.writestr(info, file.read_bytes())
    return path


def write_bill(bill: dict[str, Any], path: Path) -> Path:
    """Write the bill of materials once it has all it must have."""
    sbom.check_bill(bill)
    path.write_text(json.dumps(bill, indent=2) + "\n", "utf-8", newline="\n")
    return path


def write_sums(out: Path) -> Path:
    """Write the hash of every result in `out`, also of earlier runs, the way `sha256sum -c` reads them."""
    lines = [f"{sha256(path)}  {path.name}\n" for path in sorted(out.glob("recoverycli-*")) if path.is_file()]
    path = out / SUMS
    path.write_text("".join(lines), "utf-8", newline="\n")
    return path


if __name__ == "__main__":
    sys.exit(main())
