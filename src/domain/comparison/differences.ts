// Where our books and those of an outside system differ, document by document: by number, state and amount.
//
// What is on its way there is not judged, nor what was refused there and stands as a draft: that has its own exception. A draft
// of something we hold as posted is a difference, and so is anything posted there that we do not hold so.
import type { DifferenceIn, DocumentDifference, OurDocument, TheirDocument } from '../../model/comparison.ts';
import { formatMinor } from '../../model/money.ts';

/** By document, in order of number; at most one row for each thing that differs. */
export function differencesBetween(
  ours: readonly OurDocument[],
  theirs: readonly TheirDocument[],
): DocumentDifference[] {
  const held = new Map(theirs.map((document) => [document.key, document]));
  const known = new Set(ours.map(({ number }) => number));
  const shared = ours.flatMap((document) => differencesOf(document, held.get(document.number)));
  const foreign = theirs.filter(({ key, state }) => !known.has(key) && state === 'posted').map(unknownHere);
  return [...shared, ...foreign].sort((a, b) => (a.document < b.document ? -1 : a.document > b.document ? 1 : 0));
}

function differencesOf(ours: OurDocument, theirs: TheirDocument | undefined): DocumentDifference[] {
  if (ours.isUnderWay) return [];
  const differs = (what: DifferenceIn, our: string, their: string): DocumentDifference[] =>
    our === their ? [] : [{ document: ours.number, what, ours: our, theirs: their }];
  const isPostedHere = ours.state === 'posted';
  if (theirs === undefined) {
    return isPostedHere ? differs('missing-there', `${ours.state}, ${amountOf(ours)}`, '') : [];
  }
  if (!isPostedHere) return theirs.state === 'posted' ? differs('state', ours.state, theirs.state) : [];
  // A policy may leave bills to a person there.
  if (isOwed(ours) && theirs.state === 'draft') return [];
  if (theirs.state !== 'posted') return differs('state', ours.state, theirs.state);
  return [
    ...differs('kind', ours.kind, theirs.kind),
    ...differs('number', ours.erpNumber ?? '', theirs.erpNumber ?? ''),
    ...differs('currency', ours.currency, theirs.currency),
    ...(ours.currency === theirs.currency
      ? [
          ...differs('amount', amountOf(ours), amountOf(theirs)),
          ...differs('tax', formatMinor(ours.taxMinor, ours.currency), formatMinor(theirs.taxMinor, ours.currency)),
        ]
      : []),
  ];
}

const isOwed = ({ kind }: OurDocument) => kind === 'bill' || kind === 'vendor-credit';

function unknownHere(theirs: TheirDocument): DocumentDifference {
  return {
    document: theirs.key,
    what: 'missing-here',
    ours: '',
    theirs: `${theirs.state} as ${theirs.erpNumber ?? 'without a number'}, ${amountOf(theirs)}`,
  };
}

function amountOf({ subtotalMinor, currency }: Pick<OurDocument, 'subtotalMinor' | 'currency'>): string {
  return `${formatMinor(subtotalMinor, currency)} ${currency}`;
}

const WORDS: Readonly<Record<DifferenceIn, string>> = {
  'missing-there': 'is missing there',
  'missing-here': 'is there and unknown here',
  state: 'stands otherwise there',
  kind: 'is another kind of document there',
  number: 'has another number there',
  currency: 'is in another currency there',
  amount: 'comes to another amount there',
  tax: 'bears another tax there',
};

/** What differs about one document, for a clerk. */
export function sentenceFor(differences: readonly DocumentDifference[]): string {
  const says = differences.map(({ what, ours, theirs }) => {
    const sides = [ours && `here ${ours}`, theirs && `there ${theirs}`].filter(Boolean).join(', ');
    return `it ${WORDS[what]} (${sides})`;
  });
  return `${differences[0]?.document}: ${says.join('; ')}`;
}
