// Billing: where the money is on its way, and behind each figure the list it is made of. The view is in the address.
import { Stack, Tabs } from '@mantine/core';
import { useMay } from '../../session/use-session.ts';
import { EnterCharge } from '../../shared/enter-charge.tsx';
import { PageTitle } from '../../shared/page-title.tsx';
import { useFilters } from '../../shared/use-filters.ts';
import { Adjustments } from './adjustments.tsx';
import { Collections } from './collections.tsx';
import { InvoiceList } from './invoice-list.tsx';
import { Receivables } from './receivables.tsx';
import { Standing } from './standing.tsx';
import { UnbilledShipments } from './unbilled-shipments.tsx';

const VIEWS = [
  ['invoices', 'Invoices'],
  ['due', 'Due'],
  ['waiting', 'Waiting for the period'],
  ['held', 'Held'],
  ['adjustments', 'To approve'],
  ['receivables', 'Receivables'],
  ['collections', 'Overdue'],
] as const;
type View = (typeof VIEWS)[number][0];

export default function Billing() {
  const may = useMay();
  const [filters, , showOnly] = useFilters();
  const view = VIEWS.find(([name]) => name === filters.view)?.[0] ?? 'invoices';
  return (
    <Stack gap="md">
      <PageTitle title="Billing" actions={may('charges:write') && <EnterCharge />} />
      <Standing />
      <Tabs
        value={view}
        onChange={(wanted) => showOnly({ view: wanted === 'invoices' ? undefined : (wanted ?? undefined) })}
        keepMounted={false}
      >
        <Tabs.List aria-label="Views of billing" mb="sm">
          {VIEWS.map(([name, label]) => (
            <Tabs.Tab key={name} value={name}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={view}>
          <Shown view={view} />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}

function Shown({ view }: { readonly view: View }) {
  switch (view) {
    case 'invoices':
      return <InvoiceList />;
    case 'due':
      return <UnbilledShipments key={view} billing="ready" empty="Nothing is decided that the ERP does not have." />;
    case 'waiting':
      return <UnbilledShipments key={view} billing="waiting" empty="Nothing waits for the end of its period." />;
    case 'held':
      return <UnbilledShipments key={view} billing="held" empty="Nothing is held." />;
    case 'adjustments':
      return <Adjustments />;
    case 'receivables':
      return <Receivables />;
    case 'collections':
      return <Collections />;
  }
}
