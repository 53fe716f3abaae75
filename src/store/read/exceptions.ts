// Exceptions as people and the API see them.

import { formatMinor } from '../../model/money.ts';
import type { Instant } from '../../model/time.ts';
import type { Queryable } from '../database.ts';
import { type PageRequest, utc, withoutNulls } from '../reading.ts';

export type ExceptionView = {
  readonly id: string;
  readonly kind: string;
  readonly subject: string;
  readonly detail: string;
  readonly owner: string;
  readonly state: 'open' | 'closed';
  /** Closed by a person's word. */
  readonly waived?: true;
  readonly assignee?: string;
  readonly customer?: string;
  readonly shipment?: string;
  readonly message?: string;
  /** What money depends on it, in major units. */
  readonly stake?: { readonly amount: string; readonly currency: string };
  readonly openedAt: string;
  readonly dueAt: string;
  readonly closedAt?: string;
};

type Sort = { readonly by: string; readonly type: 'bigint' | 'timestamptz' | 'numeric' };

/** What the list may be sorted by. Each has a value for every row. */
export const EXCEPTION_SORTS = {
  opened: { by: 'x.id', type: 'bigint' },
  due: { by: 'x.due_at', type: 'timestamptz' },
  stake: { by: 'x.stake_major', type: 'numeric' },
} as const satisfies Record<string, Sort>;
export type ExceptionSort = keyof typeof EXCEPTION_SORTS;
export type ExceptionOrder = { readonly sort: ExceptionSort; readonly descending: boolean };

export type ExceptionFilter = {
  readonly kind?: string;
  readonly subject?: string;
  readonly subjects?: readonly string[];
  readonly owner?: string;
  readonly state?: 'open' | 'closed';
  readonly shipment?: string;
  readonly shipments?: readonly string[];
  readonly message?: string;
  /** `''`: those that nobody has. */
  readonly assignee?: string;
  readonly customer?: string;
  /** Open, and due before this instant. */
  readonly dueBefore?: Instant;
  /** How the subject begins, or the shipment or any number that finds it. */
  readonly search?: string;
};

const COLUMNS = `x.id::text, x.kind, x.subject, x.detail, x.owner, x.shipment, x.message_id::text as message,
  x.assignee, x.customer, x.stake_minor::text as minor, x.stake_currency as currency, nullif(x.waives, false) as waived,
  case when x.closed_at is null then 'open' else 'closed' end as state, ${utc('x.opened_at')} as "openedAt",
  ${utc('x.due_at')} as "dueAt", ${utc('x.closed_at')} as "closedAt"`;

const NEWEST_FIRST: ExceptionOrder = { sort: 'opened', descending: true };

export type ListedException = ExceptionView & {
  /** Its place in the order asked for. */
  readonly place: readonly [string, string];
};

/** A place that this order can have given: what is compared with a number or a time must be one. */
export function isExceptionPlace({ sort }: ExceptionOrder, [value = '', id = '']: readonly string[]): boolean {
  const fits = { bigint: /^\d{1,18}$/, timestamptz: /^[-0-9:. ]{10,30}\+00$/, numeric: /^-?[\d.]{1,60}$/ };
  return fits[EXCEPTION_SORTS[sort].type].test(value) && /^\d{1,18}$/.test(id);
}

/** The newest first. */
export async function listExceptions(
  db: Queryable,
  tenant: string,
  filter: ExceptionFilter,
  page: PageRequest,
): Promise<ExceptionView[]> {
  return (await pageOfExceptions(db, tenant, filter, page)).map(({ place: _, ...exception }) => exception);
}

export async function pageOfExceptions(
  db: Queryable,
  tenant: string,
  filter: ExceptionFilter,
  { limit, after }: PageRequest,
  order: ExceptionOrder = NEWEST_FIRST,
): Promise<ListedException[]> {
  const values: unknown[] = [tenant];
  const given = (value: unknown) => `$${values.push(value)}`;
  const { by, type } = EXCEPTION_SORTS[order.sort];
  const conditions = conditionsOf(filter, given);
  if (after !== undefined) {
    const compares = order.descending ? '<' : '>';
    conditions.push(`(${by}, x.id) ${compares} (${given(after[0])}::${type}, ${given(after[1])}::bigint)`);
  }
  const way = order.descending ? 'desc' : 'asc';
  const sorted = `${by} ${way}, x.id ${way}`;
  const { rows } = await db.query(
    // First which rows, then how they read.
    `select ${COLUMNS}, (${by})::text as place
       from (select * from lading.exception x where ${['x.tenant = $1', ...conditions].join(' and ')}
              order by ${sorted} limit ${given(limit + 1)}) as x
      order by ${sorted}`,
    values,
  );
  return rows.map(({ place, ...row }) => ({ ...viewFrom(row), place: [place, row.id] }));
}

