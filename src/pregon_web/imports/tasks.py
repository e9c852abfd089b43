"""The long work of the imports, done by a worker."""

from __future__ import annotations

from django_tasks import task

from pregon_web.accounts.models import Institution, Person
from pregon_web.accounts.selectors import access_for
from pregon_web.imports.models import Import
from pregon_web.imports.services import read_files
from pregon_web.wall import inside


@task()
def read_import(institution_id: int, person_id: int, import_id: int) -> None:
    """Read the files that somebody brought. Who may no longer enter has nothing done for them."""
    institution = Institution.objects.get(pk=institution_id)
    with inside(institution_id):
        access = access_for(Person.objects.get(pk=person_id), institution)
        batch = Import.objects.of(institution).filter(pk=import_id).first()
        if access is not None and batch is not None:
            read_files(access=access, batch=batch)
