// What is missing in Odoo, made there: products for charge codes, and automations that tell us of changes.
//
// Both under external ids, so that asking again changes what was made before and doubles nothing.
import { COMPANION_FIELD } from '../companion.ts';
import type { LoadTable } from '../documents/invoice.ts';
import type { Door } from '../doors/door.ts';
import type { OdooVersion } from '../doors/versions.ts';
import { externalIdsOf } from '../external-id.ts';
import { loadRecords } from '../load.ts';
import { DEFAULT_MODULE, type OdooSettings } from '../settings.ts';

export type ChargeCode = { readonly code: string; readonly name: string };

/** Services without a tax of their own: what tax a line bears is said on each line. Database ids, in order. */
export function createProducts(
  call: Door,
  version: OdooVersion,
  settings: Pick<OdooSettings, 'database' | 'module'>,
  codes: readonly ChargeCode[],
): Promise<readonly number[]> {
  const ids = externalIdsOf(settings.module ?? DEFAULT_MODULE);
  const [kindField, kind] = version.serviceProduct;
  const fields = ['id', 'name', 'default_code', kindField, 'list_price', 'taxes_id/.id', 'supplier_taxes_id/.id'];
  const data = codes.map(({ code, name }) => [ids.product(code), name, code, kind, '0', '', '']);
  return loadRecords(call, 'product.product', { fields, data });
}

type Automation = {
  readonly name: string;
  readonly model: string;
  /** A change in one of these is what is told. */
  readonly fields: readonly string[];
  /** Of which records, as an Odoo domain. */
  readonly filter: string;
};

// What a webhook says is a hint only, and what it misses the regular pull brings: few and narrow ones will do. A rule without
// fields and filter fires half a dozen times for one order, and each holds up the person who saves it.
const AUTOMATIONS: readonly Automation[] = [
  {
    name: 'order',
    model: 'sale.order',
    fields: ['state', 'commitment_date', 'amount_total'],
    filter: "[('state', 'in', ['sale', 'cancel'])]",
  },
  { name: 'picking', model: 'stock.picking', fields: ['state'], filter: "[('state', 'in', ['done', 'cancel'])]" },
  {
    name: 'move',
    model: 'account.move',
    fields: ['state', 'payment_state'],
    filter: "[('state', 'in', ['posted', 'cancel']), ('move_type', '!=', 'entry')]",
  },
];

/**
 * Makes the automations whose models are there, pointing to `url`. Returns their names; none when the module Automation Rules is
 * not installed. The user behind `call` must be an administrator. Throws `OdooError`.
 */
export async function createAutomations(
  call: Door,
  settings: Pick<OdooSettings, 'database' | 'module'>,
  url: string,
): Promise<readonly string[] | 'no-automation'> {
  const models = await modelIds(call, ['base.automation', ...AUTOMATIONS.map(({ model }) => model)]);
  if (!models.has('base.automation')) return 'no-automation';
  const module = settings.module ?? DEFAULT_MODULE;
  const made: string[] = [];
  for (const automation of AUTOMATIONS) {
    const modelId = models.get(automation.model);
    if (modelId === undefined) continue;
    const fieldIds = await fieldIdsOf(call, automation.model, [...automation.fields, 'write_date']);
    await loadRecords(call, 'ir.actions.server', actionTable(module, automation, modelId, fieldIds, url));
    await loadRecords(call, 'base.automation', ruleTable(module, automation, modelId, fieldIds));
    made.push(automation.model);
  }
  return made;
}

const TOKEN_AT_END = /^(.*\/v1\/hooks\/odoo)\/([A-Za-z0-9_-]+)\/?$/;

/**
 * Has the companion module push changes, signed: where it is installed, and `url` ends with the hub's hook token, which becomes the
 * secret and no longer goes over the wire. False: automations must do. The user behind `call` must be an administrator.
 */
export async function setCompanionHook(call: Door, url: string): Promise<boolean> {
  const [, address, token] = TOKEN_AT_END.exec(url) ?? [];
  if (address === undefined || token === undefined) return false;
  const args = { allfields: [COMPANION_FIELD], attributes: ['type'] };
  const known = (await call({ model: 'account.move', method: 'fields_get', args })) as Record<string, unknown>;
  if (known[COMPANION_FIELD] === undefined) return false;
  const secret = `whsec_${Buffer.from(token).toString('base64')}`;
  for (const [key, value] of [
    ['lading.hook_secret', secret],
    ['lading.hook_url', address],
  ]) {
    await call({ model: 'ir.config_parameter', method: 'set_param', args: { key, value } });
  }
  return true;
}

async function modelIds(call: Door, names: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const args = { domain: [['model', 'in', names]], fields: ['model'], limit: names.length };
  const found = (await call({ model: 'ir.model', method: 'search_read', args })) as { id: number; model: string }[];
  return new Map(found.map(({ id, model }) => [model, id]));
}

async function fieldIdsOf(call: Door, model: string, names: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const domain = [
    ['model', '=', model],
    ['name', 'in', names],
  ];
  const args = { domain, fields: ['name'], limit: names.length };
  const found = (await call({ model: 'ir.model.fields', method: 'search_read', args })) as {
    id: number;
    name: string;
  }[];
  return new Map(found.map(({ id, name }) => [name, id]));
}

function actionTable(
  module: string,
  { name, model }: Automation,
  modelId: number,
  fieldIds: ReadonlyMap<string, number>,
  url: string,
): LoadTable {
  const fields = ['id', 'name', 'model_id/.id', 'state', 'usage', 'webhook_url', 'webhook_field_ids/.id'];
  const told = String(fieldIds.get('write_date') ?? '');
  const id = `${module}.hook_action_${name}`;
  return { fields, data: [[id, `Tell Lading: ${model}`, String(modelId), 'webhook', 'base_automation', url, told]] };
}

function ruleTable(
  module: string,
  { name, model, fields: changed, filter }: Automation,
  modelId: number,
  fieldIds: ReadonlyMap<string, number>,
): LoadTable {
  const fields = [
    'id',
    'name',
    'model_id/.id',
    'trigger',
    'trigger_field_ids/.id',
    'filter_domain',
    'action_server_ids/id',
  ];
  const triggers = changed.flatMap((field) => fieldIds.get(field) ?? []).join(',');
  const [rule, action] = [`${module}.hook_${name}`, `${module}.hook_action_${name}`];
  return {
    fields,
    data: [[rule, `Lading: ${model}`, String(modelId), 'on_create_or_write', triggers, filter, action]],
  };
}
