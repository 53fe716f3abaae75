// The types of the public API, made from its own description: src/api/types.ts, which is never kept in git.
import { writeFile } from 'node:fs/promises';
import openapiTypescript, { astToString } from 'openapi-typescript';
import { apiDescription } from '../src/api/description.ts';

const types = await openapiTypescript((await apiDescription()) as never, { alphabetize: true });
const header = '// Made by make-types.ts from the OpenAPI document of the hub.\n';
await writeFile(new URL('./src/api/types.ts', import.meta.url), `${header}${astToString(types)}`);
