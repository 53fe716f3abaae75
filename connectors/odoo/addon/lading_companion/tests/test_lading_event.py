# Copyright the Lading authors. Licensed under the Apache License, Version 2.0; see LICENSE.
"""Changes told to the hub: noted once a transaction, signed, kept until they are taken."""
import base64
import hashlib
import hmac
import json
from unittest.mock import patch

import requests

from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

SECRET = 'whsec_' + base64.b64encode(b'a secret of the hub').decode()
LOGGER = 'odoo.addons.lading_companion.models.lading_event'


class Answer:
    def __init__(self, status_code):
        self.status_code = status_code


@tagged('post_install', '-at_install')
class TestLadingEvent(TransactionCase):
    def setUp(self):
        super().setUp()
        parameters = self.env['ir.config_parameter']
        parameters.set_param('lading.hook_url', 'https://hub.example.com/v1/hooks/odoo')
        parameters.set_param('lading.hook_secret', SECRET)
        self.events = self.env['lading.event']
        self.events.search([]).unlink()
        self.partner = self.env['res.partner'].create({'name': 'Acme'})
        self.product = self.env['product.product'].create({'name': 'Pallet', 'type': 'consu'})

    def noted(self):
        self.env.cr.precommit.run()
        return {(event.model, event.res_id): event.change for event in self.events.search([])}

    def order(self):
        return self.env['sale.order'].create({
            'partner_id': self.partner.id,
            'order_line': [(0, 0, {'product_id': self.product.id, 'product_uom_qty': 2})],
        })

    def push(self, answer):
        with patch.object(requests, 'post', **answer) as post, mute_logger(LOGGER):
            self.events._push()
        return post

    def test_a_record_is_noted_once_a_transaction(self):
        order = self.order()
        order.client_order_ref = 'PO 4711'
        order.order_line.product_uom_qty = 3
        self.assertEqual(self.noted(), {('sale.order', order.id): 'create'})

    def test_a_line_tells_of_its_order_and_a_deletion_of_itself(self):
        order = self.order()
        self.noted()
        self.events.search([]).unlink()
        order.order_line.product_uom_qty = 3
        self.assertEqual(self.noted(), {('sale.order', order.id): 'write'})
        identity = order.id
        self.events.search([]).unlink()
        order.unlink()
        self.assertEqual(self.noted(), {('sale.order', identity): 'unlink'})

    def test_nothing_is_noted_where_nobody_is_told(self):
        self.env['ir.config_parameter'].set_param('lading.hook_url', False)
        self.order()
        self.assertEqual(self.noted(), {})

    def test_signed_and_gone_when_taken(self):
        order = self.order()
        self.noted()
        post = self.push({'return_value': Answer(204)})
        (url,), sent = post.call_args
        self.assertEqual(url, 'https://hub.example.com/v1/hooks/odoo')
        headers, body = sent['headers'], sent['data']
        signed = ('%s.%s.' % (headers['webhook-id'], headers['webhook-timestamp'])).encode() + body
        mac = hmac.new(b'a secret of the hub', signed, hashlib.sha256).digest()
        self.assertEqual(headers['webhook-signature'], 'v1,' + base64.b64encode(mac).decode())
        told = json.loads(body)
        self.assertEqual((told['type'], told['database']), ('odoo.changed', self.env.cr.dbname))
        changes = [(each['model'], each['id'], each['change']) for each in told['changes']]
        self.assertEqual(changes, [('sale.order', order.id, 'create')])
        self.assertRegex(told['changes'][0]['at'], r'^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$')
        self.assertFalse(self.events.search([]))

    def test_kept_and_sent_again_under_the_same_id(self):
        self.order()
        self.noted()
        first = self.push({'return_value': Answer(503)})
        second = self.push({'side_effect': requests.ConnectionError})
        third = self.push({'return_value': Answer(202)})
        ids = {post.call_args.kwargs['headers']['webhook-id'] for post in (first, second, third)}
        self.assertEqual(len(ids), 1)
        self.assertFalse(self.events.search([]))

    def test_nothing_waits_nothing_is_sent(self):
        self.push({'return_value': Answer(200)}).assert_not_called()
