// Checks a packet with nothing but the packet: signatures, hashes, and the whole argument made again. Pure.

import { validate } from '../../model/validate.ts';
import { canonicalJson } from '../../store/audit-trail.ts';
import { findingOf } from './finding.ts';
import { historyOf } from './history.ts';
import { type Finding, type PacketMessage, type PacketProof, SignedPacket } from './packet.ts';
import { packetInPage } from './page.ts';
import { fingerprintOf, isPageSealed, isSealed, sha256 } from './seal.ts';

/** `unknown`: it could not be checked with what is there, which is no fault. */
export type Check = { readonly holds: 'yes' | 'no' | 'unknown'; readonly says: string };

export type ReadPacket = { readonly packet: SignedPacket; readonly page?: string };

/** From the JSON or the page. A text in place of the packet says why it is none. */
export function readPacket(text: string): ReadPacket | string {
  const isPage = !text.trimStart().startsWith('{');
  const json = isPage ? packetInPage(text) : text;
  if (json === undefined) return 'it is neither a packet nor a page with one';
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return 'its JSON cannot be read';
  }
  const checked = validate(SignedPacket, value);
  if (!checked.ok) return `it is not a packet: ${checked.problems[0]?.path} ${checked.problems[0]?.message}`;
  return { packet: checked.value, ...(isPage ? { page: text } : {}) };
}

/** `publicKey`: the hub's, PEM, had by another way than the packet. */
export function checkPacket({ packet, page }: ReadPacket, publicKey?: string): Check[] {
  return [
    ...signatureChecks(packet, publicKey),
    ...(page === undefined ? [] : [pageCheck(page, packet)]),
    ...packet.messages.map(messageCheck),
    ...readably(() => [
      ...packet.proofs.map((proof) => proofCheck(proof, packet)),
      ...messagesNamed(packet),
      ...argumentChecks(packet),
    ]),
  ];
}

// A basis of another form than ours was not made by a hub, and makes no argument.
function readably(checks: () => Check[]): Check[] {
  try {
    return checks();
  } catch (error) {
    return [{ holds: 'no', says: `the argument cannot be made again: ${(error as Error).message}` }];
  }
}

const check = (holds: boolean, yes: string, no: string): Check =>
  holds ? { holds: 'yes', says: yes } : { holds: 'no', says: no };

function signatureChecks(packet: SignedPacket, publicKey: string | undefined): Check[] {
  const { signature } = packet;
  const own = fingerprintOf(signature.publicKey);
  const signed = check(
    isSealed(packet) && own === signature.fingerprint,
    `signed by the key ${signature.fingerprint}, and not changed since`,
    'the signature does not fit: the packet was changed after it was signed',
  );
  if (publicKey === undefined) {
    return [signed, { holds: 'unknown', says: 'whose key that is: give the hub’s own by --public-key' }];
  }
  const isTheirs = own !== undefined && own === fingerprintOf(publicKey);
  return [signed, check(isTheirs, 'the key is the one given', 'the key is not the one given: another signed it')];
}

function pageCheck(page: string, { signature }: SignedPacket): Check {
  return check(
    isPageSealed(page, signature.publicKey),
    'the page is as it was signed',
    'the page was changed after it was signed: what it shows may not be what the packet says',
  );
}

function messageCheck({ id, content, leftOut, bytes, sha256: hash }: PacketMessage): Check {
  if (content === undefined) return { holds: 'unknown', says: `message ${id}: ${leftOut ?? 'its bytes are not here'}` };
  return bytesCheck(`message ${id}`, content, bytes, hash);
}

function bytesCheck(what: string, content: string, bytes: number, hash: string | undefined): Check {
  const found = Buffer.from(content, 'base64');
  return check(
    found.length === bytes && sha256(found) === hash,
    `${what}: its ${bytes} bytes have the hash ${hash}`,
    `${what}: its bytes are not those of the hash ${hash ?? 'that is missing'}`,
  );
}

