"""The Nu HTML checker, as the W3C runs it: its jars come from Maven once and are kept in pytest's cache folder."""

import fcntl
import hashlib
import shutil
import subprocess
from pathlib import Path

from ..elasticsearch import build

POM = Path(__file__).with_name("pom.xml")
JARS = build.BUILDS.parent / "validator"
MAIN = "nu.validator.client.SimpleCommandLineValidator"

missing = build.missing  # it needs what Elasticsearch needs


def errors(folder: Path) -> list[str]:
    """What is wrong in the *.html files of a folder, each line with the name of its file and the place there."""
    java = build.java_home()
    if java is None:
        raise RuntimeError(build.MISSING_JDK)
    command = [java / "bin" / "java", "-Xss4m", "-cp", f"{_jars()}/*", MAIN, "--errors-only", "--format", "gnu", folder]
    done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    found = [line.replace(f"file:{folder}/", "") for line in done.stderr.splitlines() if line.strip()]
    if done.returncode and not found:
        raise RuntimeError(f"The checker ended with {done.returncode}: {done.stdout[-2000:]}")
    return found


def _jars() -> Path:
    JARS.mkdir(parents=True, exist_ok=True)
    folder = JARS / hashlib.sha256(POM.read_bytes()).hexdigest()[:16]
    with (JARS / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            fetching = folder.with_suffix(".new")
            shutil.rmtree(fetching, ignore_errors=True)
            build.run("mvn", "-q", "-B", "-f", POM, "dependency:copy-dependencies", f"-DoutputDirectory={fetching}")
            fetching.rename(folder)
    return folder
