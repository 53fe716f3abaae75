// Which modules share a file: what every page needs, what every list needs beside it, and what everything needs that uses
// Mantine. The rest is split as it falls.
//
// A request for each of some forty small files takes longer than all of them together.

type Modules = { getModuleInfo: (id: string) => { isEntry: boolean; importers: readonly string[] } | null };
type Group = {
  readonly debugName: string;
  readonly name: (id: string, modules: Modules) => string | null;
  readonly priority: number;
};

const EARLY = /\/src\/early\.ts$/;
const OF_LISTS =
  /\/shared\/(data-table|search-box|saved-views|state-filter|clear-filters|use-list|use-filters|link-to|money-cell|state-badge|when|days)\.tsx?$/;
const DRESSED = /\/mantine\/dressed\.tsx$/;

/** The first that takes a module has it. */
export const groups: Group[] = [
  { debugName: 'early', name: (id) => (EARLY.test(id) ? 'early' : null), priority: 4 },
  neededBy('index', 3, (id, modules) => modules.getModuleInfo(id)?.isEntry === true && !EARLY.test(id)),
  neededBy('list', 2, (id) => OF_LISTS.test(id)),
  neededBy('dressed', 1, (id) => DRESSED.test(id)),
];

function neededBy(name: string, priority: number, isRoot: (id: string, modules: Modules) => boolean): Group {
  // By imports that are not put off.
  const isNeeded = (id: string, modules: Modules, seen: Set<string>): boolean => {
    if (isRoot(id, modules)) return true;
    seen.add(id);
    const importers = modules.getModuleInfo(id)?.importers ?? [];
    return importers.some((by) => !seen.has(by) && isNeeded(by, modules, seen));
  };
  return { debugName: name, name: (id, modules) => (isNeeded(id, modules, new Set()) ? name : null), priority };
}
