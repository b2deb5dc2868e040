"""The addresses of all pages."""

from django.urls import include, path

from asylon_server.web.common import account, beginning, entering, keeping, office
from asylon_server.web.common.entering import known
from asylon_server.web.desk import starting

urlpatterns = [
    path("", starting.home, name="home"),
    path("sign-in/", entering.sign_in, name="sign-in"),
    path("sign-in/link/<str:secret>", entering.sign_in_by_link, name="sign-in-by-link"),
    path("sign-in/kept/", known(keeping.kept), name="kept"),
    path("account/", known(account.account), name="account"),
    path("account/begin/", known(beginning.begin, setting_up=True), name="begin"),
    path("account/notices/", known(account.notices), name="notices"),
    path("account/people/", known(office.people), name="people"),
    path("sign-out/", entering.sign_out, name="sign-out"),
    path("language/", entering.language, name="language"),
    path("desk/", include("asylon_server.web.desk.urls")),
]
