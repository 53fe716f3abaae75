# Copyright the Lading authors. Licensed under the Apache License, Version 2.0; see LICENSE.
"""The order's tab: milestones, documents, and why it is not invoiced."""
from odoo import _, api, fields, models


class SaleOrder(models.Model):
    _name = 'sale.order'
    _inherit = ['sale.order', 'lading.tracked']

    lading_shipment_ids = fields.One2many('lading.shipment', 'order_id', readonly=True)
    lading_milestone_ids = fields.One2many('lading.milestone', 'order_id', readonly=True)
    lading_attachment_ids = fields.Many2many('ir.attachment', compute='_compute_lading_attachment_ids')
    lading_billing_note = fields.Char(string='Why it is not invoiced', compute='_compute_lading_billing_note')

    def _compute_lading_attachment_ids(self):
        for order in self:
            found = self.env['ir.attachment']
            for beside in (order, order.picking_ids, order.invoice_ids):
                domain = [('res_model', '=', beside._name), ('res_id', 'in', beside.ids), ('res_field', '=', False)]
                found |= found.search(domain)
            order.lading_attachment_ids = found

    @api.depends('state', 'invoice_status', 'lading_shipment_ids.billing', 'lading_shipment_ids.reason')
    def _compute_lading_billing_note(self):
        for order in self:
            order.lading_billing_note = order._lading_billing_note()

    def _lading_billing_note(self):
        """In one line; nothing where all is invoiced."""
        done = ('invoiced', 'nothing-to-bill')
        open_shipments = self.lading_shipment_ids.filtered(lambda each: each.billing not in done)
        said = dict(self.env['lading.shipment'].fields_get(['billing'], ['selection'])['billing']['selection'])
        silence = _('nothing told yet')
        reasons = ['%s: %s' % (each.name, each.reason or said.get(each.billing, silence)) for each in open_shipments]
        if reasons:
            return '; '.join(reasons)
        if self.invoice_status == 'invoiced':
            return False
        if self.state != 'sale':
            return _('The order is cancelled.') if self.state == 'cancel' else _('The order is not confirmed.')
        if not self.lading_shipment_ids:
            return _('Lading has told of no shipment of this order yet.')
        if self.invoice_status == 'to invoice':
            return _('Its shipments are billed, and something of it is left to invoice.')
        return False

    @api.model
    def lading_tell(self, reports):
        """Takes what the hub says of shipments; said again, it changes nothing.

        :param reports: [{order_id, shipment, tracking?, billing?, reason?, milestones?: [{name, occurred_at}]}],
            instants as Odoo writes them. What a report leaves out stays; `reason` goes with `billing`.
        :return: how many reports were of orders that are there
        """
        known = self.browse({report['order_id'] for report in reports}).exists()
        if hasattr(known, 'check_access'):
            known.check_access('write')
        else:  # 17
            known.check_access_rights('write')
            known.check_access_rule('write')
        for report in reports:
            order = known.filtered(lambda each: each.id == report['order_id'])
            if order:
                order._lading_take(report)
        return sum(report['order_id'] in known.ids for report in reports)

    def _lading_take(self, report):
        # The right to write the order was looked at; its shipments are nobody's to write by hand.
        shipments = self.env['lading.shipment'].sudo()
        shipment = shipments.search([('order_id', '=', self.id), ('name', '=', report['shipment'])])
        values = {'told_at': fields.Datetime.now()}
        if report.get('tracking'):
            values['tracking'] = report['tracking']
        if report.get('billing'):
            values.update(billing=report['billing'], reason=report.get('reason') or False)
        if shipment:
            shipment.write(values)
        else:
            shipment = shipments.create({'order_id': self.id, 'name': report['shipment'], **values})
        for milestone in report.get('milestones') or []:
            self._lading_take_milestone(shipment, milestone)

    def _lading_take_milestone(self, shipment, milestone):
        occurred_at = milestone.get('occurred_at') or False
        there = shipment.milestone_ids.filtered(lambda each: each.name == milestone['name'])
        if there:
            there.occurred_at = occurred_at
        else:
            shipment.milestone_ids.create({
                'shipment_id': shipment.id, 'name': milestone['name'], 'occurred_at': occurred_at,
            })


class SaleOrderLine(models.Model):
    _name = 'sale.order.line'
    _inherit = ['sale.order.line', 'lading.tracked']

    def _lading_subjects(self):
        return self.order_id
