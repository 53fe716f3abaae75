# Copyright the Lading authors. Licensed under the Apache License, Version 2.0; see LICENSE.
"""What the hub says of an order's shipments: how far they are, and why they are not invoiced."""
from lxml.builder import E

from odoo import fields, models


class LadingColumns(models.AbstractModel):
    """A list in a form, with these columns: 17 calls it `tree`, later ones `list`, and made here one source does for all."""
    _name = 'lading.columns'
    _description = 'List in a form'

    def _get_default_list_view(self):
        return E.list(*self._columns(), create='0', delete='0', edit='0')

    def _get_default_tree_view(self):
        return E.tree(*self._columns(), create='0', delete='0', edit='0')

    def _columns(self):
        return [E.field(name=name) for name in self._shown]


class LadingShipment(models.Model):
    _name = 'lading.shipment'
    _inherit = 'lading.columns'
    _description = 'Shipment of an order'
    _order = 'id'
    _shown = ('name', 'tracking', 'billing', 'reason', 'told_at')

    order_id = fields.Many2one('sale.order', required=True, readonly=True, ondelete='cascade', index=True)
    name = fields.Char(string='Shipment', required=True, readonly=True)
    tracking = fields.Char(readonly=True)
    billing = fields.Selection([
        ('not-due', 'Not due yet'),
        ('waiting', 'Waiting for its billing period'),
        ('held', 'Held'),
        ('ready', 'About to be invoiced'),
        ('invoiced', 'Invoiced'),
        ('adjusting', 'Adjustment waits for approval'),
        ('nothing-to-bill', 'Nothing to bill'),
    ], readonly=True)
    reason = fields.Char(string='Why it is not invoiced', readonly=True)
    told_at = fields.Datetime(string='As of', readonly=True)
    milestone_ids = fields.One2many('lading.milestone', 'shipment_id')

    def init(self):
        super().init()
        self.env.cr.execute("""
            CREATE UNIQUE INDEX IF NOT EXISTS lading_shipment_order_name_unique
                ON lading_shipment (order_id, name)""")


class LadingMilestone(models.Model):
    _name = 'lading.milestone'
    _inherit = 'lading.columns'
    _description = 'Milestone of a shipment'
    _order = 'occurred_at, id'
    _shown = ('shipment_id', 'name', 'occurred_at')

    shipment_id = fields.Many2one('lading.shipment', required=True, readonly=True, ondelete='cascade', index=True)
    order_id = fields.Many2one(related='shipment_id.order_id', store=True, index=True)
    name = fields.Char(string='Milestone', required=True, readonly=True)
    occurred_at = fields.Datetime(readonly=True)

    def init(self):
        super().init()
        self.env.cr.execute("""
            CREATE UNIQUE INDEX IF NOT EXISTS lading_milestone_shipment_name_unique
                ON lading_milestone (shipment_id, name)""")
