"""Trial keys: a root and one certificate a leader, made by the demonstration into its own folder. No legal value."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings
from pyhanko.sign.signers import Signer, SimpleSigner

from motcua.base.errors import Refused
from motcua.documents.terms import TRIAL_MARK

from .port import roots_folder

YEARS: Final = 5


class TrialKeys:
    """Keys as files, readable by the program's user only; for demonstrations and tests."""

    trial = True

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or Path(settings.KEYS_ROOT) / "signing" / "trial"

    def has_key(self, person: int) -> bool:
        """Whether a certificate was made for the person."""
        return (self.folder / f"{person}.crt.pem").exists()

    @contextmanager
    def lend(self, person: int) -> Iterator[Signer]:
        """The person's key, read once per process."""
        if not self.has_key(person):
            raise Refused("Người ký chưa có chứng thư số. Quản trị viên cấp chứng thư rồi ký lại.")
        yield _load(self.folder, person, (self.folder / f"{person}.crt.pem").stat().st_mtime_ns)


@lru_cache(maxsize=512)
def _load(folder: Path, person: int, _stamp: int) -> SimpleSigner:
    signer: SimpleSigner | None = SimpleSigner.load(  # type: ignore[no-untyped-call]
        key_file=str(folder / f"{person}.key.pem"),
        cert_file=str(folder / f"{person}.crt.pem"),
        ca_chain_files=[str(folder / "root.crt.pem")],
    )
    assert signer is not None, "a trial key could not be read"
    return signer


def create_authority(folder: Path | None = None, *, at: datetime, roots: Path | None = None) -> None:
    """Make the trial root, once, and believe it on this machine. Called by the demonstration and by tests only."""
    folder = folder or TrialKeys().folder
    if (folder / "root.crt.pem").exists():
        return
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name("Motcua – CA THỬ NGHIỆM (không có giá trị pháp lý)", "")
    certificate = (
        _begin(name, name, key, at, days=365 * YEARS * 2)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .sign(key, hashes.SHA256())
    )
    _write(folder / "root.key.pem", _key_bytes(key), secret=True)
    _write(folder / "root.crt.pem", certificate.public_bytes(serialization.Encoding.PEM))
    roots = roots or roots_folder()
    _write(roots / "trial.crt.pem", certificate.public_bytes(serialization.Encoding.PEM))


def enrol(
    person: int, name: str, agency: str, *, at: datetime, folder: Path | None = None, days: int = 365 * YEARS
) -> None:
    """Make the person's trial certificate, once. Called by the demonstration and by tests only."""
    folder = folder or TrialKeys().folder
    if (folder / f"{person}.crt.pem").exists():
        return
    root_key = serialization.load_pem_private_key((folder / "root.key.pem").read_bytes(), None)
    root = x509.load_pem_x509_certificate((folder / "root.crt.pem").read_bytes())
    assert isinstance(root_key, ec.EllipticCurvePrivateKey)
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = (
        _begin(_name(name, agency), root.subject, key, at, days=days)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .sign(root_key, hashes.SHA256())
    )
    _write(folder / f"{person}.key.pem", _key_bytes(key), secret=True)
    _write(folder / f"{person}.crt.pem", certificate.public_bytes(serialization.Encoding.PEM))


def _begin(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, at: datetime, *, days: int
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + timedelta(days=days))
    )


def _name(common: str, agency: str) -> x509.Name:
    """The subject of a certificate; X.509 allows 64 letters each."""
    parts = [x509.NameAttribute(NameOID.COUNTRY_NAME, "VN")]
    parts += [x509.NameAttribute(NameOID.ORGANIZATION_NAME, agency[:64])] if agency else []
    parts += [x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, TRIAL_MARK)]
    return x509.Name([*parts, x509.NameAttribute(NameOID.COMMON_NAME, common[:64])])


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=not signs_certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _key_bytes(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _write(path: Path, content: bytes, *, secret: bool = False) -> None:
    # The mode is for each level, not the last.
    for folder in reversed([one for one in path.parents if not one.exists()]):
        folder.mkdir(exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600 if secret else 0o644)
    with os.fdopen(handle, "wb") as out:
        out.write(content)
