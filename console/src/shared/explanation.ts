// Why a thing is as it is, asked of the hub for one kind of thing.
import { ApiFault, answered, api } from '../api/client.ts';
import type { operations } from '../api/types.ts';

type Explanation = operations['explain']['responses'][200]['content']['application/json'];
export type About = Explanation['about'];
export type Explained<Kind extends About> = Extract<Explanation, { about: Kind }>;

/** `explained('invoice', 'invoice:S-1-1')`; a fault where the name is that of something else. */
export async function explained<Kind extends About>(about: Kind, ref: string): Promise<Explained<Kind>> {
  const found = await answered(api.GET('/v1/explain/{ref}', { params: { path: { ref } } }));
  if (found.about === about) return found as Explained<Kind>;
  const detail = `There is no ${about.replaceAll('-', ' ')} ${ref.slice(ref.indexOf(':') + 1)} that you may see.`;
  throw new ApiFault({ kind: 'not-found', title: 'There is no such thing', detail, status: 404 });
}
