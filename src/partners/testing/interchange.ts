// Interchanges and rules for tests: envelopes with right counts around the segments a test is about.

import type { RuleBook } from '../../model/rules.ts';
import type { Agreement } from '../../model/setup/agreement.ts';
import type { Partner } from '../../model/setup/partner.ts';
import { translate } from '../translate.ts';
import type { InboundMessage, Translation } from '../translation.ts';

export type Envelope = {
  readonly qualifier?: string;
  readonly sender?: string;
  /** GS02; as ISA06 when not given. */
  readonly application?: string;
  readonly controlNumber?: string;
  /** GS04 and GS05. */
  readonly date?: string;
  readonly time?: string;
};

/** One group of transactions, each given as its code and its segments between ST and SE. */
export function interchange(
  transactions: readonly (readonly [string, ...string[]])[],
  envelope: Envelope = {},
): string {
  const { qualifier = '02', sender = 'SWFT', controlNumber = '000000042', date = '20260304', time = '1500' } = envelope;
  const sets = transactions.flatMap(([code, ...segments], index) => {
    const number = String(index + 1).padStart(4, '0');
    return [`ST*${code}*${number}`, ...segments, `SE*${segments.length + 2}*${number}`];
  });
  const isa = `ISA*00*          *00*          *${qualifier}*${sender.padEnd(15)}*ZZ*LADING         *260304*1500*U*00401*${controlNumber}*0*P*:`;
  const gs = `GS*QM*${envelope.application ?? sender}*LADING*${date}*${time}*7*X*004010`;
  return [isa, gs, ...sets, `GE*${transactions.length}*7`, `IEA*1*${controlNumber}`]
    .map((each) => `${each}~\n`)
    .join('');
}

export const SWIFT: Partner = {
  id: 'swft',
  name: 'Swift Mile Trucking',
  roles: ['carrier'],
  timezone: 'America/Chicago',
  identifiers: [
    { scheme: 'scac', value: 'SWFT' },
    { scheme: 'x12', qualifier: '02', value: 'SWFT' },
  ],
};
export const ACME: Partner = {
  id: 'acme',
  name: 'Acme Tools',
  roles: ['customer'],
  identifiers: [{ scheme: 'x12', qualifier: '01', value: '004321519' }],
};
export const DESK: Partner = {
  id: 'tms',
  name: 'Our transport desk',
  roles: ['tms'],
  timezone: 'America/Chicago',
  identifiers: [{ scheme: 'x12', qualifier: 'ZZ', value: 'LADTMS' }],
};

export function rulesWith(partners: readonly Partner[], agreements: readonly Agreement[] = []): RuleBook {
  const listed = new Map<string, { version: number; importedAt: number; content: Agreement }[]>();
  for (const content of agreements) {
    const key = `${content.side}:${content.party}`;
    listed.set(key, [...(listed.get(key) ?? []), { version: 1, importedAt: 0, content }]);
  }
  return {
    partners: new Map(partners.map((partner) => [partner.id, partner])),
    agreements: listed,
    policies: new Map(),
    fuel: new Map(),
    audit: new Map(),
    entities: new Map(),
  };
}

const EVERYBODY = rulesWith([SWIFT, ACME, DESK]);

/** Arrived 2026-03-04T21:05:00Z as `message.edi`, unless the test says otherwise. */
export function translated(
  text: string | Uint8Array,
  rules: RuleBook = EVERYBODY,
  message: Partial<InboundMessage> = {},
): Translation {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  const receivedAt = Date.parse('2026-03-04T21:05:00Z');
  return translate({ bytes, partner: 'swft', fileName: 'message.edi', receivedAt, ...message }, rules);
}

/** The `data` of the only event; fails where there are more, fewer, or problems. */
export function onlyData(translation: Translation): Record<string, unknown> {
  const [only, ...others] = translation.events;
  if (only === undefined || others.length > 0 || translation.problems.length > 0) {
    throw new Error(`not one event: ${JSON.stringify(translation)}`);
  }
  return only.event.data;
}

export function acknowledgementOf({ acknowledgement }: Translation): string {
  return acknowledgement === undefined ? '' : new TextDecoder().decode(acknowledgement);
}
