// Orders: how far each line is, and what an order came to.

import { Type } from 'typebox';
import { landedCosts } from '../../insight/landed-cost.ts';
import { orderReports, orderSummaries } from '../../insight/order-report.ts';
import { partnersNamed } from '../../insight/partner-names.ts';
import { LandedCostReport } from '../../model/landed-cost.ts';
import { Identifier } from '../../model/text.ts';
import { listOrders, ORDER_SORTS, type OrderSort } from '../../store/read/orders.ts';
import { type ApiApp, boundTo, foundOr404 } from '../app.ts';
import type { ApiHub } from '../hub.ts';
import { ORDER_STATUSES, OrderDetail, OrderSummary } from '../order-schemas.ts';
import { bothWays, cursorOf, PageOf, PageQuery, pageRequest, SearchText, sortFrom } from '../paging.ts';
import { Query } from '../schemas.ts';

const optional = Type.Optional;
const tags = ['Orders'];
const params = Type.Object({ order: Identifier });
const ofCustomer = Query({ customer: optional(Identifier) });
const ONE_A_CUSTOMER = 'An order is its customer’s: one item for each customer that uses the number.';

export function orderRoutes(app: ApiApp, { context, store }: ApiHub): void {
  app.get('/v1/orders', {
    config: { allows: 'orders:read', problems: ['invalid-cursor'] },
    schema: {
      tags,
      operationId: 'listOrders',
      summary: 'Orders, and how far each is',
      description:
        '`status` is found out order by order: a page may hold fewer than `limit`, even none, and `next` leads on.',
      querystring: Query({
        ...PageQuery,
        customer: optional(Identifier),
        status: optional(Type.Enum(ORDER_STATUSES)),
        search: optional(SearchText),
        sort: optional(Type.Enum(bothWays(Object.keys(ORDER_SORTS)), { default: 'order' })),
      }),
      response: { 200: PageOf(OrderSummary) },
    },
    async handler(request) {
      const { limit, cursor, status, sort: wanted = 'order', search } = request.query;
      const { sort, descending } = sortFrom(wanted);
      const list = `orders ${wanted}`;
      const page = pageRequest(list, { limit, cursor }, 3);
      const rules = await context.rules.current(store);
      const text = search?.trim() ?? '';
      const filter = {
        customer: boundTo(request) ?? request.query.customer,
        ...(text === '' ? {} : { search: { text, partners: partnersNamed(rules, text) } }),
      };
      const rows = await listOrders(store, store.tenant, { filter, sort: sort as OrderSort, descending, page });
      const shown = rows.slice(0, page.limit);
      const orders = shown.map(({ order }) => order);
      const items = await orderSummaries(store, store.tenant, rules, orders);
      const last = rows.length > page.limit ? shown.at(-1) : undefined;
      return {
        items: status === undefined ? items : items.filter((item) => item.status === status),
        ...(last === undefined ? {} : { next: cursorOf(list, last.place) }),
      };
    },
  });

  app.get('/v1/orders/:order', {
    config: { allows: 'orders:read', problems: ['not-found'] },
    schema: {
      tags,
      operationId: 'getOrder',
      summary: 'An order: each line ordered, planned, delivered, invoiced, and by what',
      description: ONE_A_CUSTOMER,
      params,
      querystring: ofCustomer,
      response: { 200: Type.Object({ items: Type.Array(OrderDetail) }) },
    },
    async handler(request) {
      const { order } = request.params;
      const customer = boundTo(request) ?? request.query.customer;
      const rules = await context.rules.current(store);
      const items = await orderReports(store, store.tenant, rules, { order, customer });
      return { items: foundOr404(items.length > 0 ? items : undefined, `there is no order ${order} to be seen`) };
    },
  });

  app.get('/v1/orders/:order/landed-cost', {
    config: { allows: 'costs:read', problems: ['not-found'] },
    schema: {
      tags,
      operationId: 'getLandedCost',
      summary: 'What an order’s goods came to: price, freight, duty and customs, by line',
      description: ONE_A_CUSTOMER,
      params,
      querystring: ofCustomer,
      response: { 200: Type.Object({ items: Type.Array(LandedCostReport) }) },
    },
    async handler(request) {
      const { order } = request.params;
      const items = await landedCosts(context, order, request.query.customer);
      return { items: foundOr404(items.length > 0 ? items : undefined, `nobody placed an order ${order}`) };
    },
  });
}
