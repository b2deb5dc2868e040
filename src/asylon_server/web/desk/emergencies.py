"""The pages of emergencies: opening a case to protect, and reviewing that it was."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from asylon_server.store.cases import emergencies as store
from asylon_server.store.cases.refusals import WorkRefusedError
from asylon_server.store.rights import shipped_table
from asylon_server.store.rights.errors import NotThereError
from asylon_server.web.common.edge import Request
from asylon_server.web.common.entering import signed_in
from asylon_server.web.common.stepping import fresh
from asylon_server.web.desk import refused, rights, wording
from asylon_server.web.desk.certificateforms import Plain

_FIELD = {
    store.PURPOSE: "purpose",
    store.REASON: "reason",
    store.CLASSES: "classes",
    store.HOURS: "hours",
}


class EmergencyForm(Plain):
    """What is asked of whoever opens a case in an emergency."""

    reference = forms.CharField(
        label=gettext_lazy("Reference of the case"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"class": "govuk-input govuk-input--width-10", "autocomplete": "off"}
        ),
        error_messages={"required": gettext_lazy("Enter the reference of the case.")},
    )
    purpose = forms.ChoiceField(
        label=gettext_lazy("What is about to happen"),
        widget=forms.Select(attrs={"class": "govuk-select"}),
        error_messages={"required": gettext_lazy("Choose what is about to happen.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Why you, and why now"),
        help_text=gettext_lazy(
            "It is sealed with the case, and read by the organisation that reviews it."
        ),
        max_length=store.LONGEST_REASON,
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": 3}),
        error_messages={"required": gettext_lazy("Say in a sentence or two why.")},
    )
    classes = forms.MultipleChoiceField(
        label=gettext_lazy("What you need"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes__input"}),
        error_messages={
            "required": gettext_lazy("Tick what you need, one field at least.")
        },
    )
    hours = forms.TypedChoiceField(
        label=gettext_lazy("For how many hours"),
        coerce=int,
        initial=2,
        choices=[(each, each) for each in range(1, store.LONGEST + 1)],
        widget=forms.Select(attrs={"class": "govuk-select"}),
    )

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        purposes = [(each, wording.emergency(each)) for each in store.PURPOSES]
        opened = sorted(shipped_table().emergency)
        self.offer("purpose", [("", _("Choose")), *purposes])
        self.offer("classes", [(each, wording.field(each)) for each in opened])

    @property
    def asked(self) -> store.Asked:
        """What was asked for, once it is valid."""
        told = self.cleaned_data
        classes = frozenset(told["classes"])
        return store.Asked(told["purpose"], told["reason"], classes, told["hours"])


@signed_in
def opening(request: Request) -> HttpResponse:
    """Open a case in an emergency; another organisation is told at once."""
    actor = request.user.actor
    rights.demand(actor, "breaks_open")
    if request.method == "POST" and (asking := fresh(request, minutes=5)):
        return asking
    form = EmergencyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        case = _opened(request, form)
        if case:
            return redirect("desk:case", case)
    context = {
        "form": form,
        "forms_of": [form],
        "open": store.open_to(actor, at=request.at),
        "may": rights.of(actor),
    }
    status = 422 if form.errors else 200
    return render(request, "desk/emergency.html", context, status=status)


def _opened(request: Request, form: EmergencyForm) -> UUID | None:
    """Open the case, and say who was told; or say beside the field what is wrong."""
    reference = form.cleaned_data["reference"].strip()
    at, custody = request.at, request.custody
    try:
        row = store.break_open(
            request.user.actor, reference, form.asked, at=at, custody=custody
        )
    except NotThereError:
        form.add_error(
            "reference", _("No case can be opened by this reference. Check it.")
        )
    except WorkRefusedError as error:
        field = _FIELD.get(error.code, "reference")
        form.add_error(field, refused.said(error.code))
    else:
        told = _("The case is open to you. %(office)s was told.")
        messages.success(request, told % {"office": row.told.name})
        return row.case_id
    return None


@signed_in
def reviewing(request: Request) -> HttpResponse:
    """Show what an organisation was told of, and hear what it finds."""
    actor, fault = request.user.actor, ""
    if request.method == "POST":
        try:
            which = UUID(request.POST.get("which", ""))
            finding = request.POST.get("finding", "")
            store.review(actor, which, finding, at=request.at)
        except ValueError:
            raise NotThereError from None
        except WorkRefusedError as error:
            fault = refused.said(error.code)
        else:
            messages.success(request, _("The finding is kept."))
            return redirect("desk:emergencies")
    told = store.told(actor, at=request.at, custody=request.custody)
    context = {
        "told": [
            (
                each,
                wording.emergency(each.row.purpose),
                [wording.field(name) for name in each.row.classes.split()],
            )
            for each in told
        ],
        "fault": fault,
        "may": rights.of(actor),
    }
    status = 422 if fault else 200
    return render(request, "desk/emergencies.html", context, status=status)
