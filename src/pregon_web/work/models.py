"""The pulse of each worker: a worker whose pulse stopped left its task halfway."""

from __future__ import annotations

from django.db import models


class Pulse(models.Model):
    """A worker and when it last said that it lives. Of no institution: it holds nothing of any."""

    worker_id = models.CharField(max_length=64, primary_key=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "pulso"

    def __str__(self) -> str:
        return f"{self.worker_id}, {self.at:%H:%M:%S}"
