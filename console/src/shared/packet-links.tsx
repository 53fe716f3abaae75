// The signed proof of a document: as a page to read and print, or as JSON to verify.
import { Button, Menu } from '@mantine/core';
import { IconFileCertificate } from '@tabler/icons-react';

/** `of`: as `/v1/packets` names it: `S-1-1`, `rdwy/R-77`. */
export function PacketLinks({ of }: { readonly of: string }) {
  const address = `/v1/packets/${encodeURIComponent(of)}`;
  const save = async () => {
    const answer = await fetch(address, { headers: { accept: 'application/json' } });
    const url = URL.createObjectURL(await answer.blob());
    Object.assign(document.createElement('a'), {
      href: url,
      download: `${of.replaceAll('/', '-')}.packet.json`,
    }).click();
    URL.revokeObjectURL(url);
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconFileCertificate size={16} aria-hidden />}>
          Proof
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component="a" href={address} target="_blank">
          Read it as a page
        </Menu.Item>
        <Menu.Item onClick={() => void save()}>Download it, signed</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
