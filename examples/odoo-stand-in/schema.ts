// The models and fields of Odoo that the stand-in knows, with what differs between 17, 18 and 19.

import type { Field, Model } from './field.ts';
import { salesModels } from './sales-schema.ts';

export type { Field, Model } from './field.ts';

const char: Field = { type: 'char' };
const boolean: Field = { type: 'boolean' };
const integer: Field = { type: 'integer' };
const monetary: Field = { type: 'monetary' };
const date: Field = { type: 'date' };
const one = (relation: string, label?: string): Field => ({ type: 'many2one', relation, label });
const many = (relation: string): Field => ({ type: 'many2many', relation });
const choice = (...options: string[]): Field => ({ type: 'selection', options });
const written: Readonly<Record<string, Field>> = {
  create_date: { type: 'datetime' },
  write_date: { type: 'datetime' },
};

const ACCOUNT_TAX: Model = {
  label: 'Tax',
  fields: {
    name: char,
    amount: { type: 'float' },
    type_tax_use: choice('sale', 'purchase', 'none'),
    amount_type: choice('group', 'fixed', 'percent', 'division'),
    price_include: boolean,
    company_id: one('res.company'),
  },
};

const MOVE_TYPES = ['entry', 'out_invoice', 'out_refund', 'in_invoice', 'in_refund', 'out_receipt', 'in_receipt'];
const REVERSALS: Field = { type: 'one2many', relation: 'account.move', inverse: 'reversed_entry_id' };

function accountMove(major: number): Model {
  const fields: Record<string, Field> = {
    ...written,
    name: char,
    state: choice('draft', 'posted', 'cancel'),
    move_type: choice(...MOVE_TYPES),
    partner_id: one('res.partner', 'Partner'),
    company_id: one('res.company'),
    journal_id: one('account.journal'),
    currency_id: one('res.currency', 'Currency'),
    date,
    invoice_date: date,
    invoice_date_due: date,
    invoice_payment_term_id: one('account.payment.term'),
    ref: char,
    invoice_origin: char,
    payment_reference: char,
    invoice_line_ids: { type: 'one2many', relation: 'account.move.line', inverse: 'move_id' },
    line_ids: { type: 'one2many', relation: 'account.move.line', inverse: 'move_id' },
    amount_untaxed: monetary,
    amount_tax: monetary,
    amount_total: monetary,
    amount_residual: monetary,
    payment_state: choice('not_paid', 'in_payment', 'paid', 'partial', 'reversed'),
    reversed_entry_id: one('account.move'),
    [major === 17 ? 'reversal_move_id' : 'reversal_move_ids']: REVERSALS,
  };
  return { label: 'Journal Entry', fields };
}

const ACCOUNT_MOVE_LINE: Model = {
  label: 'Journal Item',
  fields: {
    move_id: one('account.move'),
    display_type: choice('product', 'tax', 'payment_term', 'line_section', 'line_note'),
    name: char,
    product_id: one('product.product'),
    product_uom_id: one('uom.uom'),
    sale_line_ids: many('sale.order.line'),
    quantity: { type: 'float' },
    price_unit: { type: 'float' },
    price_subtotal: monetary,
    tax_ids: many('account.tax'),
    account_id: one('account.account'),
    partner_id: one('res.partner', 'Partner'),
    debit: monetary,
    credit: monetary,
    currency_id: one('res.currency', 'Currency'),
    amount_currency: monetary,
    balance: monetary,
    company_id: one('res.company'),
    company_currency_id: one('res.currency', 'Company Currency'),
    analytic_distribution: { type: 'text' },
    account_type: choice('asset_receivable', 'income', 'expense'),
    reconciled: boolean,
  },
};

function accountPayment(major: number): Model {
  const states = major === 17 ? ['draft', 'posted', 'cancel'] : ['draft', 'in_process', 'paid', 'canceled', 'rejected'];
  return {
    label: 'Payments',
    fields: {
      ...written,
      name: char,
      state: choice(...states),
      payment_type: choice('inbound', 'outbound'),
      partner_type: choice('customer', 'supplier'),
      partner_id: one('res.partner', 'Customer/Vendor'),
      company_id: one('res.company'),
      journal_id: one('account.journal'),
      currency_id: one('res.currency', 'Currency'),
      outstanding_account_id: one('account.account'),
      amount: monetary,
      date,
      [major === 17 ? 'ref' : 'memo']: char,
      move_id: one('account.move'),
      is_reconciled: boolean,
      reconciled_invoice_ids: many('account.move'),
      // Ours: what Odoo keeps as a reconciliation of journal items.
      settled_move_id: one('account.move'),
      settled_amount: monetary,
    },
  };
}

const PAYMENT_REGISTER: Model = {
  label: 'Pay',
  fields: { amount: monetary, payment_date: date, journal_id: one('account.journal'), communication: char },
};

const RES_PARTNER: Model = {
  label: 'Contact',
  fields: {
    ...written,
    name: char,
    active: boolean,
    is_company: boolean,
    email: char,
    ref: char,
    street: char,
    street2: char,
    city: char,
    zip: char,
    vat: char,
    comment: { type: 'text' },
    country_id: one('res.country'),
    country_code: char,
    state_id: one('res.country.state'),
    commercial_partner_id: one('res.partner'),
  },
};

function product(major: number): Model {
  const fields: Record<string, Field> = {
    ...written,
    active: boolean,
    name: char,
    default_code: char,
    barcode: char,
    weight: { type: 'float' },
    list_price: { type: 'float' },
    taxes_id: many('account.tax'),
    supplier_taxes_id: many('account.tax'),
    [major === 17 ? 'detailed_type' : 'type']: choice('consu', 'service', 'product', 'combo'),
  };
  return { label: 'Product', readOnly: true, fields };
}

