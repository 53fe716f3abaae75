// lading schemas DIR: writes the contract as JSON Schema files.
import { join, resolve } from 'node:path';
import { publishedSchemas } from '../../model/json-schema.ts';
import { defineCommand } from '../command.ts';
import { writeOutput } from '../output-file.ts';

export const command = defineCommand({
  name: 'schemas',
  summary: 'writes the canonical events and setup files as JSON Schema',
  usage: 'DIR',
  help: 'The same files lie in schemas/ of the checkout. They are JSON Schema 2020-12, made from what the hub itself validates by.',
  positionals: { name: 'DIR', min: 1, max: 1 },
  options: {},
  async run({ args: [dir = '.'], cwd, stdout }) {
    const schemas = publishedSchemas();
    for (const [file, schema] of schemas) {
      const path = join(resolve(cwd, dir), file);
      await writeOutput(path, `${JSON.stringify(schema, null, 2)}\n`);
    }
    stdout.line(`${schemas.size} schemas written to ${dir}`);
    return 0;
  },
});
