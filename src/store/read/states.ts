// What fuel prices, orders and rules said at what time: every state of each, from when it was known until it was replaced.
//
// A state that came as an event was known from the event's recording on, one that was imported from its import on.
import type { Order } from '../../model/shipment.ts';
import type { Instant, LocalDate } from '../../model/time.ts';
import type { Queryable } from '../database.ts';

/** Epoch milliseconds UTC; without `until`, it is what is known now. */
export type Held = { readonly from: Instant; readonly until?: Instant };
export type HeldFuelPrice = Held & { readonly index: string; readonly effective: LocalDate; readonly price: string };
export type HeldOrder = Held & { readonly order: Order };

/** A version of a rule as it was imported. */
export type HeldRule = Held & { readonly id: string; readonly version: number; readonly content: unknown };

const MOST_STATES = 5_000;

const KNOWN_FROM = `round(extract(epoch from coalesce(
  (select e.recorded_at from lading.event e where e.tenant = s.tenant and e.id = s.event_id), s.reported_at)) * 1000)::float8`;

/** Each week's in order; of an index with thousands of corrections the newest. */
export async function fuelPricesHeld(
  db: Queryable,
  tenant: string,
  indexes: readonly string[],
): Promise<HeldFuelPrice[]> {
  if (indexes.length === 0) return [];
  const { rows } = await db.query<Omit<HeldFuelPrice, 'until'>>(
    `select index, effective::text, price, ${KNOWN_FROM} as "from"
       from (select tenant, index, effective, position, price, reported_at, event_id from lading.fuel_price_before
             union all
             select tenant, index, effective, 2147483647, price, reported_at, event_id from lading.fuel_price) as s
      where tenant = $1 and index = any($2::text[])
      order by effective desc, index, position desc limit $3`,
    [tenant, indexes, MOST_STATES],
  );
  return inTurn(rows.reverse(), ({ index, effective }) => `${index} ${effective}`);
}

/** Of one customer's orders, each order's in turn. */
export async function ordersHeld(
  db: Queryable,
  tenant: string,
  customer: string,
  numbers: readonly string[],
): Promise<HeldOrder[]> {
  if (numbers.length === 0) return [];
  const { rows } = await db.query<{ data: string; from: Instant }>(
    `select data, ${KNOWN_FROM} as "from"
       from (select tenant, "order", customer, position, data, reported_at, event_id from lading.customer_order_before
             union all
             select tenant, "order", customer, 2147483647, data, reported_at, event_id from lading.customer_order) as s
      where tenant = $1 and customer = $2 and "order" = any($3::text[])
      order by "order" desc, position desc limit $4`,
    [tenant, customer, numbers, MOST_STATES],
  );
  const states = rows.reverse().map(({ data, from }) => ({ order: JSON.parse(data) as Order, from }));
  return inTurn(states, ({ order }) => order.order);
}

/** Each rule's versions in turn; of one with thousands the newest. */
export async function ruleVersionsHeld(
  db: Queryable,
  tenant: string,
  kind: 'partner' | 'policy',
  ids: readonly string[],
): Promise<HeldRule[]> {
  if (ids.length === 0) return [];
  const { rows } = await db.query<Omit<HeldRule, 'until'>>(
    `select id, version, content, round(extract(epoch from imported_at) * 1000)::float8 as "from"
       from lading.rule_version where tenant = $1 and kind = $2 and id = any($3::text[])
      order by id desc, version desc limit $4`,
    [tenant, kind, ids, MOST_STATES],
  );
  return inTurn(rows.reverse(), ({ id }) => id);
}

function inTurn<State extends { readonly from: Instant }>(
  states: readonly State[],
  keyOf: (state: State) => string,
): (State & Held)[] {
  return states.map((state, at) => {
    const next = states[at + 1];
    const isReplaced = next !== undefined && keyOf(next) === keyOf(state);
    return isReplaced ? { ...state, until: next.from } : state;
  });
}
