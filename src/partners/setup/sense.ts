// Setup that has the right form and still cannot be meant: said before anything is imported.
//
// Only what is surely a mistake is refused. An agreement for a lane nobody ships is odd, and allowed.

import { decimal } from '../../model/decimal.ts';
import type { Accessorial, Agreement, Linehaul } from '../../model/setup/agreement.ts';
import type { Setup } from '../../model/setup/index.ts';
import { mappingProblems } from './mapping.ts';
import type { SetupName, SetupProblem } from './problem.ts';

type Found = { readonly path: string; readonly message: string };

export type Known = {
  /** Ids of partners imported before. Without it, parties are not looked up: they may be known already. */
  readonly partners: ReadonlySet<string>;
};

/** `fileOf` gives the file a list was read from, for the message. */
export function senseProblems(setup: Setup, fileOf: (name: SetupName) => string, known?: Known): SetupProblem[] {
  const parties = known && new Set([...known.partners, ...(setup.partners ?? []).map(({ id }) => id)]);
  const found: Record<SetupName, Found[]> = {
    partners: partnerProblems(setup.partners ?? []),
    agreements: [
      ...(setup.agreements ?? []).flatMap((agreement, index) => agreementProblems(agreement, `[${index}]`)),
      ...repeated(setup.agreements ?? [], ({ id }) => id, 'id'),
      ...unknownParties(setup.agreements ?? [], 'party', parties),
    ],
    policies: [
      ...repeated(setup.policies ?? [], ({ customer }) => customer, 'customer'),
      ...unknownParties(setup.policies ?? [], 'customer', parties),
    ],
    fuel: [
      ...repeated(setup.fuel ?? [], ({ index }) => index, 'index'),
      ...(setup.fuel ?? []).flatMap(({ entries }, at) =>
        repeated(entries, ({ effective }) => effective, 'effective', `[${at}].entries`),
      ),
    ],
    taxes: [
      ...repeated(setup.taxes ?? [], ({ rate: _, ...keys }) => JSON.stringify(keys, Object.keys(keys).sort()), 'keys'),
      ...percentages(setup.taxes ?? []),
    ],
    audit: [
      ...repeated(setup.audit ?? [], ({ carrier }) => carrier, 'carrier'),
      ...unknownParties(setup.audit ?? [], 'carrier', parties),
    ],
    entities: repeated(setup.entities ?? [], ({ id }) => id, 'id'),
    exchange: exchangeProblems(setup.exchange ?? []),
    ledger: ledgerProblems(setup.ledger ?? []),
    jobs: repeated(setup.jobs ?? [], ({ job }) => job, 'job'),
  };
  return (Object.keys(found) as SetupName[]).flatMap((name) =>
    found[name].map((problem) => ({ kind: 'setup' as const, file: fileOf(name), ...problem })),
  );
}

// 19 would be taken for 1900 %, and nobody would notice before the customer did.
function percentages(taxes: NonNullable<Setup['taxes']>): Found[] {
  return taxes.flatMap(({ rate }, at) =>
    decimal(rate).gt(1)
      ? [{ path: `[${at}].rate`, message: `is ${rate}; give it as a part of one: "0.19" is 19 %` }]
      : [],
  );
}

function ledgerProblems(rows: NonNullable<Setup['ledger']>): Found[] {
  return [
    ...repeated(rows, ({ legalEntity }) => legalEntity ?? 'none', 'legalEntity'),
    ...rows.flatMap(({ accounts, dimensions = [] }, at) => [
      ...repeated(accounts, ({ account, code }) => `${account} ${code ?? ''}`, 'account and code', `[${at}].accounts`),
      ...repeated(dimensions, ({ name }) => name, 'name', `[${at}].dimensions`),
    ]),
  ];
}

function exchangeProblems(tables: NonNullable<Setup['exchange']>): Found[] {
  return [
    ...repeated(tables, ({ from, to }) => `${from}/${to}`, 'pair'),
    ...tables.flatMap(({ from, to, entries }, at) => [
      ...(from === to
        ? [{ path: `[${at}].to`, message: `is ${to}, as from is; a currency needs no rate to itself` }]
        : []),
      ...repeated(entries, ({ effective }) => effective, 'effective', `[${at}].entries`),
    ]),
  ];
}

