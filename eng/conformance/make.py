#!/usr/bin/env python3
"""Writes the example areas of docs/conformance, from docs/protocol.md alone: nothing of Bento is used.

Usage: make.py DIRECTORY    (the keys are those in docs/conformance/keys; the same run gives the same bytes)
"""
import base64
import gzip
import hashlib
import io
import os
import shutil
import struct
import subprocess
import sys
import tarfile
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
KEYS = os.path.join(HERE, "../../docs/conformance/keys")
ZERO = "0001-01-01T00:00:00+00:00"
FLAKE = b"{ outputs = _: { }; }\n"


def text(value):
    """A JSON text as .NET's default encoder writes it."""
    escaped = "".join(
        c if 32 <= ord(c) < 127 and c not in "\"&'+<>`\\" else "\\u%04X" % ord(c) for c in value)
    return '"' + escaped + '"'


def value(v):
    if isinstance(v, dict):
        return "{" + ",".join(text(k) + ":" + value(x) for k, x in v.items()) + "}"
    if isinstance(v, list):
        return "[" + ",".join(map(value, v)) + "]"
    if isinstance(v, bytes):
        return '"' + v.decode() + '"'  # a time: it is not escaped
    return {True: "true", False: "false", None: "null"}[v] if v is None or isinstance(v, bool) else text(v) if isinstance(v, str) else str(v)


def nar(name, data):
    """A directory with one plain file, as a Nix archive."""
    def s(b):
        return struct.pack("<Q", len(b)) + b + b"\0" * (-len(b) % 8)
    f = s(b"(") + s(b"type") + s(b"regular") + s(b"contents") + s(data) + s(b")")
    entry = s(b"entry") + s(b"(") + s(b"name") + s(name) + s(b"node") + f + s(b")")
    return s(b"nix-archive-1") + s(b"(") + s(b"type") + s(b"directory") + entry + s(b")")


def archive(data):
    out, tar = io.BytesIO(), io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w", format=tarfile.GNU_FORMAT) as t:
        info = tarfile.TarInfo("flake.nix")
        info.size, info.mode, info.mtime = len(data), 0o644, 1
        t.addfile(info, io.BytesIO(data))
    with gzip.GzipFile(fileobj=out, mode="wb", mtime=0, compresslevel=9, filename="") as g:
        g.write(tar.getvalue())
    return out.getvalue()


CONTENT = archive(FLAKE)
SHA = hashlib.sha256(CONTENT).hexdigest()


def payload(**changes):
    """The bytes of a payload; a change of `id` or of anything else comes after the right id was made, with `late_`."""
    members = {
        "schema": 1, "fleet": "conformance", "host": "web", "epoch": 0, "sequence": 1, "id": "",
        "issued": b"2026-01-01T00:00:00+00:00", "expires": b"2126-01-01T00:00:00+00:00",
        "kind": "Flake", "attribute": "web",
        "content": {"sha256": SHA, "size": len(CONTENT), "files": 1,
                    "tree": "sha256-" + base64.b64encode(hashlib.sha256(nar(b"flake.nix", FLAKE)).digest()).decode()},
        "expectedSystem": "/nix/store/" + "0" * 32 + "-nixos-system-web",
        "policy": {"selfUpdate": False, "reboot": False, "rebootWindow": None, "rollback": True, "confirmSeconds": 300,
                   "healthChecks": []},
        "minAgent": 1,
    }
    members.update({k: v for k, v in changes.items() if not k.startswith("late_")})
    blank = dict(members, id="", issued=ZERO.encode(), expires=ZERO.encode())
    members["id"] = hashlib.sha256(value(blank).encode()).hexdigest()[:32]
    members.update({k[5:]: v for k, v in changes.items() if k.startswith("late_")})
    return value(members).encode()


