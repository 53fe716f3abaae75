// A role, and for those bound to one partner, which.
import { NativeSelect, TextInput } from '@mantine/core';
import type { components } from '../../api/types.ts';

export type Role = components['schemas']['Session']['role'];

export const ROLES: readonly Role[] = [
  ...(['operations', 'finance', 'customer-service', 'integration', 'auditor'] as const),
  ...(['partner', 'customer', 'admin'] as const),
];

export type Wanted = { readonly role: Role; readonly partner: string };

type Props = { readonly wanted: Wanted; readonly change: (wanted: Wanted) => void };

export function RoleFields({ wanted, change }: Props) {
  const { role, partner } = wanted;
  return (
    <>
      <NativeSelect
        label="Role"
        value={role}
        data={[...ROLES]}
        onChange={({ currentTarget }) => change({ ...wanted, role: currentTarget.value as Role })}
      />
      {isBound(role) && (
        <TextInput
          label="Of partner"
          description="Its id in the partner profiles"
          required
          value={partner}
          onChange={({ currentTarget }) => change({ ...wanted, partner: currentTarget.value })}
        />
      )}
    </>
  );
}

function isBound(role: Role): boolean {
  return role === 'partner' || role === 'customer';
}

/** As the API takes it: only those who are bound name a partner. */
export function asAsked({ role, partner }: Wanted): { role: Role; partner?: string } {
  return isBound(role) ? { role, partner: partner.trim() } : { role };
}
