"""The offline bundles: what goes in for which system, hashes, the bill of materials, and a real install."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
import struct
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "scripts"), str(ROOT / "scripts" / "offline")]

import bundle  # noqa: E402
import install  # noqa: E402
import sbom  # noqa: E402
import targets  # noqa: E402
import wheels  # noqa: E402

LOCKS = ("requirements.lock", "requirements-pdf.lock")
HERE = f"{sys.version_info[0]}.{sys.version_info[1]}"
EVERYWHERE = [(target, python) for target in targets.TARGETS.values() for python in targets.PYTHONS]


def lock_of(name: str) -> list[targets.Pin]:
    return targets.read_lock((ROOT / name).read_text("utf-8"))


# The lock files and markers


@pytest.mark.parametrize("name", LOCKS)
def test_lock_gives_what_the_project_asks_for(name: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = project["dependencies"] + (project["optional-dependencies"]["pdf"] if "pdf" in name else [])
    versions = {pin.name: pin.version for pin in lock_of(name)}
    for requirement in map(Requirement, asked):
        assert requirement.specifier.contains(versions[requirement.name]), requirement


@pytest.mark.parametrize("name", LOCKS)
def test_lock_names_no_index_and_no_machine(name: str) -> None:
    header, _, rest = (ROOT / name).read_text("utf-8").partition("\n")
    assert header == "# Written by scripts/lock.py from pyproject.toml; do not edit."
    assert not re.search(r"/|#|--(?!hash=sha256:)", rest)


def test_both_locks_agree() -> None:
    plain, pdf = ({pin.name: pin.version for pin in lock_of(name)} for name in LOCKS)
    assert plain.items() < pdf.items()
    assert pdf.keys() - plain.keys() == {"typst"}


@pytest.mark.parametrize(("target", "python"), EVERYWHERE, ids=lambda v: getattr(v, "name", v))
def test_colorama_goes_to_windows_and_nowhere_else(target: targets.Target, python: str) -> None:
    names = {pin.name for pin in targets.select(lock_of(LOCKS[0]), target, python)}
    assert ("colorama" in names) == (target.system == "Windows")
    assert {"typer", "rich", "pyyaml", "rapidfuzz"} <= names


def test_markers_ask_the_target_for_everything() -> None:
    for target, python in EVERYWHERE:
        assert target.environment(python).keys() == default_environment().keys() | {"extra"}


def test_markers_know_the_python() -> None:
    pins = targets.read_lock(f"old==1 ; python_full_version < '3.12' --hash=sha256:{'b' * 64}\n")
    linux = targets.TARGETS["linux-x86_64"]
    assert [len(targets.select(pins, linux, python)) for python in targets.PYTHONS] == [1, 0, 0, 0]


@pytest.mark.parametrize("line", ["rich==15.0.0", f"rich>=15 --hash=sha256:{'c' * 64}", "rich==15.* --hash=md5:1"])
def test_lock_without_version_or_hash_is_refused(line: str) -> None:
    with pytest.raises(targets.BundleError, match=r"rich: .*scripts/lock\.py"):
        targets.read_lock(line)


# The whole run, with made-up wheels in a folder in the place of an index


def make_wheel(folder: Path, name: str, *headers: str, files: dict[str, str] | None = None) -> Path:
    path = folder / f"{name}-1.0-py3-none-any.whl"
    metadata = "\n".join(("Metadata-Version: 2.4", f"Name: {name}", "Version: 1.0", *headers, ""))
    info = f"{name}-1.0.dist-info"
    inside = {f"{name}/__init__.py": "", f"{info}/METADATA": metadata} | (files or {})
    inside[f"{info}/WHEEL"] = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    with zipfile.ZipFile(path, "w") as archive:
        for member, text in inside.items():
            archive.writestr(member, text)
    return path


def make_embeddable(path: Path, minor: int = 12, machine: int = bundle.AMD64) -> Path:
    program = b"MZ".ljust(0x3C, b"\0") + struct.pack("<I", 0x40) + struct.pack("<4sH", b"PE\0\0", machine)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("python.exe", program)
        archive.writestr(f"python3{minor}.zip", "")
        archive.writestr(f"python3{minor}._pth", f"python3{minor}.zip\r\n.\r\n\r\n#import site\r\n")
    return path


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A made-up project with two libraries, one of them for Windows only, and a folder pip finds them in."""
    store = tmp_path / "store"
    store.mkdir()
    made = {
        "rich": make_wheel(store, "rich", "License-Expression: MIT"),
        "colorama": make_wheel(store, "colorama", "License-Expression: BSD-3-Clause"),
    }
    lock = "".join(
        f"{name}==1.0{condition} \\\n    --hash=sha256:{wheels.sha256(made[name])}\n"
        for name, condition in (("rich", ""), ("colorama", " ; sys_platform == 'win32'"))
    )
    (tmp_path / "requirements.lock").write_text(lock, "utf-8")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "for-it.md").write_text("# For IT\n", "utf-8")
    needs = ("Requires-Dist: rich>=1", "Requires-Dist: colorama; platform_system == 'Windows'")
    make_wheel(tmp_path, "recoverycli", "License-Expression: MIT", *needs)
    monkeypatch.setattr(bundle, "ROOT", tmp_path)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(store))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    return tmp_path


