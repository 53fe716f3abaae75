// What a charge is called, and softly its code.
import { Text } from '@mantine/core';
import { chargeName } from './charge-names.ts';

export function ChargeName({ code }: { readonly code: string }) {
  return (
    <Text span size="sm">
      {chargeName(code)}{' '}
      <Text span size="xs" c="dimmed">
        {code}
      </Text>
    </Text>
  );
}
