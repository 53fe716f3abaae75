// All that an outside system holds of ours, read page by page.
import type { Session, StoredDocument } from '../../connectors/contract.ts';

const MOST_DOCUMENTS = 2_000_000;

export type AllDocuments = { readonly documents: readonly StoredDocument[] } | { readonly failure: string };

export async function documentsIn(session: Pick<Session, 'documents'>): Promise<AllDocuments> {
  const documents: StoredDocument[] = [];
  let cursor: string | undefined;
  do {
    const page = await session.documents(cursor);
    if (page.page === 'unavailable') return { failure: page.reason };
    documents.push(...page.items);
    if (documents.length > MOST_DOCUMENTS) return { failure: `more than ${MOST_DOCUMENTS} documents` };
    cursor = page.next;
  } while (cursor !== undefined);
  return { documents };
}
