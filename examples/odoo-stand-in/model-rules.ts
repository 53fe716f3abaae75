// What single models add to the records that all models have: defaults, checks, sums.
import { createHash } from 'node:crypto';
import { guardMoveDelete, guardMoveWrite, moveDefaults, sumMove, sumMoveOfLine } from './account-move.ts';
import { paymentDefaults } from './account-payment.ts';
import { checkDuration } from './api-keys.ts';
import { checkKey } from './companion.ts';
import type { Environment, ModelRules, Values } from './environment.ts';
import { LANDED_COST_RULES } from './landed-costs.ts';
import { requireText } from './records.ts';
import type { Row } from './row.ts';
import { SALES_RULES } from './sales.ts';

export const RULES: Readonly<Record<string, ModelRules>> = {
  ...SALES_RULES,
  ...LANDED_COST_RULES,
  'account.move': {
    defaults: moveDefaults,
    guardWrite: guardMoveWrite,
    guardDelete: guardMoveDelete,
    changed: sumMove,
    check: checkKey,
  },
  'account.journal': { defaults: () => ({ company_id: 1 }) },
  'account.payment': { defaults: paymentDefaults },
  'account.move.line': { defaults: lineDefaults, changed: sumMoveOfLine },
  'account.move.reversal': {
    defaults: (env) => ({ move_ids: [[6, 0, env.context.active_ids ?? []]] }),
  },
  'ir.attachment': { changed: weighAttachment },
  'res.currency': { defaults: () => ({ active: true, decimal_places: 2 }) },
  'res.users.apikeys.description': { check: checkDuration },
  'product.product': { defaults: () => ({ active: true }) },
  'res.partner': {
    defaults: () => ({ active: true }),
    changed: placePartner,
    check: (_, values) => requireText(values, 'name', 'Contacts require a name'),
  },
};

// A product brings its taxes along where the caller does not say otherwise.
function lineDefaults(env: Environment, given: Values): Values {
  const product =
    typeof given.product_id === 'number' ? env.transaction.get('product.product', given.product_id) : undefined;
  return {
    display_type: 'product',
    quantity: 1,
    tax_ids: [[6, 0, product?.taxes_id ?? []]],
    name: product?.name ?? false,
  };
}

// What Odoo works out of the others: the country's code, and whose address this is.
function placePartner(env: Environment, id: number): void {
  const row = env.transaction.get('res.partner', id) as Row;
  const country = typeof row.country_id === 'number' ? env.transaction.get('res.country', row.country_id) : undefined;
  const commercial = row.commercial_partner_id || id;
  env.transaction.put('res.partner', {
    ...row,
    country_code: country?.code ?? false,
    commercial_partner_id: commercial,
  });
}

function weighAttachment(env: Environment, id: number): void {
  const row = env.transaction.get('ir.attachment', id) as Row;
  const content = Buffer.from(String(row.datas || ''), 'base64');
  const checksum = createHash('sha1').update(content).digest('hex');
  env.transaction.put('ir.attachment', { ...row, checksum, file_size: content.length });
}
