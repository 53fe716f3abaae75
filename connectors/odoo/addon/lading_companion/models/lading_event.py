# Copyright the Lading authors. Licensed under the Apache License, Version 2.0; see LICENSE.
"""Changes on their way to the hub: written down in the transaction that makes them, sent after it by a schedule.

So nobody who works in Odoo waits for the hub, what was rolled back is never told, and what could not be sent is sent
later.
"""
import base64
import hashlib
import hmac
import json
import logging
import time

import requests

from odoo import api, fields, models

_logger = logging.getLogger(__name__)

EVENTS_PER_MESSAGE = 500
TIMEOUT_SECONDS = 10
NOTED = 'lading.event'


class LadingEvent(models.Model):
    _name = 'lading.event'
    _description = 'Change to be told to Lading'
    _order = 'id'

    model = fields.Char(required=True)
    res_id = fields.Integer(required=True)
    change = fields.Selection([('create', 'Made'), ('write', 'Changed'), ('unlink', 'Deleted')], required=True)

    @api.model
    def _note(self, model, ids, change):
        """Notes changes of this transaction: each record once, made and deleted going before merely changed."""
        if not self.env.registry.ready or not self._destination()[0]:
            return
        precommit = self.env.cr.precommit
        noted = precommit.data.get(NOTED)
        if noted is None:
            noted = precommit.data[NOTED] = {}
            precommit.add(self.sudo()._keep_noted)
        for res_id in ids:
            if change != 'write' or (model, res_id) not in noted:
                noted[model, res_id] = change

    @api.model
    def _keep_noted(self):
        noted = self.env.cr.precommit.data.pop(NOTED, {})
        if not noted:
            return
        self.create([
            {'model': model, 'res_id': res_id, 'change': change} for (model, res_id), change in noted.items()
        ])
        self.env.ref('lading_companion.push_changes')._trigger()

    @api.model
    def _destination(self):
        parameters = self.env['ir.config_parameter'].sudo()
        return parameters.get_param('lading.hook_url'), parameters.get_param('lading.hook_secret')

    @api.model
    def _push(self):
        """Sends the oldest that wait as one message; what is refused stays and is sent again. Run by the schedule."""
        url, secret = self._destination()
        events = self.search([], limit=EVENTS_PER_MESSAGE)
        if not events or not url or not secret:
            return
        body = events._message()
        # The same changes have the same id, so that the hub knows a repetition.
        identity = '%s-%s-%s' % (self.env.cr.dbname, events[0].id, events[-1].id)
        headers = self._signed(identity, int(time.time()), body, secret)
        try:
            answer = requests.post(url, data=body, headers=headers, timeout=TIMEOUT_SECONDS, allow_redirects=False)
        except requests.RequestException as error:
            _logger.warning('Lading cannot be told of %s changes: %s', len(events), type(error).__name__)
            return
        if answer.status_code // 100 != 2:
            _logger.warning('Lading refused %s changes: HTTP %s', len(events), answer.status_code)
            return
        events.unlink()
        if self.search([], limit=1):
            self.env.ref('lading_companion.push_changes')._trigger()

    def _message(self):
        told = [{
            'model': event.model,
            'id': event.res_id,
            'change': event.change,
            'at': fields.Datetime.to_string(event.create_date).replace(' ', 'T') + 'Z',
        } for event in self]
        return json.dumps({'type': 'odoo.changed', 'database': self.env.cr.dbname, 'changes': told}).encode()

    @api.model
    def _signed(self, identity, timestamp, body, secret):
        """Headers of Standard Webhooks: HMAC-SHA256 over id, time and body, by a secret written as `whsec_<base64>`."""
        key = base64.b64decode(secret.removeprefix('whsec_'))
        signed = b'%s.%d.%s' % (identity.encode(), timestamp, body)
        signature = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        return {
            'Content-Type': 'application/json',
            'webhook-id': identity,
            'webhook-timestamp': str(timestamp),
            'webhook-signature': 'v1,' + signature,
        }
