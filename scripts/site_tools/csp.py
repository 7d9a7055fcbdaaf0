"""The content security policy: what a page of this site may load and run.

Nothing comes from another host, and of scripts inside pages only those that are in
the site when it is built, each named by its hash. A host must send the line in
csp.txt as the header ``Content-Security-Policy``, and that in csp-embed.txt with
the pages below en/embed/ and zh/embed/; ./scripts/serve does.
"""

import base64
import hashlib
from pathlib import Path

from scripts.site_tools.html_files import read_pages

# Types of <script> that a browser runs; the theme also keeps settings in scripts of type application/json.
RUN = {None, "", "module", "text/javascript"}


def inline_script_hashes(site: Path) -> list[str]:
    scripts = {
        script.text or ""
        for page in read_pages(site)
        for script in page.tree.iter("script")
        if script.get("src") is None and script.get("type") in RUN
    }
    digests = [hashlib.sha256(script.encode("utf-8")).digest() for script in scripts]
    return sorted("'sha256-" + base64.b64encode(digest).decode("ascii") + "'" for digest in digests)


def policy(site: Path, *, frame_ancestors: str = "'none'") -> str:
    """The policy of the site's pages; ``frame_ancestors`` are the sites that may show one in a frame."""
    hashes = " ".join(inline_script_hashes(site))
    return "; ".join(
        [
            "default-src 'self'",
            # Python in the page is WebAssembly.
            f"script-src 'self' 'wasm-unsafe-eval' {hashes}",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "worker-src 'self'",
            "manifest-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
            f"frame-ancestors {frame_ancestors}",
        ]
    )


def write_policy(site: Path) -> None:
    (site / "csp.txt").write_text(policy(site) + "\n", encoding="utf-8")
    # The calculator alone may stand in a frame of any site: it learns nothing from it and gives nothing to it.
    (site / "csp-embed.txt").write_text(policy(site, frame_ancestors="*") + "\n", encoding="utf-8")
