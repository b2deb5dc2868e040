"""The addresses of the desk."""

from django.urls import path

from asylon_server.web.desk import cases, registering, work

app_name = "desk"
urlpatterns = [
    path("", work.work, name="work"),
    path("register/", registering.search, name="register"),
    path("register/family/", registering.family, name="family"),
    path("cases/<uuid:case>/", cases.people, name="case"),
    path("cases/<uuid:case>/people/<slug:person>/", cases.person, name="person"),
    path("cases/<uuid:case>/holds/", cases.holds, name="holds"),
    path("cases/<uuid:case>/kin/", cases.kin, name="kin"),
    path("cases/<uuid:case>/record/", cases.record, name="record"),
]
