"""Install recoverycli from the wheels beside this file into a folder of its own. Uses no network.

install.sh and install.cmd start it. Usage: install.sh [FOLDER]
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
PIP = (
    *("pip", "install", "--isolated", "--no-index", "--require-hashes", "--only-binary=:all:"),
    # Again even when it seems to be there: an install meant to repair a folder must.
    *("--force-reinstall", "--no-cache-dir", "--disable-pip-version-check", "--quiet"),
)


def main() -> int:
    bundle = json.loads((HERE / "bundle.json").read_text("utf-8"))
    folder = Path(sys.argv[1]).absolute() if len(sys.argv) > 1 else default_folder()
    fault = unfit(bundle) or taken(folder)
    if fault:
        print(f"install: {fault}", file=sys.stderr)
        return 2
    try:
        install(folder)
    except (OSError, subprocess.CalledProcessError):
        print(f"install: stopped, the reason is above; {folder} is not complete", file=sys.stderr)
        return 1
    print(f"recoverycli {bundle['version']} is installed. Start it with:")
    print(f"  {programs(folder) / 'recoverycli'}")
    return 0


def default_folder() -> Path:
    """Return the folder for programs of this user, which needs no administrator."""
    if os.name == "nt":
        return Path(os.environ["LOCALAPPDATA"], "Programs", "recoverycli")
    return Path.home() / ".local" / "opt" / "recoverycli"


def unfit(bundle: dict[str, Any]) -> str:
    """Say why this Python cannot use the wheels, nothing when it can."""
    python = f"{sys.version_info[0]}.{sys.version_info[1]}"
    wanted, found = f"{bundle['system']} {bundle['machine']}", f"{platform.system()} {platform.machine()}"
    if wanted != found or sys.maxsize < 2**32:
        return f"these files are for a 64-bit Python on {wanted}, this is {found}"
    if python not in bundle["pythons"] or platform.python_implementation() != "CPython":
        return f"needs CPython {', '.join(bundle['pythons'])}, this is {python}; name another one in PYTHON"
    return ""


def taken(folder: Path) -> str:
    """Say why nothing may be installed into a folder: what is in it is not ours."""
    if folder.is_file():
        return f"{folder} is a file"
    if folder.is_dir() and any(folder.iterdir()) and not (folder / "pyvenv.cfg").is_file():
        return f"{folder} holds something else; name an empty or a new folder"
    return ""


def install(folder: Path) -> None:
    """Make the folder's own Python environment and put the wheels in, each checked against its hash."""
    subprocess.run([sys.executable, "-I", "-m", "venv", str(folder)], check=True)
    command = [str(programs(folder) / "python"), "-I", "-m", *PIP, f"--find-links={HERE / 'wheels'}"]
    # Settings of this computer could point pip at an index or another folder.
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    clean["PIP_CONFIG_FILE"] = os.devnull
    subprocess.run([*command, f"--requirement={HERE / 'requirements.txt'}"], check=True, env=clean)


def programs(folder: Path) -> Path:
    """Return where an environment keeps its commands."""
    return folder / ("Scripts" if os.name == "nt" else "bin")


if __name__ == "__main__":
    sys.exit(main())