def sign(data, key, namespace="bento-release"):
    with tempfile.TemporaryDirectory() as d:
        private = os.path.join(d, "key")
        shutil.copy(os.path.join(KEYS, key), private)
        os.chmod(private, 0o600)
        return subprocess.run(["ssh-keygen", "-q", "-Y", "sign", "-f", private, "-n", namespace],
                              input=data, capture_output=True, check=True).stdout.decode()


def envelope(data, *keys, signatures=None):
    signed = signatures if signatures is not None else [sign(data, k) for k in keys]
    return ('{"payload":"%s","signatures":[%s]}' % (
        base64.b64encode(data).decode(), ",".join('"' + s.replace("\n", "\\n").replace("+", "\\u002B") + '"' for s in signed))).encode()


def good(**changes):
    return envelope(payload(**changes), "trusted")


ONE = payload()
CASES = {
    # name: what the host is shown one after the other, each with what it must say
    "accepted": [(good(), "Accepted")],
    "accepted-in-the-next-release": [(good(), "Accepted"), (good(sequence=2), "Accepted")],
    "accepted-with-an-unknown-member": [(good(tomorrow={"a": [1]}), "Accepted")],
    "accepted-with-a-second-signature-that-does-not-count": [(envelope(ONE, "stranger", "trusted"), "Accepted")],
    "malformed-text": [(b"no JSON", "Malformed")],
    "malformed-with-a-member-twice": [(good().replace(b'"signatures"', b'"payload":"","signatures"', 1), "Malformed")],
    "malformed-with-something-behind-it": [(good() + b"{}", "Malformed")],
    "malformed-too-long": [(good() + b" " * 65536, "Malformed")],
    "malformed-id-of-another-release": [(good(late_id="0" * 32), "Malformed")],
    "malformed-path-out-of-the-store": [(good(expectedSystem="/etc"), "Malformed")],
    "untrusted-without-a-signature": [(envelope(ONE), "Untrusted")],
    "untrusted-key": [(envelope(ONE, "stranger"), "Untrusted")],
    "untrusted-for-something-else": [(envelope(ONE, signatures=[sign(ONE, "trusted", "git")]), "Untrusted")],
    "untrusted-signature-of-another-payload": [(envelope(payload(sequence=2), signatures=[sign(ONE, "trusted")]), "Untrusted")],
    "newer-schema": [(good(schema=2), "NeedsNewerAgent")],
    "newer-agent": [(good(minAgent=1000), "NeedsNewerAgent")],
    "wrong-fleet": [(good(fleet="other"), "WrongFleet")],
    "wrong-host": [(good(host="db"), "WrongHost")],
    "wrong-epoch": [(good(epoch=1), "WrongEpoch")],
    "rollback": [(good(sequence=2), "Accepted"), (good(), "Rollback")],
    "fork": [(good(), "Accepted"), (good(minAgent=2), "Fork")],
    "jump": [(good(sequence=1000001), "Jump")],
    "fetch-failed-flipped-bit": [(good(), "FetchFailed", CONTENT[:40] + bytes([CONTENT[40] ^ 1]) + CONTENT[41:])],
    "fetch-failed-longer": [(good(), "FetchFailed", CONTENT + b"x")],
    "fetch-failed-another-tree": [(good(), "FetchFailed", archive(b"{ }"))],
    "fetch-failed-not-there": [(good(), "FetchFailed", None)],
    "stale": [(good(expires=b"2026-01-02T00:00:00+00:00"), "Stale")],
}


def write(root):
    for name, steps in CASES.items():
        for number, (release, expected, *other) in enumerate(steps, 1):
            content = other[0] if other else CONTENT
            step = os.path.join(root, name, str(number))
            os.makedirs(os.path.join(step, "area/content"))
            for path, data in [("expected", (expected + "\n").encode()), ("area/release.json", release),
                               ("area/content/%s.tar.gz" % SHA, content)]:
                if data is None:
                    continue
                with open(os.path.join(step, path), "wb") as f:
                    f.write(data)


write(sys.argv[1])
