"""/tai-khoan/: the pages of django-allauth that we use, under Vietnamese addresses and their own names."""

from allauth.account import views as account
from django.urls import include, path, re_path

from motcua.people.public import views

urlpatterns = [
    path("dang-nhap/", account.login, name="account_login"),
    path("dang-xuat/", account.logout, name="account_logout"),
    path("da-khoa/", account.account_inactive, name="account_inactive"),
    path("mo-tai-khoan/", views.Register.as_view(), name="account_signup"),
    path("xac-nhan-lai/", account.reauthenticate, name="account_reauthenticate"),
    path("doi-mat-khau/", account.password_change, name="account_change_password"),
    path("dat-mat-khau/", account.password_set, name="account_set_password"),
    path("quen-mat-khau/", account.password_reset, name="account_reset_password"),
    path("quen-mat-khau/da-gui/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^quen-mat-khau/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("quen-mat-khau/xong/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("hai-buoc/", include("allauth.mfa.urls")),
    path("lien-ket/", include("allauth.socialaccount.urls")),
    path("oidc/<str:provider_id>/login/", views.outside_login, name="openid_connect_login"),
    path("", include("allauth.socialaccount.providers.openid_connect.urls")),
]
