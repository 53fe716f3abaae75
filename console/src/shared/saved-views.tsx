// Views of a list that one keeps. The menu of them is loaded, and the hub asked for them, when it is first opened.
import { Button } from '@mantine/core';
import { IconBookmark } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import type { Props } from './saved-views-menu.tsx';

const Menu = lazy(() => import('./saved-views-menu.tsx'));

export function SavedViews(props: Props) {
  const [isWanted, setWanted] = useState(false);
  const button = (
    <Button
      variant="default"
      aria-haspopup="menu"
      leftSection={<IconBookmark size={16} aria-hidden />}
      onClick={() => setWanted(true)}
    >
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
