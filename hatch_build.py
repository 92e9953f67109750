"""Builds the guide's one file from the YAML, when the package is built."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BuildGuide(BuildHookInterface):  # type: ignore[type-arg]
    """Writes src/recoverycli/built/ before the wheel is made; a broken file stops the build."""

    PLUGIN_NAME = "custom"

    def initialize(self, _version: str, _build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel":
            return
        sys.path.insert(0, str(Path(self.root) / "src"))
        from recoverycli import build, guide

        built = build.compile_guide(build.read_data(guide.CHECKOUT))
        guide.BUILT.parent.mkdir(exist_ok=True)
        guide.BUILT.write_bytes(built)
        guide.STAMP.write_text(guide.stamp(), "utf-8")
