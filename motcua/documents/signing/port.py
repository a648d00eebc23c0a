"""The port behind which keys live: software keys of a trial, a smart card, a hardware module, a remote service."""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string
from pyhanko.sign.signers import Signer


class Keyring(Protocol):
    """Who can sign, and whose certificates are believed.

    A keyring lends pyHanko's own `Signer`: `SimpleSigner` for software keys, `PKCS11Signer` for cards and modules,
    `ExternalSigner` for remote services of licensed providers.
    """

    trial: bool
    """Signatures of this keyring have no legal value and say so on the paper."""

    def has_key(self, person: int) -> bool:
        """Whether the person can sign electronically."""
        ...

    def lend(self, person: int) -> AbstractContextManager[Signer]:
        """The person's signer, for the length of one signature; `Refused` if there is none."""
        ...


def keyring() -> Keyring:
    """The keyring that SIGNING_KEYRING names; trial keys in the demonstration, no keys at all otherwise."""
    name = settings.SIGNING_KEYRING or (
        "motcua.documents.signing.software.TrialKeys"
        if settings.MOTCUA_DEMO
        else "motcua.documents.signing.port.NoKeys"
    )
    ring: Keyring = import_string(name)()
    return ring


class NoKeys:
    """Nobody signs electronically: results are printed and signed by hand."""

    trial = False

    def has_key(self, person: int) -> bool:
        """Never."""
        return False

    def lend(self, person: int) -> AbstractContextManager[Signer]:
        """Nothing to lend."""
        raise LookupError("no keyring is configured (SIGNING_KEYRING)")


def roots_folder() -> Path:
    """Where the believed root certificates lie as PEM files; a deployer puts those of the state's authorities here."""
    return Path(settings.KEYS_ROOT) / "signing" / "roots"
