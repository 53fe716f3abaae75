// What the list of shipments shows of each. What a role does not see is not in the answer, and then not in the list.
import type { components } from '../../api/types.ts';
import type { Column } from '../../shared/columns.ts';
import { LinkTo } from '../../shared/link-to.tsx';
import { amountsText, MoneyCell, Nothing } from '../../shared/money-cell.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';
import { When } from '../../shared/when.tsx';

export type Shipment = components['schemas']['Shipment'];

export function columnsFor(
  may: (right: 'charges:read' | 'costs:read' | 'exceptions:read') => boolean,
  isPartner: boolean,
) {
  return [
    SHIPMENT,
    CUSTOMER,
    STATUS,
    ...(isPartner ? [] : [BILLING]),
    ...(may('exceptions:read') ? [EXCEPTIONS] : []),
    FROM,
    TO,
    PICKUP,
    DELIVERY,
    CARRIER,
    ...(may('charges:read') ? [REVENUE] : []),
    ...(may('costs:read') ? [COST] : []),
  ];
}

const SHIPMENT: Column<Shipment> = {
  name: 'Shipment',
  sort: 'shipment',
  cell: ({ shipment }) => <LinkTo kind="shipments" id={shipment} />,
  text: ({ shipment }) => shipment,
};
const CUSTOMER: Column<Shipment> = {
  name: 'Customer',
  sort: 'customer',
  wideOnly: true,
  cell: ({ customer, customerName }) => customerName ?? customer,
  text: ({ customer, customerName }) => customerName ?? customer,
};
const STATUS: Column<Shipment> = {
  name: 'Status',
  sort: 'status',
  cell: ({ status }) => <StateBadge state={status} />,
  text: ({ status }) => status,
};
const BILLING: Column<Shipment> = {
  name: 'Billing',
  sort: 'billing',
  cell: ({ billing }) => <StateBadge state={billing} />,
  text: ({ billing }) => billing,
};
const EXCEPTIONS: Column<Shipment> = {
  name: 'Exceptions',
  wideOnly: true,
  align: 'right',
  cell: ({ openExceptions = 0 }) =>
    openExceptions === 0 ? <Nothing /> : <span className="badge">{openExceptions}</span>,
  text: ({ openExceptions }) => String(openExceptions ?? ''),
};
const FROM: Column<Shipment> = {
  name: 'From',
  sort: 'origin',
  wideOnly: true,
  cell: ({ origin }) => origin ?? <Nothing />,
  text: ({ origin }) => origin,
};
const TO: Column<Shipment> = {
  name: 'To',
  sort: 'destination',
  wideOnly: true,
  cell: ({ destination }) => destination ?? <Nothing />,
  text: ({ destination }) => destination,
};
const PICKUP: Column<Shipment> = {
  name: 'Pickup',
  sort: 'pickup',
  wideOnly: true,
  cell: ({ pickedUpAt, plannedPickupAt }) => <When actual={pickedUpAt} planned={plannedPickupAt} />,
  text: ({ pickedUpAt, plannedPickupAt }) => pickedUpAt ?? plannedPickupAt,
};
const DELIVERY: Column<Shipment> = {
  name: 'Delivery',
  sort: 'delivery',
  wideOnly: true,
  cell: ({ deliveredAt, plannedDeliveryAt }) => <When actual={deliveredAt} planned={plannedDeliveryAt} />,
  text: ({ deliveredAt, plannedDeliveryAt }) => deliveredAt ?? plannedDeliveryAt,
};
const CARRIER: Column<Shipment> = {
  name: 'Carrier',
  sort: 'carrier',
  wideOnly: true,
  cell: ({ carrier, carrierName }) => carrierName ?? carrier ?? <Nothing />,
  text: ({ carrier, carrierName }) => carrierName ?? carrier,
};
const REVENUE: Column<Shipment> = {
  name: 'Charged',
  align: 'right',
  wideOnly: true,
  cell: ({ revenue }) => <MoneyCell amounts={revenue} />,
  text: ({ revenue }) => amountsText(revenue),
};
const COST: Column<Shipment> = {
  name: 'Cost',
  align: 'right',
  wideOnly: true,
  cell: ({ cost }) => <MoneyCell amounts={cost} />,
  text: ({ cost }) => amountsText(cost),
};
