"""Starts EMTD Lab, which runs on Node: `python -m emtd_lab CONNECTION_FILE` its kernel, `emtd` its command.

The first start has npm put the lab into a folder of its own, beside the kernelspecs of this Python, and says so on stderr.
"""

import os
import shutil
import site
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

PACKED = "@PACKED@"  # emtd-lab-VERSION.tgz, beside this file
HOME = "@HOME@"  # the name of that folder: version and sources
OLDEST = 22


def kernel():
    start("dist/kernel/front/main.js")


def command():
    start("bin/emtd.mjs")


def start(program):
    node = shutil.which("node")
    if node is None:
        sys.exit(needs_node("there is none"))
    data = data_folder()
    root = data / "emtd-lab" / HOME / "node_modules" / "emtd-lab"
    if not root.exists():
        install(node, data)
    if sys.prefix != sys.base_prefix:
        os.environ.setdefault("VIRTUAL_ENV", sys.prefix)  # where `emtd kernel status` looks
    words = [node, str(root / program), *sys.argv[1:]]
    if os.name == "nt":  # there a process cannot become another
        sys.exit(subprocess.call(words))
    os.execv(node, words)


def data_folder():
    """Jupyter's data folder of this Python; the user's where that one cannot be written."""
    own, users = (Path(prefix, "share", "jupyter") for prefix in (sys.prefix, site.getuserbase()))
    return own if os.access(own, os.W_OK) else users


def install(node, data):
    found = subprocess.run([node, "--version"], capture_output=True, text=True).stdout.strip()
    if int("0" + found.lstrip("v").split(".")[0]) < OLDEST:
        sys.exit(needs_node(f"{node} is {found}"))
    packed = Path(__file__).with_name(PACKED)
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(packed) as tar:
            tar.extractall(folder)
        script = Path(folder, "package", "dist", "kernel", "install", "firstStart.js")
        code = subprocess.call([node, str(script), str(data), str(packed)], stdout=sys.stderr)
    if code != 0:
        sys.exit(code)


def needs_node(found):
    return f"emtd-lab: needs Node {OLDEST} or later on PATH, {found}; fix: install it from https://nodejs.org"


if __name__ == "__main__":
    kernel()
