// One adjustment: the difference, its cause in words, the facts behind it; approve it, or refuse it with a reason.
import { Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client.ts';
import { useMay } from '../../session/use-session.ts';
import { chargeName } from '../../shared/charge-names.ts';
import { Evidence } from '../../shared/evidence.tsx';
import { type Explained, explained } from '../../shared/explanation.ts';
import { ReasonDialog } from '../../shared/reason-dialog.tsx';
import { FaultView, Loading } from '../../shared/states.tsx';
import { Steps } from '../../shared/steps.tsx';
import { moneyText } from '../../shared/text.tsx';
import { useAct } from '../../shared/use-act.ts';

type Shipment = Explained<'shipment'>;
type Props = { readonly id: string; readonly shipment: string };

export function Adjustment({ id, shipment }: Props) {
  const may = useMay();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['shipments', 'one', shipment],
    queryFn: () => explained('shipment', `shipment:${shipment}`),
  });
  if (isPending) return <Loading what="what it is for" />;
  if (error !== null) return <FaultView error={error} again={() => void refetch()} />;
  const byHand = data.byHand.filter(({ standing }) => standing === 'waits for approval');
  return (
    <Stack gap="xs" pb="xs">
      {data.awaitingApproval.map((document) => (
        <Difference key={`${document.kind} ${document.currency}`} document={document} of={data} />
      ))}
      {byHand.map(({ event, entry, code, amount, currency, reason, sender }) => (
        <Text key={event} size="sm">
          By hand: {entry.replaceAll('-', ' ')} of {moneyText(amount, currency)} for {chargeName(code)}, by {sender}:{' '}
          {reason}
        </Text>
      ))}
      {may('exceptions:approve') && <Acts id={id} />}
    </Stack>
  );
}

type DifferenceProps = { readonly document: Shipment['awaitingApproval'][number]; readonly of: Shipment };

function Difference({ document: { kind, currency, total, corrects, lines }, of }: DifferenceProps) {
  const [was, will] = kind === 'credit-note' ? ['less', 'given back'] : ['more', 'billed'];
  return (
    <div>
      <Text size="sm" fw={600}>
        {kind.replaceAll('-', ' ')}
        {corrects === undefined ? '' : ` to ${corrects}`}: {moneyText(total, currency)} {was}, {will} when approved
      </Text>
      {lines.map(({ code, amount, description, derivation }) => (
        <div key={`${code} ${description} ${amount}`}>
          <Text size="sm" mt={4}>
            {chargeName(code)}: {moneyText(amount, currency)} {was}
            {beforeText(of, code, currency)}
          </Text>
          <Steps steps={derivation} />
          <Evidence shipment={of.shipment} code={code} side="sell" />
        </div>
      ))}
    </div>
  );
}

// What is on documents of it already, each with its number.
function beforeText({ invoices }: Shipment, code: string, currency: string): string {
  const billed = invoices.flatMap(({ number, kind, lines, currency: in_ }) =>
    in_ !== currency
      ? []
      : lines
          .filter((line) => line.code === code)
          .map(({ amount }) => `${kind === 'credit-note' ? '−' : ''}${moneyText(amount, currency)} on ${number}`),
  );
  return billed.length === 0 ? '; nothing of it is invoiced so far' : `; invoiced so far: ${billed.join(', ')}`;
}

function Acts({ id }: { readonly id: string }) {
  const { act, isBusy } = useAct(['exceptions', 'shipments', 'invoices']);
  const [isRefusing, refusing] = useDisclosure();
  const path = { id };
  const approve = () =>
    act(api.POST('/v1/exceptions/{id}/approve', { params: { path } }), ({ documents, entries }) =>
      documents.length > 0
        ? `Approved: ${documents.join(', ')}`
        : `Approved${entries.length > 0 ? ': it counts now' : ''}`,
    );
  const refuse = async (reason: string) => {
    const asked = api.POST('/v1/exceptions/{id}/refuse', { params: { path }, body: { reason } });
    const done = await act(asked, ({ waived }) =>
      waived.length > 0 ? `Refused: ${waived.join(', ')} waived` : 'Refused: it never counts',
    );
    if (done !== undefined) refusing.close();
  };
  return (
    <Group gap="xs" className="no-print">
      <Button size="sm" loading={isBusy && !isRefusing} onClick={() => void approve()}>
        Approve
      </Button>
      <Button size="sm" variant="default" onClick={refusing.open}>
        Refuse…
      </Button>
      <ReasonDialog
        title="Refuse this adjustment"
        says="The differences that wait now are waived and not asked for again."
        does="Refuse it"
        isOpen={isRefusing}
        isBusy={isBusy}
        close={refusing.close}
        submit={(reason) => void refuse(reason)}
      />
    </Group>
  );
}
