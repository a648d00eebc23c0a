"""Every door of the house, in one table: prefix and the URL module behind it."""

from django.urls import include, path

DOORS = [
    ("", "motcua.portal.urls"),
    ("ui/", "motcua.ui.urls"),
    ("thu-tuc/", "motcua.procedures.public.urls"),
    ("ho-so/", "motcua.dossiers.public.urls"),
    ("xac-minh/", "motcua.documents.public.urls"),
    ("nhiem-vu/", "motcua.directives.public.urls"),
    ("dau-tu-cong/", "motcua.investments.public.urls"),
    ("chi-so/", "motcua.indices.public.urls"),
    ("so-lieu/man-hinh/", "motcua.dashboards.public.wall_urls"),
    ("so-lieu/", "motcua.dashboards.public.urls"),
    ("tai-khoan/", "motcua.people.public.urls"),
    ("tai-khoan/", "motcua.people.public.signin_urls"),
    ("ban-lam-viec/", "motcua.desk.urls"),
    ("ban-lam-viec/ho-so/", "motcua.dossiers.desk.urls"),
    ("ban-lam-viec/thu-tuc/", "motcua.procedures.desk.urls"),
    ("ban-lam-viec/nhiem-vu/", "motcua.directives.desk.urls"),
    ("ban-lam-viec/dau-tu-cong/", "motcua.investments.desk.urls"),
    ("ban-lam-viec/so-lieu/canh-bao/", "motcua.alerts.desk.urls"),
    ("ban-lam-viec/so-lieu/", "motcua.dashboards.desk.leaders_urls"),
    ("ban-lam-viec/so-lieu/", "motcua.dashboards.desk.urls"),
    ("ban-lam-viec/chi-so/", "motcua.indices.desk.urls"),
    ("ban-lam-viec/nhan-su/", "motcua.people.desk.urls"),
    ("api/v1/", "motcua.api.urls"),
]


urlpatterns = [path(prefix, include(module)) for prefix, module in DOORS]

handler400 = "motcua.ui.views.bad_request"
handler403 = "motcua.ui.views.forbidden"
handler404 = "motcua.ui.views.not_found"
handler500 = "motcua.ui.views.server_error"