function viewFrom({ minor, currency, ...row }: Record<string, string | null>): ExceptionView {
  const view = withoutNulls<ExceptionView>(row);
  if (minor == null || currency == null) return view;
  return { ...view, stake: { amount: formatMinor(BigInt(minor), currency), currency } };
}

type Given = (value: unknown) => string;

// Only what was asked for is in the statement: each combination is planned for itself.
function conditionsOf(filter: ExceptionFilter, given: Given): string[] {
  const equal = (['kind', 'subject', 'owner', 'shipment', 'customer'] as const).flatMap((column) =>
    filter[column] === undefined ? [] : [`x.${column} = ${given(filter[column])}`],
  );
  const { subjects, shipments, state, message, assignee, dueBefore, search } = filter;
  return [
    ...equal,
    ...(subjects === undefined ? [] : [`x.subject = any(${given(subjects)}::text[])`]),
    ...(shipments === undefined ? [] : [`x.shipment = any(${given(shipments)}::text[])`]),
    ...(state === undefined ? [] : [`x.closed_at is ${state === 'open' ? '' : 'not '}null`]),
    ...(message === undefined ? [] : [`x.message_id = ${given(message)}::bigint`]),
    ...(assignee === undefined ? [] : [assignee === '' ? 'x.assignee is null' : `x.assignee = ${given(assignee)}`]),
    ...(dueBefore === undefined
      ? []
      : [`x.closed_at is null and x.due_at < to_timestamp(${given(dueBefore)}::float8 / 1000)`]),
    ...(search === undefined ? [] : [searched(search, given)]),
  ];
}

const MOST_FOUND = 10_000;

// Comparing is all that the tables' guard lets an index do, so the text is tried as it may be written.
function searched(text: string, given: Given): string {
  const ways = [...new Set([text, text.toUpperCase(), text.toLowerCase()])];
  const begins = (column: string) =>
    ways
      .map((way) => `(${column} collate "C" >= ${given(way)} and ${column} collate "C" < ${given(`${way}\u{10ffff}`)})`)
      .join(' or ');
  return `x.id in (
    (select id from lading.exception where tenant = $1 and (${begins('subject')}) limit ${MOST_FOUND})
    union all
    (select e.id from lading.exception e where e.tenant = $1 and e.shipment in (
       select shipment from lading.reference where tenant = $1 and (${begins('value')}) limit ${MOST_FOUND}))
    union all
    (select e.id from lading.exception e where e.tenant = $1 and e.shipment in (
       select shipment from lading.shipment_listing where tenant = $1 and (${begins('shipment')}) limit ${MOST_FOUND})))`;
}

export async function findException(db: Queryable, tenant: string, id: string): Promise<ExceptionView | undefined> {
  const { rows } = await db.query(
    `select ${COLUMNS} from lading.exception x where x.tenant = $1 and x.id = $2::bigint`,
    [tenant, id],
  );
  return rows[0] === undefined ? undefined : viewFrom(rows[0]);
}

export type ExceptionCount = {
  readonly kind: string;
  readonly owner: string;
  readonly open: number;
  readonly overdue: number;
  /** Given to `me`. */
  readonly mine: number;
};

/** What is open, by kind. */
export async function countExceptions(
  db: Queryable,
  tenant: string,
  me: string,
  now: Instant,
): Promise<ExceptionCount[]> {
  const { rows } = await db.query<ExceptionCount>(
    `select kind, owner, count(*)::int as open,
            (count(*) filter (where due_at < to_timestamp($3::float8 / 1000)))::int as overdue,
            (count(*) filter (where assignee = $2))::int as mine
       from lading.exception where tenant = $1 and closed_at is null group by kind, owner order by kind, owner`,
    [tenant, me, now],
  );
  return rows;
}
