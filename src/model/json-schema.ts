// The published contract: every canonical event and setup file as JSON Schema 2020-12, from the schemas that validate them.

import type { TSchema } from 'typebox';
import { EVENT_DATA } from './event.ts';
import { SETUP_FILES } from './setup/index.ts';

const DIALECT = 'https://json-schema.org/draft/2020-12/schema';

/** File name → document. Events describe their `data`; around it stands a CloudEvents 1.0 envelope. */
export function publishedSchemas(): Map<string, object> {
  const events = Object.entries(EVENT_DATA).map(([type, schema]) => document(`events/${type}.json`, type, schema));
  const setup = Object.entries(SETUP_FILES).map(([name, schema]) =>
    document(`setup/${name}.json`, `${name}.json`, schema),
  );
  return new Map([...events, ...setup]);
}

function document(file: string, title: string, schema: TSchema): [string, object] {
  // Through JSON, so that nothing but the schema itself is published.
  const plain = JSON.parse(JSON.stringify(schema)) as object;
  return [file, { $schema: DIALECT, $id: `urn:lading:v1:${file.replace(/\.json$/, '')}`, title, ...plain }];
}
