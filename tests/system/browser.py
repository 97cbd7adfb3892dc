# SPDX-License-Identifier: Apache-2.0
"""Chromium as Debian has it, driven by playwright, and axe-core in it. What is missing is in MISSING, else that is None."""
import glob
import os
import shutil
import sys
import zipfile

from support import ROOT

BUILD = os.path.join(ROOT, "build")
# Without a GPU, without a sandbox (there is none for root), and without what Chromium asks the network for by itself.
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]

sys.path[:0] = glob.glob(os.path.join(BUILD, "test-venv", "lib", "python*", "site-packages"))
try:
    from playwright.sync_api import sync_playwright
except ImportError:
    sync_playwright = None

CHROMIUM = shutil.which("chromium")
AXE_JARS = glob.glob(os.path.join(BUILD, "lib", "axe", "*.jar"))


def missing():
    if not CHROMIUM:
        return "there is no chromium: apt-get install chromium"
    if not sync_playwright:
        return "playwright is not in build/test-venv: make test puts it there"
    if not AXE_JARS:
        return "axe-core is not in build/lib/axe: make test puts it there"
    return None


MISSING = missing()


def axe_source():
    """axe-core as its makers' jar holds it."""
    with zipfile.ZipFile(AXE_JARS[0]) as jar:
        name, = (name for name in jar.namelist() if name.endswith("axe.min.js"))
        return jar.read(name).decode()


class Browser:
    """One Chromium; each page has a profile of its own, and nothing but files to ask for."""

    def __init__(self):
        self._playwright = sync_playwright().start()
        self._chromium = self._playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        self._contexts = []

    def open(self, path, width=1280, scheme="light", fragment="", **more):
        """The page, loaded; `page.requested` are the addresses that it asked for, `page.complaints` the console's errors."""
        context = self._chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **more)
        self._contexts.append(context)
        page = context.new_page()
        page.requested, page.complaints = [], []
        page.on("request", lambda request: page.requested.append(request.url))
        page.on("console", lambda message: message.type in ("error", "warning") and page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(f"file://{path}{fragment}")
        return page

    def close_pages(self):
        for context in self._contexts:
            context.close()
        self._contexts = []

    def close(self):
        self.close_pages()
        self._chromium.close()
        self._playwright.stop()
