// An element of an XML document as plain data, and the short ways into it.

export type XmlElement = {
  /** Without its prefix. */
  readonly name: string;
  /** The namespace its prefix stands for; empty for none. */
  readonly namespace: string;
  /** By name without prefix. */
  readonly attributes: ReadonlyMap<string, string>;
  /** Its own text, that of its children aside. */
  readonly text: string;
  readonly children: readonly XmlElement[];
};

/** The first element down this path of names. */
export function elementAt(element: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined {
  return path.reduce((found, name) => found?.children.find((child) => child.name === name), element);
}

/** Text down this path without the blanks around it; `undefined` where there is none. */
export function textAt(element: XmlElement | undefined, ...path: readonly string[]): string | undefined {
  return elementAt(element, ...path)?.text.trim() || undefined;
}

export function elementsOf(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return element?.children.filter((child) => child.name === name) ?? [];
}
