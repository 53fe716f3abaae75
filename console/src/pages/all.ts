// Every page there is.
import { dress } from '../mantine/dress.tsx';
import type { Right } from '../session/use-session.ts';
import type { Page, View } from './page.ts';

const modules = import.meta.glob<{ readonly page?: Page; readonly pages?: readonly Page[] }>('./*/page.ts', {
  eager: true,
});

export const pages: readonly Page[] = Object.values(modules).flatMap(({ page, pages: several = [] }) =>
  page === undefined ? several : [page, ...several],
);

type NavigationPage = Page & { readonly right: Right; readonly nav: NonNullable<Page['nav']> };

export const navigation: readonly NavigationPage[] = pages
  .flatMap((page) => {
    const { right, nav } = page;
    return nav === undefined || right === 'everybody' ? [] : [{ ...page, right, nav }];
  })
  .sort((a, b) => a.nav.order - b.nav.order);

/** The page at an address; `undefined`: none, or the start, which depends on who one is. */
export function pageAt(path: string): Page | undefined {
  const parts = path.split('/');
  const fits = (pattern: readonly string[]) =>
    pattern.length === parts.length && pattern.every((part, index) => part.startsWith('$') || part === parts[index]);
  return pages.find((page) => fits(page.path.split('/')));
}

/** Shown without signing in. */
export function isPublic(path: string): boolean {
  return pageAt(path)?.right === 'everybody';
}

const loaded = new Map<string, View>();

export async function loadView(page: Page): Promise<View> {
  const view = await (page.isPlain ? page.load() : dress(page.load()));
  loaded.set(page.path, view);
  return view;
}

/** The view of a page that has been loaded before. */
export function loadedView({ path }: Page): View | undefined {
  return loaded.get(path);
}
