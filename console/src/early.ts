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

const answers = new Map<string, Promise<Response>>();

/** The answer to what was asked early; once, for from then on it is old. */
export function taken(address: string): Promise<Response> | undefined {
  const { pathname, search } = new URL(address, location.href);
  const answer = answers.get(pathname + search);
  answers.delete(pathname + search);
  return answer;
}

function ask(address: string): Promise<Response> {
  const answer = fetch(address);
  answers.set(address, answer);
  // What goes wrong is met by who takes it.
  answer.catch(() => {});
  return answer;
}

async function askForRows({ right, asks }: Early, session: Promise<Response>): Promise<void> {
  const answer = (await session).clone();
  if (answer.status !== 200) return;
  const { may } = (await answer.json()) as { may: readonly string[] };
  if (may.includes(right)) void ask(asks);
}

/** As shared/text.tsx makes them. */
function warmFormats(): void {
  new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(0);
  new Intl.NumberFormat(undefined, { style: 'currency', currency: 'USD' }).format(0);
}

if (!PUBLIC.test(location.pathname)) {
  const session = ask(SESSION);
  const rows = location.search === '' ? FIRST_ROWS[location.pathname] : undefined;
  if (rows !== undefined) void askForRows(rows, session).catch(() => {});
  warmFormats();
}
