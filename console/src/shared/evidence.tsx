// The facts that a charge rests on, each with the message that brought it; asked for when it is looked at.
import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { explained } from './explanation.ts';
import { RestsOn } from './rests-on.tsx';
import { FaultView } from './states.tsx';

type Props = { readonly shipment: string; readonly code: string; readonly side: 'sell' | 'buy' };

export function Evidence({ shipment, code, side }: Props) {
  const ref = `charge:${shipment}/${code}`;
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['shipments', 'charge', ref],
    queryFn: () => explained('charge', ref),
  });
  if (isPending) return <Text size="sm">Looking for what it rests on…</Text>;
  if (error !== null) return <FaultView error={error} again={() => void refetch()} />;
  const own = data.charges.filter((charge) => charge.side === side);
  const agreements = new Set(own.map(({ agreement, lane }) => agreement && nameOf(agreement, lane)));
  const facts = own.flatMap(({ restsOn }) => restsOn);
  return (
    <Text size="sm" component="div" pb="xs">
      {/* What is expected of a carrier begins with it already. */}
      {side === 'sell' && [...agreements].map((name) => name && <div key={name}>{name}</div>)}
      {facts.length === 0 ? 'Nothing is charged under it now.' : 'Rests on'}
      <RestsOn facts={facts} />
    </Text>
  );
}

function nameOf({ id, version }: { readonly id: string; readonly version: number }, lane: string | undefined): string {
  return `By agreement ${id}, version ${version}${lane === undefined ? '' : `, lane ${lane}`}`;
}
