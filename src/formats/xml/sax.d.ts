// The part of the package `sax` that is used here; it brings no types of its own.
declare module 'sax' {
  export type QualifiedAttribute = { readonly value: string; readonly local: string; readonly uri: string };
  export type QualifiedTag = {
    readonly name: string;
    readonly local: string;
    readonly uri: string;
    readonly attributes: Readonly<Record<string, QualifiedAttribute>>;
  };
  export type SAXParser = {
    onopentag: (tag: QualifiedTag) => void;
    onclosetag: (name: string) => void;
    ontext: (text: string) => void;
    oncdata: (text: string) => void;
    ondoctype: () => void;
    onerror: (error: Error) => void;
    readonly line: number;
    readonly column: number;
    write(text: string): SAXParser;
    close(): SAXParser;
  };
  const sax: {
    parser(strict: true, options: { xmlns: true; strictEntities: true; position: true }): SAXParser;
  };
  export default sax;
}
