// Views of a list that one keeps. The menu of them is loaded, and the hub asked for them, when it is first opened.
import { IconBookmark } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { dress } from '../mantine/dress.tsx';
import { Button } from '../plain/button.tsx';
import type { Props } from './saved-views-menu.tsx';

const Menu = lazy(() => dress(import('./saved-views-menu.tsx')));

export function SavedViews(props: Props) {
  const [isWanted, setWanted] = useState(false);
  const button = (
    <Button aria-haspopup="menu" icon={<IconBookmark size={16} aria-hidden />} onClick={() => setWanted(true)}>
      Views
    </Button>
  );
  if (!isWanted) return button;
  return (
    <Suspense fallback={button}>
      <Menu {...props} />
    </Suspense>
  );
}
