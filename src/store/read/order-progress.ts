// How far orders are, read for the outcome: what is planned, delivered and invoiced of each line.
import type { Order } from '../../model/shipment.ts';
import type { Queryable } from '../database.ts';

/** Every order as it now stands, by number and customer. */
export async function ordersPlaced(client: Queryable, tenant: string): Promise<Order[]> {
  const { rows } = await client.query<{ data: string }>(
    `select data from lading.customer_order where tenant = $1 order by "order" collate "C", customer collate "C"`,
    [tenant],
  );
  return rows.map(({ data }) => JSON.parse(data) as Order);
}

/** Decimal texts; `invoiced` is what the ERP holds, net of credit notes. */
export type OrderQuantity = {
  readonly order: string;
  readonly customer: string;
  readonly line: number;
  readonly planned: string;
  readonly delivered: string;
  readonly invoiced: string;
};

/** `numbers`: of these orders alone, of whatever customer. */
export async function orderQuantities(
  client: Queryable,
  tenant: string,
  numbers?: readonly string[],
): Promise<OrderQuantity[]> {
  const among = (column: string) => (numbers === undefined ? '' : `and ${column} = any($2::text[])`);
  const { rows } = await client.query<OrderQuantity>(
    `with held as (
       select "order", customer, line,
              sum(planned::numeric) filter (where status <> 'cancelled') as planned,
              sum(kept::numeric) filter (where status = 'delivered') as delivered
         from lading.order_claim where tenant = $1 ${among('"order"')} group by "order", customer, line),
     billed as (
       select l."order", i.customer, l.line,
              sum(case i.kind when 'credit-note' then -1 else 1 end * l.quantity_delta::numeric) as invoiced
         from lading.invoice_line l join lading.invoice i using (tenant, number)
        where l.tenant = $1 and l."order" is not null and i.state = 'posted' ${among('l."order"')}
        group by l."order", i.customer, l.line)
     select "order", customer, line, coalesce(planned, 0)::text as planned, coalesce(delivered, 0)::text as delivered,
            coalesce(invoiced, 0)::text as invoiced
       from held full join billed using ("order", customer, line)`,
    numbers === undefined ? [tenant] : [tenant, numbers],
  );
  return rows;
}
