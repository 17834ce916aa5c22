"""What `make` relies on: locks that match, whole bundles, a clear word on what is missing."""

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PIN = re.compile(r"^([a-z0-9-]+)(?:\[[a-z0-9,-]+\])?==([^\s;]+)", re.MULTILINE)


def pins(text: str) -> dict[str, str]:
    return dict(PIN.findall(text))


@pytest.mark.parametrize("group", ["", "dev", "node"])
def test_requirements_hold_every_pin_of_pyproject(group: str) -> None:
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = {"": pyproject["project"]["dependencies"], **pyproject["dependency-groups"]}

    name = f"requirements-{group}.txt" if group else "requirements.txt"
    locked = pins((ROOT / name).read_text(encoding="utf-8"))

    assert pins("\n".join(groups[group])).items() <= locked.items()


def test_package_lock_matches_package_json_and_names_no_address() -> None:
    manifest = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]

    ours = packages.pop("")

    assert ours["dependencies"] == manifest["dependencies"]
    assert ours["devDependencies"] == manifest["devDependencies"]
    assert [name for name, entry in packages.items() if "integrity" not in entry] == []
    assert [name for name, entry in packages.items() if "resolved" in entry] == []


def test_package_json_gives_a_reason_for_every_package() -> None:
    manifest = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))

    assert (
        manifest["//"].keys()
        == manifest["dependencies"].keys() | manifest["devDependencies"].keys()
    )


def test_bundled_css_refers_only_to_files_that_are_there() -> None:
    built = ROOT / "build" / "static"
    missing = [
        f"{stylesheet.name}: {address}"
        for stylesheet in sorted(built.glob("*.css"))
        for address in re.findall(r"url\([\"']?([^\"')]+)", stylesheet.read_text(encoding="utf-8"))
        if not address.startswith(("data:", "#")) and not (built / address).is_file()
    ]

    assert {"report.css", "site.css", "site.js"} <= {path.name for path in built.iterdir()}
    assert missing == []


def test_packages_without_rights_to_install_names_the_command(tmp_path: Path) -> None:
    for name, script in {
        "dpkg-query": "exit 1",
        "apt-get": "exit 1",
        "sudo": "exit 1",
        "id": "echo 1000",
        "python3": "exit 1",  # finds no library and no module
        "dirname": 'exec /usr/bin/dirname "$@"',
        "grep": 'exec /bin/grep "$@"',
    }.items():
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        program.chmod(0o755)

    result = subprocess.run(
        [ROOT / ".ci" / "packages", "demo"],
        env={"PATH": str(tmp_path), "PYTHON": "python3"},
        capture_output=True,
        text=True,
    )

    names = "python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 gettext"
    assert (result.returncode, result.stdout, result.stderr) == (
        1,
        "",
        f"Missing Debian packages: {names}. To install them:\n"
        f"    sudo apt-get update && sudo apt-get install --no-install-recommends {names}\n",
    )
