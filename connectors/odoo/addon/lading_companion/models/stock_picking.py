# Copyright the Lading authors. Licensed under the Apache License, Version 2.0; see LICENSE.
"""Transfers, and their moves, are told of."""
from odoo import models


class StockPicking(models.Model):
    _name = 'stock.picking'
    _inherit = ['stock.picking', 'lading.tracked']


class StockMove(models.Model):
    _name = 'stock.move'
    _inherit = ['stock.move', 'lading.tracked']

    def _lading_subjects(self):
        return self.picking_id
