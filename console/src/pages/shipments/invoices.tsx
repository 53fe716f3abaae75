// Its invoices and credit notes, and the life of each in the outside systems.
import { Group, Text } from '@mantine/core';
import { chargeName } from '../../shared/charge-names.ts';
import { EffectLife } from '../../shared/effect-life.tsx';
import { LinkTo } from '../../shared/link-to.tsx';
import { Reveal } from '../../shared/reveal.tsx';
import { Section } from '../../shared/section.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';
import { Empty } from '../../shared/states.tsx';
import { Steps } from '../../shared/steps.tsx';
import { Money, moneyText, Time } from '../../shared/text.tsx';
import type { ExplainedInvoice } from './explained.ts';

type Props = { readonly invoices: readonly ExplainedInvoice[]; readonly shipment: string };

export function Invoices({ invoices, shipment }: Props) {
  return (
    <Section title="Invoices" id="invoices" count={invoices.length}>
      {invoices.length === 0 && <Empty says="It is on no invoice yet." />}
      {invoices.map((invoice) => (
        <div key={invoice.number}>
          <Reveal line={<InvoiceLine invoice={invoice} />}>
            <Lines invoice={invoice} shipment={shipment} />
          </Reveal>
          <div className="reveal-body">
            {invoice.effects.map((effect) => (
              <EffectLife key={effect.key} effect={effect} />
            ))}
          </div>
        </div>
      ))}
    </Section>
  );
}

function InvoiceLine({ invoice }: { readonly invoice: ExplainedInvoice }) {
  const { number, kind, state, total, currency, decidedAt, postedAt, erpNumber, corrects } = invoice;
  return (
    <Group justify="space-between" gap="xs">
      <Group gap="xs">
        <Text span size="sm" fw={600} className="mono">
          {number}
        </Text>
        <Text span size="sm">
          {kind.replaceAll('-', ' ')}
          {corrects === undefined ? '' : ` to ${corrects}`}
        </Text>
        <StateBadge state={state} />
        <Text span size="sm" c="dimmed">
          <Time at={postedAt ?? decidedAt} />
          {erpNumber === undefined ? '' : `, ${erpNumber} in the ERP`}
        </Text>
      </Group>
      <Text span size="sm" fw={600}>
        <Money amount={total} currency={currency} />
      </Text>
    </Group>
  );
}

function Lines({ invoice, shipment }: { readonly invoice: ExplainedInvoice; readonly shipment: string }) {
  const { number, lines, currency, shipments } = invoice;
  const own = lines.filter((line) => line.shipment === shipment);
  return (
    <>
      {own.map(({ code, amount, tax, description, derivation }) => (
        <div key={`${code} ${description} ${amount}`}>
          <Text size="sm">
            {chargeName(code)}: {moneyText(amount, currency)}
            {/^0(\.0+)?$/.test(tax) ? '' : `, tax ${moneyText(tax, currency)}`}
          </Text>
          <Steps steps={derivation} />
        </div>
      ))}
      <Text size="sm" mb="xs">
        <LinkTo kind="invoices" id={number}>
          The whole invoice{shipments.length > 1 ? `, with ${shipments.length - 1} more shipments` : ''}
        </LinkTo>
      </Text>
    </>
  );
}
