"""Builds the node once: the server's jars from Maven, a launcher and the parts that are not published there."""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

NODE = Path(__file__).resolve().parent / "node"
BUILDS = NODE.parents[3] / ".pytest_cache" / "elasticsearch"
OLDEST_JAVA = 21
MISSING_MAVEN = "Maven was not found (apt-get install maven)"
MISSING_JDK = f"no JDK {OLDEST_JAVA} or newer was found (apt-get install openjdk-21-jdk-headless, or set ES_JAVA_HOME)"


def missing() -> str:
    """What is not here that a node needs; empty if everything is."""
    return MISSING_MAVEN if not shutil.which("mvn") else MISSING_JDK if not java_home() else ""


def java_home() -> Path | None:
    given = [os.environ[name] for name in ("ES_JAVA_HOME", "JAVA_HOME") if os.environ.get(name)]
    return next((home for home in [*map(Path, given), *_installed()] if _is_new_enough(home)), None)


def _installed() -> list[Path]:
    return sorted(Path("/usr/lib/jvm").glob("*"), reverse=True)


def _is_new_enough(home: Path) -> bool:
    compiler = home / "bin" / "javac"
    if not compiler.exists():
        return False
    said = subprocess.run([compiler, "-version"], capture_output=True, text=True, check=False)
    found = re.match(r"javac (\d+)", said.stdout or said.stderr)
    return bool(found) and int(found[1]) >= OLDEST_JAVA


def built() -> Path:
    """The folder with `home` and `launcher`; made where it is missing."""
    java = java_home()
    if java is None:
        raise RuntimeError(MISSING_JDK)
    BUILDS.mkdir(parents=True, exist_ok=True)
    folder = BUILDS / _state()
    with (BUILDS / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            building = folder.with_suffix(".new")
            shutil.rmtree(building, ignore_errors=True)
            _build(building, java / "bin")
            building.rename(folder)
    return folder


def _state() -> str:
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for path in sorted(path for path in NODE.rglob("*") if path.is_file()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _build(folder: Path, java: Path) -> None:
    home, jars = folder / "home", folder / "jars"
    shutil.copytree(NODE / "config", home / "config")
    copy = f"-DoutputDirectory={jars}"
    run("mvn", "-q", "-B", "-f", NODE / "pom.xml", "dependency:copy-dependencies", copy)
    netty = home / "modules" / "transport-netty4"
    netty.mkdir(parents=True)
    (home / "lib").mkdir()
    for jar in jars.iterdir():
        of_netty = jar.name.startswith(("netty-", "transport-netty4-", "elasticsearch-ssl-config-"))
        shutil.move(jar, (netty if of_netty else home / "lib") / jar.name)
    jars.rmdir()
    stand_ins = home / "modules" / "portal-stand-ins"
    stand_ins.mkdir()
    _describe(netty, stand_ins)
    library, sources = f"{home / 'lib'}/*", NODE / "src"
    run(java / "javac", "-nowarn", "-cp", library, "-d", folder / "launcher", sources / "EsServer.java")
    run(java / "javac", "-nowarn", "-cp", library, "-d", folder / "plugin", *sources.glob("*Plugin.java"))
    run(java / "jar", "cf", stand_ins / "stand-ins.jar", "-C", folder / "plugin", ".")


def _describe(netty: Path, stand_ins: Path) -> None:
    """The server reads what a module is from a file beside its jars."""
    archive = next(netty.glob("transport-netty4-*.jar"))
    inside = "META-INF/es-plugins/transport-netty4/plugin-descriptor.properties"
    described = zipfile.ZipFile(archive).read(inside).decode()
    (netty / "plugin-descriptor.properties").write_text(described)
    version = re.search(r"^elasticsearch\.version=(.+)$", described, re.M)[1]  # type: ignore[index]
    lines = (
        "name=portal-stand-ins",
        "description=Stand-ins for modules that are not published",
        f"version={version}",
        f"elasticsearch.version={version}",
        f"java.version={OLDEST_JAVA}",
        "classname=portal.es.DevRestPlugin",
    )
    (stand_ins / "plugin-descriptor.properties").write_text("\n".join(lines))


def run(*command: str | Path) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    if done.returncode:
        said = f"{done.stdout}{done.stderr}"[-3000:]
        raise RuntimeError(f"{command[0]} failed:\n{said}")
