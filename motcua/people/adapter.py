"""What django-allauth asks of us: letters through the outbox, Vietnamese sentences, accounts from an identity provider."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from motcua.base.errors import Refused
from motcua.base.language import chosen_language, in_language
from motcua.people import actions, postman
from motcua.people.models import Person

ACCOUNT_SENTENCES = {
    "account_inactive": _("Tài khoản này đã khóa. Hỏi người quản trị của cơ quan."),
    "cannot_remove_primary_email": _("Không bỏ được địa chỉ thư chính."),
    "duplicate_email": _("Địa chỉ thư này đã có trong tài khoản."),
    "email_password_mismatch": _("Địa chỉ thư hoặc mật khẩu không đúng. Kiểm tra phím Caps Lock rồi gõ lại."),
    "email_taken": _("Địa chỉ thư này đã có tài khoản. Đăng nhập, hoặc lấy lại mật khẩu."),
    "enter_current_password": _("Gõ mật khẩu đang dùng."),
    "incorrect_code": _("Mã không đúng. Xem lại mã mới nhất."),
    "incorrect_password": _("Mật khẩu không đúng."),
    "invalid_or_expired_key": _("Đường dẫn này đã dùng hoặc đã hết hạn. Xin lại đường dẫn mới."),
    "invalid_login": _("Tên đăng nhập hoặc mật khẩu không đúng. Kiểm tra phím Caps Lock rồi gõ lại."),
    "invalid_password_reset": _("Đường dẫn đặt lại mật khẩu này đã dùng hoặc đã hết hạn. Xin lại đường dẫn mới."),
    "max_email_addresses": _("Mỗi tài khoản có tối đa %d địa chỉ thư."),
    "too_many_login_attempts": _("Đã gõ sai nhiều lần. Chờ 15 phút rồi thử lại, hoặc lấy lại mật khẩu."),
    "rate_limited": _("Đã thử quá nhiều lần. Chờ ít phút rồi thử lại."),
    "unknown_email": _("Không có tài khoản với địa chỉ thư này."),
    "unverified_primary_email": _("Địa chỉ thư chính chưa được xác nhận."),
    "username_blacklisted": _("Tên đăng nhập này không dùng được. Chọn tên khác."),
    "username_password_mismatch": _("Tên đăng nhập hoặc mật khẩu không đúng. Kiểm tra phím Caps Lock rồi gõ lại."),
    "username_taken": _("Đã có người dùng tên đăng nhập này. Chọn tên khác."),
    "select_only_one": _("Chỉ chọn một."),
    "same_as_current": _("Giá trị mới phải khác giá trị đang dùng."),
}


def _language_of(request: HttpRequest, person: object) -> str:
    """Whoever asks for a letter of sign-in reads it: in the language chosen for this page, else the one once preferred."""
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and isinstance(person, Person):
        return person.language
    return chosen_language(request)


class AccountAdapter(DefaultAccountAdapter):
    """Letters of sign-in go through the outbox; what may go wrong is said in Vietnamese."""

    error_messages = {**DefaultAccountAdapter.error_messages, **ACCOUNT_SENTENCES}

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        request, person = allauth_context.request, context.get("user")
        with in_language(_language_of(request, person)):
            message = self.render_mail(template_prefix, email, {"request": request, "email": email, **context})
        postman.send_mail(
            email,
            subject=message.subject,
            body=str(message.body),
            person=person if isinstance(person, Person) else None,
            template=template_prefix,
            at=timezone.now(),
        )

    def format_email_subject(self, subject: str) -> str:
        return subject


class MFAAdapter(DefaultMFAAdapter):
    """Names of keys and sentences of the second step in Vietnamese."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "add_email_blocked": _("Không thêm được địa chỉ thư khi đăng nhập hai bước đang bật."),
        "cannot_delete_authenticator": _("Không tắt được đăng nhập hai bước lúc này."),
        "cannot_generate_recovery_codes": _("Chỉ tạo được mã dự phòng khi đăng nhập hai bước đang bật."),
        "incorrect_code": _("Mã không đúng. Chờ mã mới trong ứng dụng rồi gõ lại."),
        "unverified_email": _("Xác nhận địa chỉ thư trước khi bật đăng nhập hai bước."),
    }

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": allauth_context.request.get_host().rsplit(":", 1)[0], "name": "Một Cửa"}

    def generate_authenticator_name(self, user: Person, type: Any) -> str:  # noqa: A002  the library's name
        return "Khóa đăng nhập"


class OutsideAdapter(DefaultSocialAccountAdapter):
    """An identity provider (OIDC) vouches for a person: known by identity number, else a new citizen."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if sociallogin.is_existing or request.user.is_authenticated:
            return
        facts = sociallogin.account.extra_data
        person = actions.person_from_provider(facts.get("userinfo", facts), at=timezone.now())
        if person is None:
            raise Refused(_("Nơi xác thực không gửi số định danh và họ tên nên chưa đăng nhập được. Dùng mã một lần."))
        sociallogin.connect(request, person)
