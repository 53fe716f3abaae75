// What was disputed with each carrier, and what came back.
import { Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { answered, api } from '../../api/client.ts';
import { PartnerName } from '../../shared/partner-name.tsx';
import { PlainTable, toTheRight } from '../../shared/plain-table.tsx';
import { Reveal } from '../../shared/reveal.tsx';
import { FaultView } from '../../shared/states.tsx';
import { countText, Money, moneyText } from '../../shared/text.tsx';

export function Recovery() {
  const { data, error, refetch } = useQuery({
    queryKey: ['carrier-invoices', 'totals'],
    queryFn: () => answered(api.GET('/v1/carrier-disputes/totals')),
  });
  if (error !== null) return <FaultView error={error} again={() => void refetch()} />;
  const totals = data?.totals ?? [];
  if (totals.length === 0) return null;
  const recovered = totals.map(({ carrier, carrierName = carrier, currency, recovered: back, disputed }) => ({
    ...{ carrier: carrierName, currency, back, disputed },
  }));
  const [first] = recovered;
  const says =
    recovered.length === 1 && first !== undefined
      ? `${moneyText(first.back, first.currency)} of ${moneyText(first.disputed, first.currency)} disputed came back`
      : `Disputes with carriers: what came back, by carrier`;
  return (
    <Reveal
      line={
        <Text span size="sm" fw={600}>
          {says}
        </Text>
      }
    >
      <PlainTable
        label="Recovery by carrier"
        minWidth={560}
        heads={['Carrier', ...toTheRight('Disputes', 'Disputed', 'Not settled', 'Recovered', 'Written off')]}
      >
        {totals.map(({ carrier, carrierName, currency, disputes, disputed, open, recovered: back, writtenOff }) => (
          <Table.Tr key={`${carrier} ${currency}`}>
            <Table.Td>
              <PartnerName id={carrier} name={carrierName} />
            </Table.Td>
            <Table.Td ta="right">{countText(disputes)}</Table.Td>
            {Object.entries({ disputed, open, back, writtenOff }).map(([name, amount]) => (
              <Table.Td key={name} ta="right">
                <Money amount={amount} currency={currency} />
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </PlainTable>
    </Reveal>
  );
}
