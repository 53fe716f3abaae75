// What is asked of the hub before the console itself has come: who one is, and the first rows of the list that was come to.
//
// A file of its own and small, so that it runs while the rest is fetched and compiled; `taken` hands over what was asked.
// Meanwhile the formats of money and times are made: the browser's words for them take it longer than a page of rows.

type Early = { readonly right: string; readonly asks: string };

/** Lists that people begin at, without filters, as their page asks for them (a browser test holds the two together). */
const FIRST_ROWS: Readonly<Record<string, Early>> = {
  '/shipments': { right: 'shipments:read', asks: '/v1/shipments?sort=-pickup&limit=100' },
};
const SESSION = '/v1/session';
/** Shown to anybody: nobody is asked who they are (pages/page.ts). */
const PUBLIC = /^\/track\//;

const answers = new Map<string, Promise<Response | undefined>>();

/** The answer to what was asked early, or that it was not; once, for from then on it is old. */
export async function taken(address: string): Promise<Response | undefined> {
  const { pathname, search } = new URL(address, location.href);
  const answer = answers.get(pathname + search);
  answers.delete(pathname + search);
  return answer;
}

// What goes wrong is met by who takes it.
function keep(address: string, answer: Promise<Response | undefined>): void {
  answers.set(address, answer);
  answer.catch(() => {});
}

async function rowsFor(session: Promise<Response>, { right, asks }: Early): Promise<Response | undefined> {
  const answer = (await session).clone();
  if (answer.status !== 200) return undefined;
  const { may } = (await answer.json()) as { may: readonly string[] };
  return may.includes(right) ? fetch(asks) : undefined;
}

/** As shared/text.tsx makes them. */
function warmFormats(): void {
  new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(0);
  new Intl.NumberFormat(undefined, { style: 'currency', currency: 'USD' }).format(0);
}

if (!PUBLIC.test(location.pathname)) {
  const session = fetch(SESSION);
  keep(SESSION, session);
  const rows = location.search === '' ? FIRST_ROWS[location.pathname] : undefined;
  if (rows !== undefined) keep(rows.asks, rowsFor(session, rows));
  warmFormats();
}
