"""Writing the one file the user named: whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from recoverycli.errors import DataError


def write_new(path: Path, content: bytes, force: bool = False) -> None:
    """Write `content` to `path` through a temporary file beside it, so that an old file stays whole.

    Raises DataError when the file exists (and `force` is not given), or cannot be written.
    """
    if path.exists() and not force:
        raise DataError(f"{path} exists and is left as it is: give another name, or add --force.")
    if not path.parent.is_dir():
        raise DataError(f"The folder {path.parent} does not exist: make it first, or give another.")
    temporary = None
    try:
        handle, name = tempfile.mkstemp(prefix=".recoverycli-", dir=path.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except OSError as error:
        if temporary:
            temporary.unlink(missing_ok=True)
        raise DataError(f"{path} could not be written: {error.strerror}.") from None
    except BaseException:
        if temporary:
            temporary.unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
