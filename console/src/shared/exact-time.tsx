// A time to the second, here and where it happened.
import { Tooltip } from '@mantine/core';
import type { ReactElement } from 'react';

type Props = { readonly at: string; readonly zone: string | undefined; readonly children: ReactElement };

export default function ExactTime({ at, zone, children }: Props) {
  const instant = new Date(at);
  const there = zone === undefined ? '' : `${exactly(instant, zone)} (${zone})\n`;
  return (
    <Tooltip label={`${there}${exactly(instant)}`} opened multiline withArrow style={{ whiteSpace: 'pre-line' }}>
      {children}
    </Tooltip>
  );
}

function exactly(instant: Date, timeZone?: string): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'long', timeZone }).format(instant);
}
