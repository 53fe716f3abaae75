# Copyright the Lading authors. Licensed under the Apache License, Version 2.0; see LICENSE.
"""Documents of the hub: each under a key that the database itself keeps unique, made and posted in one transaction."""
from odoo import _, api, fields, models
from odoo.exceptions import UserError

# Raised when what the hub relies on changes; told by `lading_companion`.
PROTOCOL = 1


class AccountMove(models.Model):
    _name = 'account.move'
    _inherit = ['account.move', 'lading.tracked']

    lading_key = fields.Char(
        string='Lading Key', readonly=True, copy=False,
        help='The permanent key of this document in Lading. No two documents have the same one.',
    )

    def init(self):
        super().init()
        # By hand, because 19 declares constraints in another manner than 17 and 18. Documents of people have no key.
        self.env.cr.execute("""
            CREATE UNIQUE INDEX IF NOT EXISTS account_move_lading_key_unique
                ON account_move (lading_key) WHERE lading_key IS NOT NULL""")

    @api.model
    def lading_companion(self):
        """What the hub asks first: is this module here, and which protocol does it speak?"""
        return {'protocol': PROTOCOL}

    @api.model
    def lading_post(self, columns, rows, expected, files=None):
        """Makes and posts documents, all of them or none, in the one transaction of this call.

        :param columns: as the fields of `load`, the first of them `id`: external ids
        :param rows: as the data of `load`
        :param expected: external id -> {amount_untaxed, amount_tax, currency, partner_id, invoice_date, date}: what the
            document must have come to before it is posted. `date` is the accounting date that it must be booked on,
            False where Odoo may choose.
        :param files: [{id, document, name, mimetype, datas}]: `id` of its own, `document` the external id it belongs to
        :return: {'ids': [...]} in the order of the documents; or, as `load` says it, {'ids': False, 'messages': [...]}

        A document that was there before is told by its id and left as it is. One that came out otherwise than expected
        stays a draft, for a person to look at. Odoo's refusal to post one is raised, and then none was made.
        """
        names = [row[0] for row in rows if row[0]]
        known = self._lading_known(names)
        loaded = self.load(columns, rows)
        if not loaded['ids']:
            return {'ids': False, 'messages': loaded['messages']}
        moves = dict(zip(names, self.browse(loaded['ids'])))
        self._lading_attach(moves, files or [])
        to_post = self.browse([
            move.id for name, move in moves.items()
            if name not in known and name in expected and move._lading_is(expected[name])
        ])
        if to_post:
            to_post.action_post()
        for name, move in moves.items():
            if move in to_post:
                move._lading_check_booked(expected[name])
        return {'ids': loaded['ids']}

    @api.model
    def _lading_known(self, names):
        split = [name.split('.', 1) for name in names]
        domain = [
            ('model', '=', self._name),
            ('module', 'in', list({module for module, _name in split})),
            ('name', 'in', [name for _module, name in split]),
        ]
        return set(self.env['ir.model.data'].sudo().search(domain).mapped('complete_name'))

    def _lading_is(self, expected):
        self.ensure_one()
        same = self.currency_id.compare_amounts
        return (
            self.state == 'draft'
            and self.currency_id.name == expected['currency']
            and same(self.amount_untaxed, float(expected['amount_untaxed'])) == 0
            and same(self.amount_tax, float(expected['amount_tax'])) == 0
            and self.partner_id.id == expected['partner_id']
            and fields.Date.to_string(self.invoice_date) == expected['invoice_date']
        )

    def _lading_check_booked(self, expected):
        """Odoo moves the date of what falls into a closed period without a word; here that undoes the whole call."""
        booked = fields.Date.to_string(self.date)
        if expected.get('date') and booked != expected['date']:
            raise UserError(_(
                'It is dated %(meant)s, and Odoo would book it on %(booked)s: the period is closed.',
                meant=expected['date'], booked=booked,
            ))

    @api.model
    def _lading_attach(self, moves, files):
        if not files:
            return
        columns = ['id', 'name', 'res_model', 'res_id', 'mimetype', 'datas']
        rows = [
            [file['id'], file['name'], self._name, str(moves[file['document']].id), file['mimetype'], file['datas']]
            for file in files
        ]
        loaded = self.env['ir.attachment'].load(columns, rows)
        if not loaded['ids']:
            raise UserError('; '.join(message['message'] for message in loaded['messages']))

    def _compute_payment_state(self):
        super()._compute_payment_state()
        # It is reckoned and not written, so it passes by what notes other changes.
        self._lading_note('write')
