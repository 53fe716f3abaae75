// What the API user may do, model by model: what is needed to bill, and what further work with orders and stock needs.
import { classifyRead } from '../doors/classify.ts';
import type { Door } from '../doors/door.ts';
import { OdooError } from '../doors/failure.ts';
import type { OdooSettings } from '../settings.ts';
import type { Finding } from './finding.ts';

type Right = {
  readonly model: string;
  readonly operations: readonly ('read' | 'create' | 'write')[];
  readonly mend: string;
  /** What does not work without; none: nothing does. */
  readonly purpose?: string;
  /** Of an app that need not be there. */
  readonly isOfApp?: boolean;
};

const BILLING = 'give its user the group Invoicing (Billing)';
const CONTACTS = 'give its user the group Contact Creation';
const INTERNAL = 'make it an internal user';
const SALES = 'install Sales and give its user the group Sales (User: All Documents)';
const LANDED = 'give its user the group Inventory (Administrator), or set "landedCosts" to "leave" in the mapping file';
const STOCK = 'install Inventory and give its user the group Inventory (User)';

const RIGHTS: readonly Right[] = [
  { model: 'account.move', operations: ['create', 'write'], mend: BILLING },
  { model: 'account.move.line', operations: ['create'], mend: BILLING },
  { model: 'account.journal', operations: ['read'], mend: BILLING },
  { model: 'account.tax', operations: ['read'], mend: BILLING },
  { model: 'account.account', operations: ['read'], mend: BILLING },
  { model: 'res.partner', operations: ['create', 'write'], mend: CONTACTS },
  { model: 'ir.attachment', operations: ['create'], mend: INTERNAL },
  { model: 'res.company', operations: ['read'], mend: INTERNAL },
  { model: 'res.currency.rate', operations: ['read'], mend: INTERNAL },
  { model: 'product.product', operations: ['read'], mend: INTERNAL },
  { model: 'account.payment', operations: ['read', 'create'], mend: BILLING, purpose: 'payments' },
  { model: 'sale.order', operations: ['read', 'write'], mend: SALES, purpose: 'sales orders' },
  { model: 'stock.picking', operations: ['read', 'write'], mend: STOCK, purpose: 'deliveries' },
];

/** Where the mapping file asks for them, they are no mere advice. */
const landing = (isAsked: boolean): Right => ({
  model: 'stock.landed.cost',
  operations: ['create'],
  mend: LANDED,
  isOfApp: true,
  ...(isAsked ? {} : { purpose: 'landed costs' }),
});

/** The rights that are lacking, gathered by what mends them; none when all are there. Throws `OdooError`. */
export async function lackingRights(
  call: Door,
  login: string,
  { landedCosts }: Pick<OdooSettings, 'landedCosts'>,
): Promise<Finding[]> {
  const rights = landedCosts === 'leave' ? RIGHTS : [...RIGHTS, landing(landedCosts !== undefined)];
  const lacks: { readonly right: Right; readonly what: string }[] = [];
  for (const right of rights) {
    for (const operation of right.operations) {
      const allowed = await isAllowed(call, right.model, operation);
      if (allowed === true || (allowed === 'unknown' && right.isOfApp)) continue;
      const what = allowed === 'unknown' ? `there is no ${right.model}` : `it may not ${operation} ${right.model}`;
      if (!lacks.some((lack) => lack.what === what)) lacks.push({ right, what });
    }
  }
  return [...Map.groupBy(lacks, ({ right: { mend, purpose = '' } }) => `${purpose}/${mend}`).values()].map((some) => {
    const { mend, purpose } = (some[0] as (typeof some)[number]).right;
    const what = some.map((lack) => lack.what).join(', ');
    return {
      check: 'rights',
      state: purpose === undefined ? 'missing' : 'advice',
      what: purpose === undefined ? what : `no ${purpose}, for ${what}`,
      where: login,
      mend,
    };
  });
}

async function isAllowed(call: Door, model: string, operation: string): Promise<boolean | 'unknown'> {
  try {
    const args = { operation, raise_exception: false };
    return (await call({ model, method: 'check_access_rights', args })) === true;
  } catch (error) {
    // Both doors refuse a model that is not there, each in its manner; trouble of the system is no such answer.
    if (error instanceof OdooError && error.failure.kind === 'fault' && classifyRead(error).verdict === 'refuse') {
      if (!/\.(AccessDenied|Unauthorized)$/.test(error.failure.name)) return 'unknown';
    }
    throw error;
  }
}