function proofCheck(proof: PacketProof, { basis }: SignedPacket): Check {
  const { shipment, kind, event, content, bytes, sha256: hash, leftOut } = proof;
  const what = `${kind} of ${shipment} (event ${event})`;
  const known = basis.shipments.find((each) => each.shipment === shipment);
  const fact = known?.facts.find(({ id }) => id === event);
  if (fact?.kind !== 'document' || fact.document !== kind || fact.content !== hash) {
    return { holds: 'no', says: `${what}: no fact of the packet tells of it` };
  }
  if (content === undefined) return { holds: 'unknown', says: `${what}: ${leftOut ?? 'its bytes are not here'}` };
  return bytesCheck(what, content, bytes, hash);
}

// Every fact's message is in the packet by its hash, so that whoever holds the original can compare.
function messagesNamed({ basis, messages }: SignedPacket): Check[] {
  const ids = new Set(messages.map(({ id }) => id));
  const named = basis.shipments.flatMap(({ facts, messageOf }) => facts.map(({ id }) => messageOf[id]));
  const missing = [...new Set(named.filter((id) => id === undefined || !ids.has(id)))];
  const says = 'every fact names the message it came by, and its hash is here';
  return [check(missing.length === 0, says, `facts without their message: ${missing.length}`)];
}

function argumentChecks(packet: SignedPacket): Check[] {
  const anew = findingOf(packet.basis);
  const history = historyOf(packet.basis, anew);
  const { finding } = packet;
  const isSame = (part: keyof Finding) => canonicalJson(anew[part]) === canonicalJson(finding[part] ?? null);
  const told = new Set(packet.history.map((entry) => canonicalJson(entry)));
  return [
    check(
      isSame('shipments'),
      'facts in words and charges follow from the facts and rules, to the cent',
      'facts in words or charges are not what the facts and rules give',
    ),
    check(
      isSame('clauses'),
      'the clauses shown are those of the agreements',
      'the clauses shown are not those of the agreements',
    ),
    check(
      isSame('documents') && isSame('audit'),
      'the arithmetic of documents and verdicts is what comes out when done again',
      'the arithmetic of documents or verdicts comes out differently when done again',
    ),
    check(
      history.every((entry) => told.has(canonicalJson(entry))),
      'the history tells every fact and document',
      'the history leaves out or changes what facts and documents tell',
    ),
    ...documentChecks(anew),
    ...auditChecks(packet, anew),
  ];
}

function documentChecks({ documents }: Finding): Check[] {
  return documents.flatMap(({ number, sums, lines }) => {
    const wrong = lines.filter(({ standing }) => standing === 'differs');
    const unknown = lines.filter(({ standing }) => standing === 'unknown');
    const named = (some: typeof lines) => some.map(({ shipment, code }) => `${shipment} ${code}`).join(', ');
    return [
      check(
        sums === 'add up',
        `${number}: lines and tax add up to its total`,
        `${number}: lines and tax do not add up to its total`,
      ),
      ...(unknown.length + wrong.length === 0
        ? [check(true, `${number}: every line follows from the facts and rules of its day`, '')]
        : []),
      ...(wrong.length === 0
        ? []
        : [check(false, '', `${number}: does not follow from the facts and rules of its day: ${named(wrong)}`)]),
      ...unknown.map(
        ({ shipment, code, because }): Check => ({
          holds: 'unknown',
          says: `${number}: ${shipment} ${code}: ${because}`,
        }),
      ),
    ];
  });
}

function auditChecks({ basis }: SignedPacket, { audit }: Finding): Check[] {
  return audit.map(({ id, verdict, standing, compared }) => {
    const claimed = basis.carrierInvoices.find((invoice) => invoice.id === id);
    const what = `carrier invoice ${claimed?.carrier}/${claimed?.invoice}`;
    if (standing === 'unknown') return { holds: 'unknown', says: `${what}: its shipments are not all in this packet` };
    const isSame = standing === 'follows' && canonicalJson(claimed?.compared) === canonicalJson(compared);
    return check(
      isSame,
      `${what}: ${verdict}, line by line`,
      `${what}: the facts and rules make it ${verdict}, with other amounts or verdict than claimed`,
    );
  });
}
