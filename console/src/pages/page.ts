// What a page says of itself. Every folder of pages/ has a `page.ts` that exports one as `page`; there is no other list.
import type { TablerIcon } from '@tabler/icons-react';
import type { FunctionComponent } from 'react';
import type { Right } from '../session/use-session.ts';
import type { Filters } from '../shared/use-filters.ts';

export type Page = {
  /** Below `/`, with `$name` for a part that varies: `/shipments/$id`. */
  readonly path: string;
  readonly title: string;
  /** Who may not is not shown it. `everybody`: also those who are not signed in, and then the page asks for no session. */
  readonly right: Right | 'everybody';
  /** Its place in the navigation; none for a page that is reached from others. */
  readonly nav?: {
    readonly label: string;
    readonly icon: TablerIcon;
    readonly order: number;
    /** Second key after `g`: `g s` goes to shipments. */
    readonly key?: string;
  };
  /** It uses nothing of Mantine, and is there without it. */
  readonly isPlain?: true;
  /** Loaded when it is first gone to. */
  readonly load: () => Promise<View>;
};

export type View = {
  readonly default: FunctionComponent;
  /** Asks for what it shows first, before it is drawn: then it is drawn once, with its rows. */
  readonly first?: (filters: Filters) => Promise<void>;
};
