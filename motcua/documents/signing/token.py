"""Keys on a PKCS#11 token or hardware module: SIGNING_PKCS11_LIB, SIGNING_PKCS11_TOKEN, SIGNING_PKCS11_PIN.

The certificate and key of a person carry the label `motcua-<id of the person>`.
"""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _
from pkcs11.exceptions import PKCS11Error
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.sign.general import SigningError
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
from pyhanko.sign.signers import Signer

from motcua.base.errors import Refused

log = logging.getLogger(__name__)


class TokenKeys:
    """The keyring of a production office: keys never leave the token."""

    trial = False

    def has_key(self, person: int) -> bool:
        """The office says by SIGNING_PKCS11_PERSONS (ids, separated by commas) who holds a key on the token."""
        return str(person) in (one.strip() for one in os.environ.get("SIGNING_PKCS11_PERSONS", "").split(","))

    @contextmanager
    def lend(self, person: int) -> Iterator[Signer]:
        """Open a session with the token for one signature."""
        if not self.has_key(person):
            raise Refused(_("Chưa có khóa ký số của người ký trên thiết bị. Báo quản trị ghi khóa, hoặc ký tay."))
        label = f"motcua-{person}"
        try:
            with open_pkcs11_session(
                os.environ["SIGNING_PKCS11_LIB"],
                token_criteria=TokenCriteria(label=os.environ["SIGNING_PKCS11_TOKEN"]),
                user_pin=os.environ["SIGNING_PKCS11_PIN"],
            ) as session:
                yield PKCS11Signer(session, cert_label=label, key_label=label)
        except (PKCS11Error, SigningError) as error:
            log.exception("the signing token does not answer")
            told = _("Thiết bị ký số không trả lời nên chưa ký được; việc vẫn chờ ký. Báo quản trị xem thiết bị.")
            raise Refused(told) from error