def run(shop: Path, *options: str) -> Path:
    """Bundle the made-up project and return the folder of results."""
    out = shop / "out"
    wheel = str(shop / "recoverycli-1.0-py3-none-any.whl")
    assert bundle.main([wheel, "--out", str(out), *options]) == 0
    return out


def names_in(path: Path) -> set[str]:
    with zipfile.ZipFile(path) as archive:
        return {name.removeprefix("recoverycli/") for name in archive.namelist()}


def read(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read(f"recoverycli/{name}")


def test_wheelhouses_hold_what_their_system_needs(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = run(shop, "--target", "windows-x64", "--target", "linux-x86_64", "--python", "3.12")
    windows, linux = out / "recoverycli-1.0-windows-x64.zip", out / "recoverycli-1.0-linux-x86_64.zip"
    common = {"bundle.json", "for-it.md", "install.py", "requirements.txt"}
    common |= {"wheels/recoverycli-1.0-py3-none-any.whl", "wheels/rich-1.0-py3-none-any.whl"}
    assert names_in(windows) == common | {"install.cmd", "wheels/colorama-1.0-py3-none-any.whl"}
    assert names_in(linux) == common | {"install.sh"}
    assert "MB  recoverycli-1.0-windows-x64.zip" in capsys.readouterr().out


def test_requirements_carry_the_hash_of_every_wheel(shop: Path) -> None:
    windows = run(shop, "--target", "windows-x64", "--python", "3.12") / "recoverycli-1.0-windows-x64.zip"
    text = read(windows, "requirements.txt").decode()
    stated = {pin.name: pin.hashes for pin in targets.read_lock(text)}
    packed = {n for n in names_in(windows) if n.endswith(".whl")}
    assert stated == {n.split("/")[1].split("-")[0]: (hashlib.sha256(read(windows, n)).hexdigest(),) for n in packed}
    assert 'colorama==1.0 ; sys_platform == "win32" \\\n' in text


def test_sums_cover_every_result(shop: Path) -> None:
    out = run(shop, "--target", "linux-x86_64", "--python", "3.12")
    run(shop, "--target", "macos-arm64", "--python", "3.12")
    lines = (out / "SHA256SUMS").read_bytes().decode().splitlines()
    results = sorted(out.glob("recoverycli-*"))
    assert lines == [f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.name}" for p in results]
    assert len(lines) == 3


def test_same_input_gives_the_same_bytes(shop: Path) -> None:
    make_embeddable(shop / "embed.zip", minor=sys.version_info[1])
    options = ("--target", "windows-x64", "--python", "3.12", "--embeddable", str(shop / "embed.zip"))
    first = (run(shop, *options) / "SHA256SUMS").read_text("utf-8")
    assert (run(shop, *options) / "SHA256SUMS").read_text("utf-8") == first


def test_portable_folder(shop: Path) -> None:
    embeddable = make_embeddable(shop / f"python-{HERE}.7-embed-amd64.zip", minor=sys.version_info[1])
    out = run(shop, "--target", "linux-x86_64", "--python", "3.12", "--embeddable", str(embeddable))
    portable = out / "recoverycli-1.0-windows-x64-portable.zip"
    inside = names_in(portable)
    assert {"python/python.exe", "recoverycli.cmd", "for-it.md"} <= inside
    assert {f"python/Lib/site-packages/{n}/__init__.py" for n in ("recoverycli", "rich", "colorama")} <= inside
    pth = read(portable, f"python/python3{sys.version_info[1]}._pth")
    assert pth.endswith(b"#import site\r\nLib\\site-packages\r\n")
    launcher = read(portable, "recoverycli.cmd")
    assert b'"%~dp0python\\python.exe" -I -B -X utf8 -m recoverycli %*\r\n' in launcher
    assert launcher.count(b"\n") == launcher.count(b"\r\n")
    compiled = [name for name in inside if name.endswith(".pyc")]
    assert len(compiled) == 3
    assert not any(str(shop).encode() in read(portable, name) for name in inside)


def test_bill_lists_what_is_bundled(shop: Path) -> None:
    embeddable = make_embeddable(shop / "python-3.12.9-embed-amd64.zip")
    options = ("--target", "windows-x64", "--python", "3.12", "--embeddable", str(embeddable))
    bill: dict[str, Any] = json.loads((run(shop, *options) / "recoverycli-1.0.cdx.json").read_text("utf-8"))
    sbom.check_bill(bill)
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", bill["serialNumber"])
    assert bill["metadata"]["timestamp"] == "2026-01-01T00:00:00Z"
    found = {c["purl"]: c["licenses"][0]["license"]["id"] for c in bill["components"]}
    assert found == {
        "pkg:pypi/colorama@1.0": "BSD-3-Clause",
        "pkg:pypi/rich@1.0": "MIT",
        "pkg:generic/python@3.12.9": "PSF-2.0",
    }
    root = {d["ref"]: d["dependsOn"] for d in bill["dependencies"]}["pkg:pypi/recoverycli@1.0"]
    assert root == ["pkg:pypi/colorama@1.0", "pkg:pypi/rich@1.0"]
    assert all(re.fullmatch("[0-9a-f]{64}", h["content"]) for c in bill["components"] for h in c["hashes"])


def test_bill_with_a_gap_is_refused(shop: Path) -> None:
    run(shop, "--target", "linux-x86_64", "--python", "3.12")
    bill = json.loads((shop / "out" / "recoverycli-1.0.cdx.json").read_text("utf-8"))
    bill["components"][0]["purl"] = ""
    bill["dependencies"][0]["dependsOn"].append("pkg:pypi/ghost@1")
    with pytest.raises(targets.BundleError, match=r"rich: purl, pkg:pypi/ghost@1: not listed"):
        sbom.check_bill(bill)


def test_wheel_unlike_the_lock_stops_the_run(shop: Path, capfd: pytest.CaptureFixture[str]) -> None:
    make_wheel(shop / "store", "rich", "License-Expression: MIT", "Summary: not what was locked")
    wheel = str(shop / "recoverycli-1.0-py3-none-any.whl")
    assert bundle.main([wheel, "--out", str(shop / "out"), "--target", "linux-x86_64", "--python", "3.12"]) == 2
    assert "linux-x86_64, CPython 3.12: a wheel cannot be fetched" in capfd.readouterr().err
    assert not (shop / "out" / "SHA256SUMS").exists()


def test_lock_older_than_the_project_stops_the_run(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wheel = make_wheel(shop, "recoverycli", "License-Expression: MIT", "Requires-Dist: rich>=2")
    assert bundle.main([str(wheel), "--out", str(shop / "out")]) == 2
    assert "the lock file does not give rich>=2: run scripts/lock.py" in capsys.readouterr().err


# Parts


@pytest.mark.parametrize(
    ("minor", "machine", "message"),
    [(10, bundle.AMD64, "holds CPython 3.10"), (12, 0xAA64, "embed-amd64"), (12, 0x14C, "embed-amd64")],
)
def test_wrong_interpreter_is_refused(tmp_path: Path, minor: int, machine: int, message: str) -> None:
    with pytest.raises(targets.BundleError, match=message):
        bundle.embeddable_python(make_embeddable(tmp_path / "python.zip", minor, machine))


def test_other_files_are_no_interpreter(tmp_path: Path) -> None:
    (tmp_path / "text.zip").write_text("no zip", "utf-8")
    for path in (tmp_path / "text.zip", tmp_path / "missing.zip", make_wheel(tmp_path, "rich")):
        with pytest.raises(targets.BundleError, match="is not an embeddable CPython zip"):
            bundle.embeddable_python(path)


@pytest.mark.parametrize(
    ("stated", "classifier", "text", "expected"),
    [
        ("Apache-2.0 OR MIT", "", "", "Apache-2.0 OR MIT"),
        ("ISC License", "License :: OSI Approved :: ISC License (ISCL)", "", "ISC"),
        (None, "License :: OSI Approved :: BSD License", "Neither the\nname of", "BSD-3-Clause"),
        (None, "License :: OSI Approved :: BSD License", "Redistribution", "BSD-2-Clause"),
        (None, "License :: OSI Approved :: BSD License", "", None),
        (None, "License :: Other/Proprietary License", "", None),
    ],
)
def test_licence_is_read_not_guessed(stated: str | None, classifier: str, text: str, expected: str | None) -> None:
    assert wheels.spdx(stated, [classifier], text) == expected


def test_wheel_without_a_known_licence_is_refused(tmp_path: Path) -> None:
    with pytest.raises(targets.BundleError, match="states no licence"):
        wheels.read_wheel(make_wheel(tmp_path, "secret"))


def test_unpacking_leaves_out_what_is_for_installers(tmp_path: Path) -> None:
    files = {"segno-1.0.data/data/share/man/segno.1": "", "segno-1.0.data/purelib/extra/x.py": ""}
    wheels.unpack(make_wheel(tmp_path, "segno", files=files), tmp_path / "out")
    found = {p.relative_to(tmp_path / "out").as_posix() for p in (tmp_path / "out").rglob("*.py")}
    assert found == {"segno/__init__.py", "extra/x.py"}
    assert not list((tmp_path / "out").glob("*.data"))


def test_installer_says_which_computer_it_is_for() -> None:
    fits: dict[str, Any] = {"system": platform.system(), "machine": platform.machine(), "pythons": [HERE]}
    assert install.unfit(fits) == ""
    assert "64-bit Python on Plan9" in install.unfit(fits | {"system": "Plan9"})
    assert f"needs CPython 3.99, this is {HERE}" in install.unfit(fits | {"pythons": ["3.99"]})


def test_installer_touches_no_other_folder(tmp_path: Path) -> None:
    assert install.taken(tmp_path) == ""
    assert install.taken(tmp_path / "new") == ""
    (tmp_path / "letter.txt").write_text("mine", "utf-8")
    assert "holds something else" in install.taken(tmp_path)
    assert "is a file" in install.taken(tmp_path / "letter.txt")
    (tmp_path / "pyvenv.cfg").write_text("", "utf-8")
    assert install.taken(tmp_path) == ""


def test_page_for_it_lists_every_library() -> None:
    page = (ROOT / "docs" / "for-it.md").read_text("utf-8").casefold()
    for pin in lock_of("requirements-pdf.lock"):
        assert f"| {pin.name} |" in page, pin.name


# For real: needs a package index, and a kernel that can cut the network off


@pytest.fixture(scope="module")
def offline_set(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Bundles of the project itself, for this computer and for Windows; skips where they cannot be made."""
    if platform.system() != "Linux" or platform.machine() != "x86_64":
        pytest.skip("installs the bundle for Linux on x86_64")
    if subprocess.run(["unshare", "-rn", "true"], check=False, capture_output=True).returncode:
        pytest.skip("unshare may not cut off the network here")
    folder = tmp_path_factory.mktemp("offline")
    smallest = min(lock_of(LOCKS[0]), key=lambda pin: len(pin.hashes))
    probe = [sys.executable, "-m", "pip", "download", "-qq", "--no-deps", "--retries=0", "--timeout=5"]
    asked = [*probe, f"--dest={folder}", f"{smallest.name}=={smallest.version}"]
    if subprocess.run(asked, check=False, capture_output=True).returncode:
        pytest.skip("no package index")
    # By way of a source archive: building a wheel in place would write into the checkout.
    subprocess.run([sys.executable, "-m", "build", "-o", folder, ROOT], check=True, capture_output=True)
    (wheel,) = folder.glob("recoverycli-*.whl")
    options = ["--target", "linux-x86_64", "--target", "windows-x64", "--python", HERE, "--python", "3.12"]
    assert bundle.main([str(wheel), "--out", str(folder / "out"), *options]) == 0
    return folder / "out"


def unpacked(bundle_zip: Path, folder: Path) -> Path:
    with zipfile.ZipFile(bundle_zip) as archive:
        archive.extractall(folder)
    return folder / "recoverycli"


def cut_off(*command: str | Path, home: Path) -> subprocess.CompletedProcess[str]:
    """Run a command without a network and with nothing of this user's settings."""
    environment = {"PATH": os.defpath, "HOME": str(home), "PYTHON": sys.executable, "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        ["unshare", "-rn", *command], check=False, capture_output=True, text=True, env=environment, cwd=home
    )


def test_linux_bundle_installs_without_a_network(offline_set: Path, tmp_path: Path) -> None:
    (found,) = offline_set.glob("recoverycli-*-linux-x86_64.zip")
    installer = unpacked(found, tmp_path) / "install.sh"
    for _ in ("new", "again, over the first"):
        done = cut_off("sh", installer, tmp_path / "app", home=tmp_path)
        assert done.returncode == 0, done.stderr
    answer = cut_off(tmp_path / "app/bin/recoverycli", "show", "aa", home=tmp_path)
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.startswith("Alcoholics Anonymous (AA)\n")
    assert answer.stderr == ""


def test_changed_wheel_is_not_installed(offline_set: Path, tmp_path: Path) -> None:
    (found,) = offline_set.glob("recoverycli-*-linux-x86_64.zip")
    folder = unpacked(found, tmp_path)
    (wheel,) = folder.glob("wheels/rich-*.whl")
    with zipfile.ZipFile(wheel, "a") as archive:
        archive.writestr("rich/extra.py", "")
    done = cut_off("sh", folder / "install.sh", tmp_path / "app", home=tmp_path)
    assert done.returncode == 1
    assert "THESE PACKAGES DO NOT MATCH THE HASHES" in done.stderr


def test_windows_bundle_is_complete(offline_set: Path) -> None:
    (found,) = offline_set.glob("recoverycli-*-windows-x64.zip")
    packed = names_in(found)
    assert any(name.startswith("wheels/colorama-") for name in packed)
    assert any(name.startswith("wheels/rapidfuzz-") and "cp312-win_amd64" in name for name in packed)
    assert not any("linux" in name or "macosx" in name for name in packed)
