// The keys there are: of the whole console, and of the page that is open.
import { Kbd, Modal, Table } from '@mantine/core';
import type { navigation } from '../pages/all.ts';
import type { PageKey } from '../shared/page-keys.ts';

type Props = {
  readonly pageKeys: readonly PageKey[];
  readonly reachable: typeof navigation;
  readonly close: () => void;
};

export default function KeysDialog({ pageKeys, reachable, close }: Props) {
  return (
    <Modal opened onClose={close} title="Keys" closeButtonProps={{ 'aria-label': 'Close' }}>
      <Table>
        <Table.Tbody>
          <Row keys={['?']} does="shows this" />
          <Row keys={['/']} does="searches the list" />
          {pageKeys.map(({ key, does }) => (
            <Row key={key} keys={[key]} does={does} />
          ))}
          {reachable.map(({ path, nav }) => (
            <Row key={path} keys={['g', nav.key as string]} does={`goes to ${nav.label}`} />
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}

function Row({ keys, does }: { readonly keys: readonly string[]; readonly does: string }) {
  return (
    <Table.Tr>
      <Table.Td>
        {keys.map((key) => (
          <Kbd key={key} mr={4}>
            {key}
          </Kbd>
        ))}
      </Table.Td>
      <Table.Td>{does}</Table.Td>
    </Table.Tr>
  );
}
