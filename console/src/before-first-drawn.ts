// What is asked for before anything is drawn: who one is, the page that was come to, its first rows.
//
// Drawing is what takes time on a slow machine: once with everything is quicker than three times with a little more each.
import { queries } from './api/queries.ts';
import { isPublic, loadView, pageAt } from './pages/all.ts';
import { landingOf } from './session/landing.ts';
import { sessionQuery } from './session/use-session.ts';

/** Then it is drawn with what there is. */
const LONGEST_MS = 1_000;

/** Never fails: what goes wrong is met again, and said, by what is drawn. */
export function beforeFirstDrawn(): Promise<unknown> {
  const later = new Promise((resolve) => setTimeout(resolve, LONGEST_MS));
  return Promise.race([asked(location.pathname).catch(() => {}), later]);
}

async function asked(path: string): Promise<void> {
  const page = pageAt(path);
  const view = page === undefined ? undefined : loadView(page);
  if (isPublic(path)) return void (await view);
  const session = await queries.fetchQuery(sessionQuery);
  if (session === null) return;
  const shown = path === '/' ? pageAt(landingOf(session.role)) : page;
  if (shown === undefined || shown.right === 'everybody' || !session.may.includes(shown.right)) return;
  const { first } = await (view ?? loadView(shown));
  await first?.(Object.fromEntries(new URLSearchParams(location.search)));
}
