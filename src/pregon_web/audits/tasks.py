"""The long work of the audits, done by a worker."""

from __future__ import annotations

from django_tasks import task

from pregon_web.accounts.models import Institution, Person
from pregon_web.accounts.selectors import access_for
from pregon_web.audits.models import Submission
from pregon_web.audits.services import audit_submission
from pregon_web.wall import inside


@task()
def audit_submitted(institution_id: int, person_id: int, submission_id: int) -> None:
    """Read and audit a file that somebody brought. Who may no longer enter has nothing done for them."""
    institution = Institution.objects.get(pk=institution_id)
    with inside(institution_id):
        access = access_for(Person.objects.get(pk=person_id), institution)
        submission = Submission.objects.of(institution).filter(pk=submission_id).first()
        if access is not None and submission is not None:
            audit_submission(access=access, submission=submission)
