"""The addresses of the desk."""

from django.urls import path

from asylon_server.web.desk import cases, certificates, registering, work

app_name = "desk"
urlpatterns = [
    path("", work.work, name="work"),
    path("register/", registering.search, name="register"),
    path("register/family/", registering.family, name="family"),
    path("cases/<uuid:case>/", cases.people, name="case"),
    path("cases/<uuid:case>/people/<slug:person>/", cases.person, name="person"),
    path("cases/<uuid:case>/holds/", cases.holds, name="holds"),
    path("cases/<uuid:case>/kin/", cases.kin, name="kin"),
    path(
        "cases/<uuid:case>/certificates/",
        certificates.certificates,
        name="certificates",
    ),
    path(
        "cases/<uuid:case>/certificates/<int:number>/",
        certificates.document,
        name="certificate",
    ),
    path(
        "cases/<uuid:case>/certificates/<int:number>/end/",
        certificates.end,
        name="certificate-end",
    ),
    path(
        "cases/<uuid:case>/people/<slug:person>/talk/", certificates.talk, name="talk"
    ),
    path(
        "cases/<uuid:case>/people/<slug:person>/certificate/",
        certificates.issue,
        name="certificate-issue",
    ),
    path("certificates/", certificates.confirm, name="certificate-confirm"),
    path("cases/<uuid:case>/record/", cases.record, name="record"),
]