/** Automation Rules: what an administrator makes so that Odoo tells of changes. They are kept here and tell nobody. */
function automation(): [string, Model][] {
  const closed = (label: string, fields: Readonly<Record<string, Field>>): Model => ({
    ...named(label, fields),
    closed: true,
  });
  return [
    ['ir.config_parameter', closed('System Parameter', { key: char, value: char })],
    ['ir.model', closed('Models', { model: char })],
    ['ir.model.fields', closed('Fields', { model: char })],
    [
      'ir.actions.server',
      closed('Server Action', {
        model_id: one('ir.model'),
        state: choice('webhook', 'code'),
        usage: char,
        webhook_url: char,
        webhook_field_ids: many('ir.model.fields'),
      }),
    ],
    [
      'base.automation',
      closed('Automation Rule', {
        model_id: one('ir.model'),
        trigger: choice('on_create_or_write', 'on_unlink'),
        trigger_field_ids: many('ir.model.fields'),
        filter_domain: char,
        action_server_ids: many('ir.actions.server'),
      }),
    ],
  ];
}

const LOCKS_OF_17 = ['period_lock_date', 'fiscalyear_lock_date', 'tax_lock_date'];
const LOCKS_SINCE_18 = [
  'fiscalyear_lock_date',
  'tax_lock_date',
  'sale_lock_date',
  'purchase_lock_date',
  'hard_lock_date',
];

/** The lock dates of a company that bear on sales. */
export function salesLockFields(major: number): readonly string[] {
  return major === 17 ? LOCKS_OF_17.slice(0, 2) : ['fiscalyear_lock_date', 'sale_lock_date', 'hard_lock_date'];
}

function resCompany(major: number): Model {
  const locks = (major === 17 ? LOCKS_OF_17 : LOCKS_SINCE_18).map((field) => [field, date]);
  return {
    label: 'Companies',
    fields: {
      name: char,
      currency_id: one('res.currency'),
      root_id: one('res.company'),
      tax_calculation_rounding_method: choice('round_per_line', 'round_globally'),
      parent_ids: many('res.company'),
      ...Object.fromEntries(locks),
    },
  };
}

const IR_ATTACHMENT: Model = {
  label: 'Attachment',
  fields: {
    name: char,
    res_model: char,
    res_id: integer,
    mimetype: char,
    datas: { type: 'binary' },
    checksum: char,
    file_size: integer,
  },
};

const IR_MODEL_DATA: Model = {
  label: 'Model Data',
  closed: true,
  fields: {
    module: char,
    name: char,
    complete_name: char,
    model: char,
    res_id: integer,
    record: char,
    noupdate: boolean,
  },
};

const named = (label: string, fields: Readonly<Record<string, Field>> = {}): Model => ({
  label,
  fields: { name: char, ...fields },
});

export function schemaOf(major: number): ReadonlyMap<string, Model> {
  return new Map<string, Model>([
    ...salesModels(major),
    ['account.move', accountMove(major)],
    ['account.move.line', ACCOUNT_MOVE_LINE],
    ['account.payment', accountPayment(major)],
    ['account.payment.register', PAYMENT_REGISTER],
    [
      'account.move.reversal',
      named('Account Move Reversal', {
        reason: char,
        date,
        journal_id: one('account.journal'),
        move_ids: many('account.move'),
      }),
    ],
    [
      'account.journal',
      named('Journal', {
        type: char,
        code: char,
        company_id: one('res.company'),
        currency_id: one('res.currency'),
        default_account_id: one('account.account'),
      }),
    ],
    [
      'account.payment.method.line',
      named('Payment Methods', {
        ...{ journal_id: one('account.journal'), payment_type: char, sequence: integer },
        payment_account_id: one('account.account'),
      }),
    ],
    ['account.account', named('Account', { code: char, account_type: char })],
    ['account.payment.term', named('Payment Terms')],
    ['account.tax', ACCOUNT_TAX],
    ['ir.attachment', IR_ATTACHMENT],
    ['ir.cron', { ...named('Scheduled Actions'), closed: true }],
    ['ir.model.data', IR_MODEL_DATA],
    [
      'mail.message',
      named('Message', {
        ...{ body: char, model: char, res_id: integer, message_type: char },
        ...{ subtype_id: one('mail.message.subtype'), attachment_ids: many('ir.attachment') },
      }),
    ],
    ['mail.message.subtype', named('Message subtypes')],
    ['product.product', product(major)],
    ['decimal.precision', named('Decimal Precision', { digits: integer })],
    ['res.company', resCompany(major)],
    ['res.country', named('Country', { code: char })],
    [
      'res.currency',
      named('Currency', {
        active: boolean,
        decimal_places: integer,
        rate_ids: { type: 'one2many', relation: 'res.currency.rate', inverse: 'currency_id' },
      }),
    ],
    [
      'res.currency.rate',
      {
        label: 'Currency Rate',
        fields: {
          name: date,
          rate: { type: 'float' },
          currency_id: one('res.currency'),
          company_id: one('res.company'),
        },
      },
    ],
    ['res.partner', RES_PARTNER],
    [
      'res.users.apikeys',
      named('API Key', {
        scope: char,
        user_id: one('res.users'),
        ...(major === 17 ? {} : { expiration_date: { type: 'datetime' } }),
      }),
    ],
    [
      'res.users',
      {
        ...named('User', { login: char, company_id: one('res.company'), company_ids: many('res.company') }),
        closed: true,
      },
    ],
    ['res.users.apikeys.description', named('API Key Description', major === 17 ? {} : { duration: char })],
    ['res.users.identitycheck', named('Password Check Wizard', { password: char })],
    ...automation(),
  ]);
}
