"""What a person types to come in: sign-in, registration, one-time code, passwords, preferences."""

from typing import Any

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from motcua.base.clock import day_of
from motcua.base.errors import Refused
from motcua.people import queries, rules
from motcua.people.rules import Registration
from motcua.people.terms import Gender
from motcua.ui.fields import DayField

DAY_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d%m%Y", "%Y-%m-%d"]


class Worded(forms.Form):
    """A form of the sign-in library in our words: (label, sentence when empty, help) per field."""

    words: dict[str, tuple[Any, Any, Any]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, empty, hint) in self.words.items():
            if name in self.fields:
                field = self.fields[name]
                field.label, field.help_text = label, hint
                field.error_messages["required"] = empty
                field.widget.attrs.pop("placeholder", None)


_NEW_PASSWORD = (_("Mật khẩu mới"), _("Đặt mật khẩu."), _("Ít nhất 10 chữ. Nên ghép vài từ dễ nhớ."))
_AGAIN = (_("Gõ lại mật khẩu mới"), _("Gõ lại mật khẩu lần nữa."), "")


class SignInForm(Worded, account_forms.LoginForm):
    """Name and password."""

    words = {
        "login": (
            _("Tên đăng nhập"),
            _("Gõ tên đăng nhập."),
            _("Cán bộ: tên do cơ quan cấp. Người dân: số điện thoại hoặc thư đã nhận mã khi mở tài khoản."),
        ),
        "password": (_("Mật khẩu"), _("Gõ mật khẩu."), ""),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"

    def clean_login(self) -> str:
        login = str(super().clean_login()) if hasattr(super(), "clean_login") else str(self.cleaned_data["login"])
        return rules.normal_phone(login) if rules.is_phone(login) else login.strip()


class RegisterForm(Worded, account_forms.SignupForm):
    """A citizen opens an account."""

    words = {
        "full_name": (_("Họ và tên"), _("Ghi họ và tên như trên căn cước."), ""),
        "identity_number": (
            _("Số căn cước"),
            _("Ghi số căn cước hoặc số giấy tờ tùy thân."),
            _("12 số trên thẻ căn cước. Chưa có thì ghi chứng minh nhân dân hoặc hộ chiếu."),
        ),
        "born_on": (_("Ngày sinh"), _("Ghi ngày sinh."), _("Ví dụ: 05/09/1990")),
        "phone": (_("Số điện thoại"), _("Ghi số điện thoại."), _("Dùng để đăng nhập và nhận tin về hồ sơ.")),
        "email": (_("Thư điện tử"), "", _("Để lấy lại mật khẩu khi quên.")),
        "password1": (_("Mật khẩu"), _("Đặt mật khẩu."), _("Ít nhất 10 chữ. Nên ghép vài từ dễ nhớ.")),
        "password2": (_("Gõ lại mật khẩu"), _("Gõ lại mật khẩu lần nữa."), ""),
    }
    full_name = forms.CharField(max_length=1200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    identity_number = forms.CharField(max_length=40, widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    born_on = DayField(
        input_formats=DAY_FORMATS,
        error_messages={"invalid": _("Ghi ngày sinh theo thứ tự ngày, tháng, năm: 05/09/1990")},
    )
    phone = forms.CharField(max_length=40, widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}))
    field_order = ["full_name", "identity_number", "born_on", "phone", "email", "password1", "password2"]
    wish: Registration | None = None

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if not {"full_name", "identity_number", "born_on", "phone"} <= set(values):
            return values
        try:
            self.wish = rules.registration_of(
                full_name=values["full_name"],
                identity_number=values["identity_number"],
                phone=values["phone"],
                email=values.get("email") or "",
                born_on=values["born_on"],
                today=day_of(timezone.now()),
            )
        except Refused as refused:
            self._add_all(refused.objections)
            return values
        self._add_all(queries.registration_objections(self.wish))
        return values

    def _add_all(self, sentences: list[str]) -> None:
        for sentence in sentences:
            self.add_error(None, sentence)

    def registration(self) -> Registration:
        """The checked facts, for the action."""
        if self.wish is None:
            raise ValueError("the form has not been checked")
        return self.wish


class ForgottenPasswordForm(Worded, account_forms.ResetPasswordForm):
    """Where to send the link."""

    words = {"email": (_("Thư điện tử"), _("Ghi địa chỉ thư của tài khoản."), "")}

    def clean_email(self) -> str:
        email = str(super().clean_email())
        self.users = [person for person in self.users if queries.opens(person, email)]
        return email


class NewPasswordForm(Worded, account_forms.ResetPasswordKeyForm):
    """The new password after the link."""

    words = {"password1": _NEW_PASSWORD, "password2": _AGAIN}


class ChangePasswordForm(Worded, account_forms.ChangePasswordForm):
    """Old and new."""

    words = {
        "oldpassword": (_("Mật khẩu đang dùng"), _("Gõ mật khẩu đang dùng."), ""),
        "password1": _NEW_PASSWORD,
        "password2": _AGAIN,
    }


class SetPasswordForm(Worded, account_forms.SetPasswordForm):
    """The first password of somebody who came in by code or provider."""

    words = {"password1": _NEW_PASSWORD, "password2": _AGAIN}


class ConfirmPasswordForm(Worded, account_forms.ReauthenticateForm):
    """Is it still you."""

    words = {"password": (_("Mật khẩu"), _("Gõ mật khẩu."), "")}


_APP_CODE = (_("Mã trong ứng dụng"), _("Gõ mã 6 số trong ứng dụng."), _("6 số, hoặc một mã dự phòng."))
_SPARE_CODE = (_("Mã dự phòng"), _("Gõ một mã dự phòng."), _("8 số, trong bộ mã đã in ra; mỗi mã dùng một lần."))


class CodeForm(Worded):
    """A code of the second step: whoever has no app is not asked for what it shows."""

    user: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kinds = set(Authenticator.objects.filter(user=kwargs["user"]).values_list("type", flat=True))
        self.has_app, self.has_key = Authenticator.Type.TOTP in kinds, Authenticator.Type.WEBAUTHN in kinds
        self.words = {"code": _APP_CODE if self.has_app else _SPARE_CODE}
        super().__init__(*args, **kwargs)

    def clean_code(self) -> str:
        try:
            return str(super().clean_code())
        except forms.ValidationError as failed:
            if self.has_app or failed.code != "incorrect_code":
                raise
            raise forms.ValidationError(_("Mã này không đúng hoặc đã dùng. Gõ mã khác trong bộ mã.")) from failed


class SecondStepForm(CodeForm, mfa_forms.AuthenticateForm):
    """The code of the authenticator app, or a recovery code."""


class ConfirmCodeForm(CodeForm, mfa_forms.ReauthenticateForm):
    """The same, in the middle of a session."""


_TORN = (KeyError, TypeError, ValueError, AttributeError)
"""What the library trips over when what claims to be a passkey is only half of one, or none."""


class Keyed(forms.Form):
    """A passkey that opens nothing is told as such: the library speaks of a wrong code."""

    def clean_credential(self) -> Authenticator:
        try:
            key: Authenticator = super().clean_credential()
        except (forms.ValidationError, *_TORN) as failed:
            if isinstance(failed, forms.ValidationError) and failed.code != "incorrect_code":
                raise
            raise forms.ValidationError(
                _("Khóa này không mở được tài khoản: đã bỏ, hoặc là khóa của tài khoản khác. Dùng cách khác.")
            ) from failed
        return key


class SignInKeyForm(Keyed, webauthn_forms.LoginWebAuthnForm):
    """A passkey instead of name and password."""


class SecondStepKeyForm(Keyed, webauthn_forms.AuthenticateWebAuthnForm):
    """A passkey after the password."""


class ConfirmKeyForm(Keyed, webauthn_forms.ReauthenticateWebAuthnForm):
    """The same, in the middle of a session."""


class ActivateAppForm(Worded, totp_forms.ActivateTOTPForm):
    """The first code of a new authenticator app."""

    words = {"code": (_("Mã 6 số trong ứng dụng"), _("Gõ mã 6 số trong ứng dụng."), "")}


class AddKeyForm(Worded, webauthn_forms.AddWebAuthnForm):
    """A new passkey."""

    words = {
        "name": (_("Tên khóa"), _("Đặt tên để nhận ra khóa."), _("Ví dụ: điện thoại của tôi")),
        "passwordless": (
            _("Đăng nhập chỉ bằng khóa này, không cần mật khẩu"),
            "",
            _("Thiết bị sẽ hỏi vân tay, khuôn mặt hoặc mã PIN."),
        ),
    }

    def clean(self) -> dict[str, Any]:
        try:
            return dict(super().clean() or {})
        except _TORN as failed:
            raise forms.ValidationError(_("Thiết bị gửi khóa chưa trọn. Thêm lại.")) from failed


class RenameKeyForm(Worded, webauthn_forms.EditWebAuthnForm):
    """Another name for a passkey."""

    words = {"name": (_("Tên khóa"), _("Đặt tên để nhận ra khóa."), "")}


class AskCodeForm(forms.Form):
    """Who wants to come in with a one-time code, and where it goes."""

    full_name = forms.CharField(
        label=_("Họ và tên"),
        max_length=1200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Ghi họ và tên như trên căn cước.")},
    )
    identity_number = forms.CharField(
        label=_("Số căn cước"),
        max_length=40,
        help_text=_("12 số trên thẻ. Chưa có thì ghi chứng minh nhân dân hoặc hộ chiếu."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": _("Ghi số căn cước hoặc số giấy tờ tùy thân.")},
    )
    address = forms.CharField(
        label=_("Số điện thoại hoặc thư điện tử"),
        max_length=254,
        help_text=_("Nơi nhận mã và tin về hồ sơ."),
        error_messages={"required": _("Ghi số điện thoại hoặc thư điện tử để nhận mã.")},
    )


class EnterCodeForm(forms.Form):
    """The six digits."""

    code = forms.CharField(
        label=_("Mã 6 số"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"required": _("Gõ mã 6 số đã nhận.")},
    )


class InvitationForm(forms.Form):
    """The first password of an invited official."""

    password = forms.CharField(
        label=_("Mật khẩu mới"),
        help_text=_("Ít nhất 10 chữ. Nên ghép vài từ dễ nhớ."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Đặt mật khẩu.")},
    )
    again = forms.CharField(
        label=_("Gõ lại mật khẩu mới"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Gõ lại mật khẩu lần nữa.")},
    )

    def clean_again(self) -> str:
        again = str(self.cleaned_data["again"])
        if again != self.cleaned_data.get("password"):
            raise forms.ValidationError(_("Hai lần gõ chưa giống nhau."))
        return again


class PreferencesForm(forms.Form):
    """Language, and whether single letters act at the desk."""

    language = forms.ChoiceField(
        label=_("Ngôn ngữ của trang"), choices=[("vi", "Tiếng Việt"), ("en", "English")], widget=forms.RadioSelect
    )
    single_keys_off = forms.BooleanField(
        label=_("Tắt phím tắt một chữ"),
        required=False,
        help_text=_("Khi tắt, các phím như J, K, T không còn tác dụng ở bàn làm việc."),
    )


class ContactForm(forms.Form):
    """What a person may set right about themself."""

    phone = forms.CharField(label=_("Số điện thoại"), max_length=40, required=False)
    email = forms.EmailField(
        label=_("Thư điện tử"),
        required=False,
        error_messages={"invalid": _("Địa chỉ thư chưa đúng. Ví dụ đúng: ten@example.vn")},
    )
    address = forms.CharField(label=_("Địa chỉ"), max_length=300, required=False)
    gender = forms.ChoiceField(label=_("Giới tính"), choices=[("", "–"), *Gender.choices], required=False)
