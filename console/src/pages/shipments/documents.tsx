// What was attached to it: proofs of delivery and others, each shown here where a browser can show it safely.
import { Anchor, Button, Group, Image, Modal, Text } from '@mantine/core';
import { IconFileText } from '@tabler/icons-react';
import { useState } from 'react';
import { LinkTo } from '../../shared/link-to.tsx';
import { PartnerName } from '../../shared/partner-name.tsx';
import { Section } from '../../shared/section.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';
import { Empty } from '../../shared/states.tsx';
import { Time } from '../../shared/text.tsx';
import type { ExplainedDocument } from './explained.ts';

const NAMES: Readonly<Record<string, string>> = {
  pod: 'Proof of delivery',
  bol: 'Bill of lading',
  'export-release': 'Export release',
  customs: 'Customs document',
  other: 'Document',
};

type Props = { readonly shipment: string; readonly documents: readonly ExplainedDocument[] };

export function Documents({ shipment, documents }: Props) {
  const [shown, show] = useState<ExplainedDocument>();
  return (
    <Section title="Documents" id="documents" count={documents.length}>
      {documents.length === 0 && <Empty says="No document has come yet." />}
      {documents.map((document) => (
        <Group key={document.event} justify="space-between" gap="xs" py={4}>
          <div>
            <Text size="sm" fw={600} span>
              {nameOf(document)}
            </Text>{' '}
            {!document.heard && <StateBadge state="not heard" />}
            <Text size="sm" c="dimmed">
              from <PartnerName id={document.sender} name={document.senderName} />, <Time at={document.reportedAt} />
              {document.signedBy !== undefined && `, signed by ${document.signedBy}`}
            </Text>
          </div>
          <Group gap="xs" className="no-print">
            {document.message !== undefined && (
              <LinkTo kind="messages" id={document.message}>
                message {document.message}
              </LinkTo>
            )}
            <Opener document={document} show={show} />
          </Group>
        </Group>
      ))}
      <Modal
        opened={shown !== undefined}
        onClose={() => show(undefined)}
        title={shown && nameOf(shown)}
        size="xl"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        {shown !== undefined && <Viewer shipment={shipment} document={shown} />}
      </Modal>
    </Section>
  );
}

function Opener({
  document,
  show,
}: {
  readonly document: ExplainedDocument;
  readonly show: (it: ExplainedDocument) => void;
}) {
  if (document.isKept) {
    return (
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconFileText size={16} aria-hidden />}
        onClick={() => show(document)}
      >
        View
      </Button>
    );
  }
  // Only where it lies outside is known; nothing but the web is followed.
  if (document.url === undefined || !/^https?:\/\//i.test(document.url))
    return <Text size="sm">No content came with it</Text>;
  return (
    <Anchor href={document.url} target="_blank" rel="noreferrer noopener" size="sm">
      Open outside
    </Anchor>
  );
}

function Viewer({ shipment, document }: { readonly shipment: string; readonly document: ExplainedDocument }) {
  const address = `/v1/shipments/${encodeURIComponent(shipment)}/documents/${document.event}`;
  const { mediaType = '' } = document;
  const name = `${nameOf(document)} of shipment ${shipment}`;
  return (
    <>
      {/^image\/(png|jpeg|gif|webp)/.test(mediaType) && <Image src={address} alt={name} fit="contain" mah="70dvh" />}
      {/^(application\/pdf|text\/plain)/.test(mediaType) && (
        <iframe src={address} title={name} className="document-frame" />
      )}
      <Group justify="flex-end" mt="sm">
        <Anchor href={address} download={`${document.kind}-${shipment}`} size="sm">
          Save it
        </Anchor>
      </Group>
    </>
  );
}

function nameOf({ kind }: ExplainedDocument): string {
  return NAMES[kind] ?? kind;
}
