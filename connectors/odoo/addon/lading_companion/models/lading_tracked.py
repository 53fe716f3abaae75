# Copyright the Lading authors. Licensed under the Apache License, Version 2.0; see LICENSE.
"""Whose changes are told to the hub. What is noted is which record changed and not how: the hub reads it anew."""
from odoo import api, models


class LadingTracked(models.AbstractModel):
    _name = 'lading.tracked'
    _description = 'Told to Lading when changed'

    def _lading_subjects(self):
        """The records that a change is told of: usually the changed ones themselves."""
        return self

    def _lading_note(self, change):
        subjects = self._lading_subjects()
        # A record in the making, or shown in a form, has no id of the database yet.
        ids = [each for each in subjects.ids if isinstance(each, int)]
        if ids:
            self.env['lading.event']._note(subjects._name, ids, change)

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._lading_note('create' if records._lading_subjects() == records else 'write')
        return records

    def write(self, vals):
        result = super().write(vals)
        self._lading_note('write')
        return result

    def unlink(self):
        self._lading_note('unlink' if self._lading_subjects() == self else 'write')
        return super().unlink()
