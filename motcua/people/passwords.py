"""What a password must be, said in our words."""

from django.contrib.auth.password_validation import CommonPasswordValidator, MinimumLengthValidator
from django.utils.translation import gettext as _


class LongEnough(MinimumLengthValidator):
    """Length is what keeps a password; no rules about signs (NIST SP 800-63B)."""

    def get_error_message(self) -> str:
        return _("Mật khẩu quá ngắn: cần ít nhất %(least)d chữ.") % {"least": self.min_length}

    def get_help_text(self) -> str:
        return _("Ít nhất %(least)d chữ.") % {"least": self.min_length}


class NotCommon(CommonPasswordValidator):
    """Not one of the twenty thousand passwords that are tried first."""

    def get_error_message(self) -> str:
        return _("Mật khẩu này nhiều người dùng nên dễ đoán. Chọn mật khẩu khác.")

    def get_help_text(self) -> str:
        return _("Không dùng mật khẩu phổ biến.")
