// Light, dark, or as the machine has it: what one chose is kept in this browser, and everything is drawn by what the page's
// root says. Mantine, where a page uses it, is told (mantine/dressed.tsx).
import { useSyncExternalStore } from 'react';

export type ColourScheme = 'light' | 'dark';

/** As Mantine calls them: choices made before remain. */
const KEPT_AS = 'mantine-color-scheme-value';
const ATTRIBUTE = 'data-mantine-color-scheme';

const darkMachine = matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();

export function useColourScheme(): ColourScheme {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, shown);
}

export function chooseColourScheme(wanted: ColourScheme): void {
  try {
    localStorage.setItem(KEPT_AS, wanted);
  } catch {
    // A browser that keeps nothing shows it until the page is left.
  }
  show(wanted);
}

/** To be called before anything is drawn. */
export function followColourScheme(): void {
  show(wantedNow());
  darkMachine.addEventListener('change', () => show(wantedNow()));
  addEventListener('storage', ({ key }) => key === KEPT_AS && show(wantedNow()));
}

function wantedNow(): ColourScheme {
  const kept = keptChoice();
  if (kept === 'light' || kept === 'dark') return kept;
  return darkMachine.matches ? 'dark' : 'light';
}

function keptChoice(): string | null {
  try {
    return localStorage.getItem(KEPT_AS);
  } catch {
    return null;
  }
}

function show(scheme: ColourScheme): void {
  document.documentElement.setAttribute(ATTRIBUTE, scheme);
  for (const listener of listeners) listener();
}

function shown(): ColourScheme {
  return document.documentElement.getAttribute(ATTRIBUTE) === 'dark' ? 'dark' : 'light';
}
