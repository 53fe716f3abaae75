// Who is meant by a code in a document: partners by their identifiers, SCAC and names.

import type { Partner, PartnerRole } from '../model/setup/partner.ts';

export type PartnerDirectory = {
  /** ISA05/06 and their like: an interchange id with its qualifier. */
  byInterchangeId(qualifier: string, id: string): Partner | undefined;
  /** GS02: an application's code, which has no qualifier. */
  byApplicationCode(code: string): Partner | undefined;
  byScac(scac: string): Partner | undefined;
  /** An N1 party: by our own id, then by identifier, then by name. Of several, one that plays `role`. */
  byParty(party: { idQualifier: string; id: string; name: string }, role: PartnerRole): Partner | undefined;
};

/** Schemes whose values X12 senders also put into ISA06, by ISA05 (data element I05). */
const SCHEME_BY_ISA_QUALIFIER: Readonly<Record<string, string>> = {
  '01': 'duns',
  '02': 'scac',
  '07': 'gln',
  '14': 'duns',
};
/** Likewise N104, by N103 (data element 66). */
const SCHEME_BY_N1_QUALIFIER: Readonly<Record<string, string>> = { '1': 'duns', '9': 'duns', '2': 'scac', UL: 'gln' };

const DIRECTORIES = new WeakMap<ReadonlyMap<string, Partner>, PartnerDirectory>();

/** Made once for each set of partners. */
export function directoryOf(partners: ReadonlyMap<string, Partner>): PartnerDirectory {
  let directory = DIRECTORIES.get(partners);
  if (directory === undefined) {
    directory = directoryFrom(partners);
    DIRECTORIES.set(partners, directory);
  }
  return directory;
}

function directoryFrom(partners: ReadonlyMap<string, Partner>): PartnerDirectory {
  const index = new Map<string, Partner[]>();
  const file = (key: string, partner: Partner) => {
    const listed = index.get(key);
    if (listed === undefined) index.set(key, [partner]);
    else if (!listed.includes(partner)) listed.push(partner);
  };
  for (const partner of partners.values()) {
    file(`name ${nameKey(partner.name)}`, partner);
    for (const { scheme, qualifier, value } of partner.identifiers ?? []) {
      file(`${scheme} ${qualifier ?? ''} ${codeKey(value)}`, partner);
      file(`${scheme} * ${codeKey(value)}`, partner);
      file(`* ${codeKey(value)}`, partner);
    }
  }
  const find = (key: string) => index.get(key) ?? [];
  const scheme = (name: string | undefined, id: string) => (name === undefined ? [] : find(`${name} * ${codeKey(id)}`));
  return {
    byInterchangeId(qualifier, id) {
      if (id === '') return undefined;
      return only([
        ...find(`x12 ${qualifier} ${codeKey(id)}`),
        ...find(`x12  ${codeKey(id)}`),
        ...scheme(SCHEME_BY_ISA_QUALIFIER[qualifier], id),
      ]);
    },
    byApplicationCode(code) {
      return code === '' ? undefined : only([...scheme('x12', code), ...scheme('scac', code), ...scheme('duns', code)]);
    },
    byScac: (scac) => (scac === '' ? undefined : only(scheme('scac', scac))),
    byParty({ idQualifier, id, name }, role) {
      const own = id === '' ? undefined : partners.get(id);
      if (own !== undefined) return own;
      const byId =
        id === ''
          ? []
          : [
              ...find(`x12 ${idQualifier} ${codeKey(id)}`),
              ...scheme(SCHEME_BY_N1_QUALIFIER[idQualifier], id),
              ...find(`* ${codeKey(id)}`),
            ];
      const byName = name === '' ? [] : find(`name ${nameKey(name)}`);
      return playing(byId, role) ?? playing(byName, role);
    },
  };
}

// Two partners of one identifier are refused at import; should they exist, the first stands.
function only(found: readonly Partner[]): Partner | undefined {
  return found[0];
}

function playing(found: readonly Partner[], role: PartnerRole): Partner | undefined {
  return found.find(({ roles }) => roles.includes(role)) ?? found[0];
}

function codeKey(code: string): string {
  return code.trim().toUpperCase();
}

function nameKey(name: string): string {
  return name.trim().replace(/\s+/g, ' ').toUpperCase();
}
