"""A shelf in a bucket of any S3 server: Garage, SeaweedFS, Ceph, Amazon's own. What is put there is sealed already."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

import obstore
from obstore.exceptions import BaseError, PermissionDeniedError, UnauthenticatedError
from obstore.store import S3Store

from storage.blobs import BlobStoreUnknown
from storage.probe import BLOCK, BlockDamaged
from storage.shelves import ShelfAway

if TYPE_CHECKING:
    from obstore.store import S3Config

CONNECT_WITHIN = timedelta(seconds=3)
ANSWER_WITHIN = timedelta(seconds=20)
"""For one request: the largest file that WhatsApp lets through in 20 s needs a line of 40 Mbit/s."""

RETRIES = 2
RETRIED_FOR = timedelta(seconds=8)
"""Passing faults of the server are asked again so often and so long; then the work itself is tried again by its job."""

STYLES = {"path", "host"}
FORM = "s3://<bucket>[/<folder>]?endpoint=https://…&region=…&style=path"


class S3Away(ShelfAway):
    """The server does not answer, or answers that it can't."""


class S3Refused(ShelfAway):
    """The server does not take our keys, or they may not do this."""


class BucketMissing(ShelfAway):
    """There is no bucket of that name."""


@dataclass(frozen=True)
class S3Place:
    """What a URL says: `s3://<key id>:<key>@<bucket>/<folder>?endpoint=…&region=…&style=path`."""

    bucket: str
    folder: str
    key_id: str
    key: str
    endpoint: str | None
    region: str
    path_style: bool

    @classmethod
    def read(cls, url: str) -> "S3Place":
        """Raises BlobStoreUnknown, whose text shows no key."""
        parts, given = _parse(url)
        if not parts.username or not parts.password:
            raise BlobStoreUnknown("the URL of an S3 store bears its keys: s3://<key id>:<key>@<bucket>")
        return cls(
            bucket=str(parts.hostname),
            folder=parts.path.strip("/"),
            key_id=unquote(parts.username),
            key=unquote(parts.password),
            endpoint=given.get("endpoint"),
            region=given.get("region", "us-east-1"),
            path_style=given.get("style", "path" if "endpoint" in given else "host") == "path",
        )

    def store(self) -> S3Store:
        """A client. It connects at the first request."""
        endpoint = self.endpoint
        if endpoint and not self.path_style:
            scheme, _, host = endpoint.partition("://")
            endpoint = f"{scheme}://{self.bucket}.{host}"
        config: S3Config = {
            "access_key_id": self.key_id,
            "secret_access_key": self.key,
            "region": self.region,
            "virtual_hosted_style_request": not self.path_style,
            "disable_bulk_delete": True,
        }
        if endpoint:
            config["endpoint"] = endpoint
        return S3Store(
            self.bucket,
            config=config,
            client_options={
                "allow_http": bool(endpoint and endpoint.startswith("http://")),
                "connect_timeout": CONNECT_WITHIN,
                "timeout": ANSWER_WITHIN,
            },
            retry_config={"max_retries": RETRIES, "retry_timeout": RETRIED_FOR},
        )


def _parse(url: str) -> tuple[SplitResult, dict[str, str]]:
    parts = urlsplit(url)
    given = dict(parse_qsl(parts.query))
    endpoint = given.get("endpoint")
    if (
        parts.scheme != "s3"
        or not parts.hostname
        or given.keys() - {"endpoint", "region", "style"}
        or given.get("style", "path") not in STYLES
        or (endpoint is not None and not endpoint.startswith(("http://", "https://")))
    ):
        raise BlobStoreUnknown(f"an S3 store is named as {FORM}")
    return parts, given


class S3Shelf:
    """Objects below one folder of a bucket. A write that was answered is kept; a half one is none."""

    def __init__(self, place: S3Place, area: str = "") -> None:
        self._store = place.store()
        self._prefix = "".join(f"{part}/" for part in (place.folder, area) if part)

    def read(self, name: str) -> bytes:
        with _faults():
            return bytes(obstore.get(self._store, self._prefix + name).bytes())

    def write(self, name: str, content: bytes) -> None:
        with _faults(missing=BucketMissing):
            obstore.put(self._store, self._prefix + name, content, use_multipart=False)

    def size(self, name: str) -> int | None:
        try:
            with _faults():
                return obstore.head(self._store, self._prefix + name)["size"]
        except FileNotFoundError:
            return None

    def delete(self, name: str) -> None:
        try:
            with _faults():
                obstore.delete(self._store, self._prefix + name)
        except FileNotFoundError:
            return

    def move(self, name: str, to: str) -> None:
        """S3 has no renaming: a copy, then the old name goes. Who is killed between leaves both, of which either is whole."""
        with _faults():
            obstore.copy(self._store, self._prefix + name, self._prefix + to)
        self.delete(name)

    def names(self) -> Iterator[tuple[str, float]]:
        with _faults(missing=BucketMissing):
            for page in obstore.list(self._store, self._prefix or None):
                for found in page:
                    yield found["path"].removeprefix(self._prefix), found["last_modified"].timestamp()

    def prove(self) -> None:
        name, block = f".probe-{os.getpid()}-{secrets.token_hex(4)}", os.urandom(BLOCK)
        self.write(name, block)
        try:
            if self.read(name) != block:
                raise BlockDamaged
        finally:
            self.delete(name)


@contextmanager
def _faults(missing: type[OSError] = FileNotFoundError) -> Iterator[None]:
    """Errors of the client as ours, without what they tell: a URL, a bucket, a key id."""
    try:
        yield
    except FileNotFoundError:
        raise missing from None
    except (PermissionDeniedError, UnauthenticatedError):
        raise S3Refused from None
    except BaseError:
        raise S3Away from None
