// Light, dark, or as the machine has it.
import { IconMoon, IconSun } from '@tabler/icons-react';
import { chooseColourScheme, useColourScheme } from '../colour-scheme.ts';

export function ColourSwitch() {
  const isDark = useColourScheme() === 'dark';
  return (
    <button
      type="button"
      className="frame-button"
      aria-label={isDark ? 'Light colours' : 'Dark colours'}
      onClick={() => chooseColourScheme(isDark ? 'light' : 'dark')}
    >
      {isDark ? <IconSun size={18} /> : <IconMoon size={18} />}
    </button>
  );
}