/** These find the sender of a document; the others describe a partner and may be shared. */
const FINDING_SCHEMES: ReadonlySet<string> = new Set(['scac', 'x12', 'edifact']);

function partnerProblems(partners: NonNullable<Setup['partners']>): Found[] {
  const owners = new Map<string, string>();
  const shared = partners.flatMap(({ id, identifiers = [] }, at) =>
    identifiers.flatMap(({ scheme, qualifier, value }, index) => {
      const key = JSON.stringify([scheme, qualifier, value]);
      const owner = owners.get(key);
      if (owner === undefined || owner === id || !FINDING_SCHEMES.has(scheme)) {
        owners.set(key, id);
        return [];
      }
      const message = `is ${scheme} ${value}, which names ${owner} already; one identifier names one partner`;
      return [{ path: `[${at}].identifiers[${index}]`, message }];
    }),
  );
  const mapped = partners.flatMap(({ delimited = [], roles }, at) =>
    mappingProblems(delimited, roles, `[${at}].delimited`),
  );
  return [...repeated(partners, ({ id }) => id, 'id'), ...shared, ...mapped];
}

function agreementProblems(agreement: Agreement, path: string): Found[] {
  const { validFrom, validTo, lanes, fuel, accessorials = [] } = agreement;
  const backwards = validTo !== undefined && validTo < validFrom;
  return [
    ...(backwards ? [{ path: `${path}.validTo`, message: `is ${validTo}, before validFrom ${validFrom}` }] : []),
    ...lanes.flatMap(({ linehaul }, index) => linehaulProblems(linehaul, `${path}.lanes[${index}].linehaul`)),
    ...repeated(lanes, ({ id }) => id, 'id', `${path}.lanes`),
    ...repeated(fuel?.table ?? [], ({ from }) => plain(from), 'from', `${path}.fuel.table`),
    ...repeated(accessorials, termsKey, 'code and trigger', `${path}.accessorials`),
  ];
}

// The same code may stand twice with different terms: detention at pickups and at deliveries, say.
function termsKey(accessorial: Accessorial): string {
  const { code, trigger } = accessorial;
  const stops = accessorial.trigger === 'detention' ? accessorial.stops : '';
  const attribute = accessorial.trigger === 'attribute' ? accessorial.attribute : '';
  return [code, trigger, stops, attribute].filter((part) => part !== '').join(' ');
}

function linehaulProblems({ basis, rate, breaks }: Linehaul, path: string): Found[] {
  const found: Found[] = [];
  if (rate === undefined && (breaks === undefined || basis === 'flat')) {
    found.push({
      path,
      message: basis === 'flat' ? 'is flat and has no rate' : 'has neither rate nor breaks; give one',
    });
  }
  return [...found, ...repeated(breaks ?? [], ({ from }) => plain(from), 'from', `${path}.breaks`)];
}

/** "500" and "500.0" are one number. */
function plain(text: string): string {
  return decimal(text).toFixed();
}

function repeated<T>(list: readonly T[], keyOf: (item: T) => string, key: string, path = ''): Found[] {
  const first = new Map<string, number>();
  return list.flatMap((item, index) => {
    const value = keyOf(item);
    const before = first.get(value);
    if (before === undefined) {
      first.set(value, index);
      return [];
    }
    return [{ path: `${path}[${index}]`, message: `repeats the ${key} ${value} of ${path}[${before}]` }];
  });
}

function unknownParties<Key extends string>(
  list: readonly { readonly [K in Key]: string }[],
  key: Key,
  parties: ReadonlySet<string> | undefined,
): Found[] {
  if (parties === undefined) return [];
  return list.flatMap((item, index) =>
    parties.has(item[key])
      ? []
      : [
          {
            path: `[${index}].${key}`,
            message: `is ${item[key]}, which no partner has as id; add it to partners.json`,
          },
        ],
  );
}
