"""The office's own papers for tests, signed by a SPESIMEN certificate, and an opener that reads without an engine."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import cache

import pypdfium2
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from documents import Opener
from tests.backoffice.office import make_pdf


class QuickOpener(Opener):
    """Opens in confined workers as the real one, but takes what a page says from its text layer: reading takes seconds a page."""

    async def read_lines(self, data: bytes) -> tuple[tuple[str, ...], ...]:
        document = pypdfium2.PdfDocument(data)
        return tuple(tuple(page.get_textpage().get_text_range().splitlines()) for page in document)


@cache
def _office(_number: int = 0) -> tuple[bytes, bytes]:
    """A self-signed certificate and its key, DER."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "PEJABAT SPESIMEN")])
    usage = x509.KeyUsage(True, True, False, False, False, True, True, False, False)
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(now - timedelta(days=400))
        .not_valid_after(now + timedelta(days=400))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return made.public_bytes(serialization.Encoding.DER), private


def root() -> str:
    """The certificate as PEM."""
    return x509.load_der_x509_certificate(_office()[0]).public_bytes(serialization.Encoding.PEM).decode()


def other_root() -> str:
    """A certificate that has signed none of the papers."""
    return x509.load_der_x509_certificate(_office(1)[0]).public_bytes(serialization.Encoding.PEM).decode()


def sign(pdf: bytes) -> bytes:
    """The PDF with an electronic signature, made in a thread of its own: pyHanko begins an event loop, and the caller's may be running."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(_signed, pdf).result()


def _signed(pdf: bytes) -> bytes:
    certificate, key = _office()
    signer = signers.SimpleSigner(asn1_x509.Certificate.load(certificate), asn1_keys.PrivateKeyInfo.load(key), SimpleCertificateStore())
    out = io.BytesIO()
    signers.PdfSigner(signers.PdfSignatureMetadata(field_name="Tanda"), signer).sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(pdf)), output=out
    )
    return out.getvalue()


def make_final(*lines: str) -> bytes:
    """A signed paper of one page with these lines."""
    return sign(make_pdf(*lines))


def tamper(signed: bytes, old: bytes, new: bytes) -> bytes:
    """The signed PDF with some of its bytes changed afterwards."""
    assert old in signed and len(old) == len(new)
    return signed.replace(old, new, 1)
