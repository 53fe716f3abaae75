# Copyright the Lading authors. Licensed under the Apache License, Version 2.0; see LICENSE.
"""Documents of the hub, on an accounting of its own."""
import base64

from psycopg2 import IntegrityError

from odoo.addons.account.tests.common import AccountTestInvoicingCommon
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

COLUMNS = [
    'id', 'lading_key', 'move_type', 'partner_id/.id', 'currency_id/.id', 'invoice_date',
    'invoice_line_ids/name', 'invoice_line_ids/quantity', 'invoice_line_ids/price_unit', 'invoice_line_ids/tax_ids/.id',
]
CONTEXT = {'mode': 'update', 'noupdate': True}


@tagged('post_install', '-at_install')
class TestLadingPost(AccountTestInvoicingCommon):
    def setUp(self):
        super().setUp()
        self.moves = self.env['account.move'].with_context(**CONTEXT)
        self.currency = self.env.company.currency_id

    def row(self, key, price='25.00', day='2026-03-04'):
        return [
            'lading_test.doc_' + key, 'lading_test:' + key, 'out_invoice', str(self.partner_a.id),
            str(self.currency.id), day, 'Linehaul', '1', price, '',
        ]

    def meant(self, untaxed='25.00', day='2026-03-04', **changes):
        return {
            'amount_untaxed': untaxed, 'amount_tax': '0.00', 'currency': self.currency.name,
            'partner_id': self.partner_a.id, 'invoice_date': day, 'date': day, **changes,
        }

    def post(self, *keys, **changes):
        rows = [self.row(key) for key in keys]
        expected = {'lading_test.doc_' + key: self.meant(**changes) for key in keys}
        return self.moves.lading_post(COLUMNS, rows, expected)

    def test_made_posted_and_keyed(self):
        move = self.moves.browse(self.post('S-1-1')['ids'])
        self.assertEqual(move.state, 'posted')
        self.assertEqual(move.lading_key, 'lading_test:S-1-1')
        self.assertEqual(move.amount_untaxed, 25)
        self.assertEqual(self.env.ref('lading_test.doc_S-1-1'), move)

    def test_said_again_is_the_same_document(self):
        first = self.post('S-1-1')['ids']
        self.assertEqual(self.post('S-1-1')['ids'], first)
        self.assertEqual(self.moves.search_count([('lading_key', '=', 'lading_test:S-1-1')]), 1)

    def test_a_draft_that_was_there_is_left_to_whoever_has_it(self):
        loaded = self.moves.load(COLUMNS, [self.row('S-1-1', price='20.00')])
        self.assertEqual(self.post('S-1-1')['ids'], loaded['ids'])
        move = self.moves.browse(loaded['ids'])
        self.assertEqual((move.state, move.amount_untaxed), ('draft', 20))

    def test_what_comes_out_otherwise_is_not_posted(self):
        for changes in ({'untaxed': '25.01'}, {'amount_tax': '1.00'}, {'currency': 'XXX'}, {'partner_id': 0}):
            key = 'S-2-%s' % next(iter(changes))
            self.assertEqual(self.moves.browse(self.post(key, **changes)['ids']).state, 'draft')

    def test_the_database_itself_refuses_a_second_one_of_a_key(self):
        self.post('S-1-1')
        row = self.row('other')
        row[1] = 'lading_test:S-1-1'
        with mute_logger('odoo.sql_db'):
            answer = self.moves.lading_post(COLUMNS, [row], {})
        self.assertFalse(answer['ids'])
        with self.assertRaises(IntegrityError), mute_logger('odoo.sql_db'), self.env.cr.savepoint():
            self.moves.create({'move_type': 'entry', 'lading_key': 'lading_test:S-1-1'})
            self.env.flush_all()

    def test_a_copy_has_no_key(self):
        move = self.moves.browse(self.post('S-1-1')['ids'])
        self.assertFalse(move.copy().lading_key)

    def test_one_that_cannot_be_posted_leaves_none_behind(self):
        rows = [self.row('S-3-1'), self.row('S-3-2', price='-5.00')]
        expected = {'lading_test.doc_S-3-1': self.meant(), 'lading_test.doc_S-3-2': self.meant(untaxed='-5.00')}
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.moves.lading_post(COLUMNS, rows, expected)
        self.assertFalse(self.moves.search([('lading_key', '=like', 'lading_test:S-3-%')]))
        alone = self.moves.lading_post(COLUMNS, rows[:1], expected)
        self.assertEqual(alone['ids'], self.env.ref('lading_test.doc_S-3-1').ids)

    def test_a_closed_period_undoes_it(self):
        self.env.company.fiscalyear_lock_date = '2026-03-31'
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.post('S-4-1')
        self.assertFalse(self.env.ref('lading_test.doc_S-4-1', raise_if_not_found=False))
        moved = self.moves.browse(self.post('S-4-1', date=False)['ids'])
        self.assertEqual(moved.state, 'posted')
        self.assertGreater(str(moved.date), '2026-03-31')

    def test_files_come_with_it_once(self):
        file = {
            'id': 'lading_test.file_1', 'document': 'lading_test.doc_S-5-1', 'name': 'pod.txt',
            'mimetype': 'text/plain', 'datas': base64.b64encode(b'signed').decode(),
        }
        for _time in range(2):
            expected = {'lading_test.doc_S-5-1': self.meant()}
            answer = self.moves.lading_post(COLUMNS, [self.row('S-5-1')], expected, [file])
        files = self.env['ir.attachment'].search([('res_model', '=', 'account.move'), ('res_id', 'in', answer['ids'])])
        self.assertEqual([(each.name, each.raw) for each in files], [('pod.txt', b'signed')])
