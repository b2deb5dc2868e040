"""The addresses of the desk."""

from django.urls import path

from asylon_server.web.desk import (
    amending,
    audits,
    cases,
    certificates,
    conflicts,
    emergencies,
    erasing,
    grouping,
    holding,
    offices,
    overview,
    receiving,
    registering,
    releasing,
    reporting,
    starting,
    timeline,
    work,
)
from asylon_server.web.desk.claims import assessedits as edits
from asylon_server.web.desk.claims import (
    assessing,
    circumstances,
    complaining,
    counsel,
    deciding,
    decisions,
    drafting,
    excepting,
    interviews,
)
from asylon_server.web.desk.claims import pages as claims

app_name = "desk"
urlpatterns = [
    path("", work.work, name="work"),
    path("register/", registering.search, name="register"),
    path("register/family/", registering.family, name="family"),
    path("report/", reporting.report, name="report"),
    path("wish/", receiving.wish, name="wish"),
    path("receipts/", receiving.find, name="receipt-find"),
    path("cases/<uuid:case>/receipt/", receiving.receipt, name="receipt"),
    path("groups/", grouping.groups, name="groups"),
    path("groups/propose/", grouping.propose, name="group-propose"),
    path("groups/<uuid:group>/", grouping.group, name="group"),
    path("cases/<uuid:case>/", overview.overview, name="case"),
    path("cases/<uuid:case>/reported/", reporting.reported, name="reported"),
    path("cases/<uuid:case>/people/", cases.people, name="people"),
    path("cases/<uuid:case>/people/<slug:person>/", cases.person, name="person"),
    path("cases/<uuid:case>/another-person/", amending.another, name="another-person"),
    path(
        "cases/<uuid:case>/people/<slug:person>/told/<slug:part>/",
        amending.add,
        name="part-add",
    ),
    path(
        "cases/<uuid:case>/people/<slug:person>/told/<slug:part>/<int:number>/",
        amending.change,
        name="part-change",
    ),
    path(
        "cases/<uuid:case>/people/<slug:person>/told/<slug:part>/<int:number>/out/",
        amending.take_out,
        name="part-out",
    ),
    path("cases/<uuid:case>/holds/", holding.holds, name="holds"),
    path("cases/<uuid:case>/holds/place/", holding.place, name="hold-place"),
    path("cases/<uuid:case>/holds/<int:number>/lift/", holding.lift, name="hold-lift"),
    path(
        "cases/<uuid:case>/liftings/<uuid:proposal>/",
        holding.answer,
        name="hold-answer",
    ),
    path("cases/<uuid:case>/claims/", claims.claims, name="claims"),
    path("cases/<uuid:case>/claims/lodge/", claims.lodge, name="claim-lodge"),
    path("cases/<uuid:case>/claims/<slug:claim>/", claims.claim, name="claim"),
    path(
        "cases/<uuid:case>/claims/<slug:claim>/acts/<slug:act>/",
        claims.act,
        name="claim-act",
    ),
    path(
        "cases/<uuid:case>/claims/<slug:claim>/counsel/",
        counsel.counsel,
        name="claim-counsel",
    ),
    path(
        "cases/<uuid:case>/claims/<slug:claim>/complain/",
        complaining.complain,
        name="claim-complain",
    ),
    path(
        "cases/<uuid:case>/claims/<slug:claim>/times/",
        circumstances.times,
        name="claim-times",
    ),
    path(
        "cases/<uuid:case>/claims/<slug:claim>/exceptions/",
        excepting.exceptions,
        name="claim-exceptions",
    ),
    path("complaints/", complaining.complaints, name="complaints"),
    path("complaints/<uuid:complaint>/", complaining.settle, name="complaint"),
    path(
        "cases/<uuid:case>/claims/<slug:claim>/submit/",
        counsel.submit,
        name="claim-submit",
    ),
    path(
        "cases/<uuid:case>/claims/<slug:claim>/submissions/<slug:submission>/",
        counsel.receipt,
        name="claim-receipt",
    ),
    path(
        "cases/<uuid:case>/claims/<slug:claim>/take-away/",
        counsel.take_away,
        name="claim-take-away",
    ),
    path(
        "cases/<uuid:case>/claims/<slug:claim>/whole/",
        assessing.whole,
        name="claim-whole",
    ),
    path(
        "cases/<uuid:case>/claims/<slug:claim>/assessment/",
        assessing.assessment,
        name="assessment",
    ),
    path(
        "cases/<uuid:case>/claims/<slug:claim>/assessment/fact/",
        edits.fact,
        name="fact-add",
    ),
    path(
        "cases/<uuid:case>/claims/<slug:claim>/assessment/facts/<slug:fact>/",
        edits.fact,
        name="fact",
    ),
    path(
        "cases/<uuid:case>/claims/<slug:claim>/assessment/facts/<slug:fact>/link/",
        edits.link,
        name="fact-link",
    ),
    path(
        "cases/<uuid:case>/claims/<slug:claim>/assessment/elements/<str:element>/",
        edits.element,
        name="element",
    ),
    path(
        "cases/<uuid:case>/claims/<slug:claim>/assessment/elements/<str:element>/close/",
        edits.close,
        name="element-close",
    ),
    path(
        "cases/<uuid:case>/claims/<slug:claim>/assessment/put/",
        edits.point,
        name="point-put",
    ),
    path(
        "cases/<uuid:case>/claims/<slug:claim>/assessment/source/",
        edits.source,
        name="source-add",
    ),
    path(
        "cases/<uuid:case>/claims/<slug:claim>/assessment/sources/<slug:source>/",
        edits.source,
        name="source",
    ),
    path(
        "cases/<uuid:case>/claims/<slug:claim>/assessment/remaining/",
        edits.remaining,
        name="remaining",
    ),
    path(
        "cases/<uuid:case>/claims/<slug:claim>/assessment/screening/",
        edits.screening,
        name="screening",
    ),
    path("interviews/", interviews.coming, name="interview-coming"),
    path("interviews/times.ics", interviews.calendar_file, name="interview-times"),
    path(
        "cases/<uuid:case>/claims/<slug:claim>/interviews/",
        interviews.interviews,
        name="interviews",
    ),
    path(
        "cases/<uuid:case>/claims/<slug:claim>/interviews/plan/",
        interviews.plan,
        name="interview-plan",
    ),
    path(
        "cases/<uuid:case>/claims/<slug:claim>/interviews/<slug:interview>/",
        interviews.interview,
        name="interview",
    ),
    path(
        "cases/<uuid:case>/claims/<slug:claim>/interviews/<slug:interview>/begin/",
        interviews.begin,
        name="interview-begin",
    ),
    path(
        "cases/<uuid:case>/claims/<slug:claim>/interviews/<slug:interview>/take-over/",
        interviews.take_over,
        name="interview-take-over",
    ),
    path(
        "cases/<uuid:case>/claims/<slug:claim>/interviews/<slug:interview>/sign-off/",
        interviews.sign_off,
        name="interview-sign-off",
    ),
    path(
        "cases/<uuid:case>/claims/<slug:claim>/decision/",
        decisions.decision,
        name="claim-decision",
    ),
    path(
        "cases/<uuid:case>/claims/<slug:claim>/decision/draft/",
        drafting.draft,
        name="claim-draft",
    ),
    path(
        "cases/<uuid:case>/claims/<slug:claim>/decision/review/",
        deciding.review,
        name="claim-review",
    ),
    path(
        "cases/<uuid:case>/claims/<slug:claim>/decision/sign/",
        deciding.sign,
        name="claim-sign",
    ),
    path(
        "cases/<uuid:case>/claims/<slug:claim>/decision/tell/",
        deciding.tell,
        name="claim-tell",
    ),
    path(
        "cases/<uuid:case>/claims/<slug:claim>/decision/<int:number>/letter/",
        decisions.letter,
        name="claim-letter",
    ),
    path(
        "cases/<uuid:case>/claims/<slug:claim>/decision/<int:number>/preview/",
        decisions.preview,
        name="claim-preview",
    ),
    path(
        "cases/<uuid:case>/claims/<slug:claim>/decision/<int:number>/document/",
        decisions.document,
        name="claim-document",
    ),
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
    path("cases/<uuid:case>/release/", releasing.release, name="release"),
    path("cases/<uuid:case>/erase/", erasing.erase, name="erase"),
    path("erasings/", erasing.erasings, name="erasings"),
    path("cases/<uuid:case>/timeline/", timeline.timeline, name="timeline"),
    path("cases/<uuid:case>/record/", timeline.record, name="record"),
    path("cases/<uuid:case>/conflict/", conflicts.declare, name="conflict"),
    path("office/", offices.office, name="office"),
    path("office/<uuid:case>/", offices.work, name="office-case"),
    path("audit/", audits.audit, name="audit"),
    path("emergency/", emergencies.opening, name="emergency"),
    path("emergencies/", emergencies.reviewing, name="emergencies"),
    path("nothing/", starting.nothing, name="nothing"),
]
