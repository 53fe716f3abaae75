# Copyright the Lading authors. Licensed under the Apache License, Version 2.0; see LICENSE.
"""What the hub says of an order, as a person sees it."""
from odoo.exceptions import AccessError
from odoo.tests import Form, TransactionCase, new_test_user, tagged


@tagged('post_install', '-at_install')
class TestSaleOrder(TransactionCase):
    def setUp(self):
        super().setUp()
        partner = self.env['res.partner'].create({'name': 'Acme'})
        product = self.env['product.product'].create({'name': 'Pallet', 'type': 'consu', 'list_price': 10})
        self.order = self.env['sale.order'].create({
            'partner_id': partner.id,
            'order_line': [(0, 0, {'product_id': product.id, 'product_uom_qty': 2, 'price_unit': 10})],
        })

    def tell(self, **report):
        return self.env['sale.order'].lading_tell([{'order_id': self.order.id, 'shipment': 'S-1', **report}])

    def test_said_twice_is_there_once(self):
        said = {'tracking': 'PRO-7', 'milestones': [{'name': 'picked-up', 'occurred_at': '2026-03-04 15:00:00'}]}
        self.assertEqual([self.tell(**said), self.tell(**said)], [1, 1])
        shipment = self.order.lading_shipment_ids
        self.assertEqual((shipment.name, shipment.tracking), ('S-1', 'PRO-7'))
        self.assertEqual(self.order.lading_milestone_ids.mapped('name'), ['picked-up'])

    def test_a_milestone_is_corrected_and_what_is_left_out_stays(self):
        self.tell(tracking='PRO-7', milestones=[{'name': 'delivered', 'occurred_at': '2026-03-04 15:00:00'}])
        later = [{'name': 'delivered', 'occurred_at': '2026-03-04 16:00:00'}]
        self.tell(billing='held', reason='no lane', milestones=later)
        self.assertEqual(str(self.order.lading_milestone_ids.occurred_at), '2026-03-04 16:00:00')
        shipment = self.order.lading_shipment_ids
        self.assertEqual((shipment.tracking, shipment.billing, shipment.reason), ('PRO-7', 'held', 'no lane'))

    def test_why_it_is_not_invoiced(self):
        self.assertEqual(self.order.lading_billing_note, 'The order is not confirmed.')
        self.order.action_confirm()
        self.assertIn('no shipment', self.order.lading_billing_note)
        self.tell(billing='held', reason='no price for Joliet to Atlanta')
        self.assertEqual(self.order.lading_billing_note, 'S-1: no price for Joliet to Atlanta')
        self.tell(billing='waiting')
        self.assertEqual(self.order.lading_billing_note, 'S-1: Waiting for its billing period')

    def test_an_order_that_is_gone_is_none(self):
        self.order.unlink()
        self.assertEqual(self.env['sale.order'].lading_tell([{'order_id': self.order.id, 'shipment': 'S-1'}]), 0)

    def test_only_who_may_write_the_order_may_tell(self):
        stranger = new_test_user(self.env, login='lading_stranger', groups='base.group_user')
        with self.assertRaises(AccessError):
            self.env['sale.order'].with_user(stranger).lading_tell([{'order_id': self.order.id, 'shipment': 'S-1'}])

    def test_the_tab_opens(self):
        self.tell(billing='held', reason='no lane')
        with Form(self.order) as form:
            self.assertEqual(form.lading_billing_note, 'S-1: no lane')
        for model, name in (('lading.shipment', 'reason'), ('lading.milestone', 'occurred_at')):
            kind = 'list' if 'list' in dict(self.env['ir.ui.view']._fields['type'].selection) else 'tree'
            arch = self.env[model].get_views([(False, kind)])['views'][kind]['arch']
            self.assertIn('name="%s"' % name, arch)
