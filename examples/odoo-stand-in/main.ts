// Runs the stand-in by itself: node examples/odoo-stand-in/main.ts [--version 17] [--port 8069] [--journal FILE]
import { parseArgs } from 'node:util';
import { openControl } from './control.ts';
import type { Major } from './environment.ts';
import { type StandIn, startOdooStandIn } from './index.ts';

const { values } = parseArgs({
  options: {
    version: { type: 'string', default: '19' },
    port: { type: 'string', default: '8069' },
    'control-port': { type: 'string', default: '8070' },
    journal: { type: 'string' },
  },
});

const version = Number(values.version);
const [port, controlPort] = [Number(values.port), Number(values['control-port'])];
if (![17, 18, 19].includes(version)) refuse(`--version ${values.version}: it must be 17, 18 or 19`);
for (const number of [port, controlPort]) {
  if (!Number.isInteger(number) || number < 1 || number > 65_535) refuse('ports are numbers from 1 to 65535');
}

const erp = await startOdooStandIn({ version: version as Major, port, journalFile: values.journal }).catch(portTaken);
const control = await openControl(erp, controlPort).catch(portTaken);

console.log(`Odoo ${version} stand-in at ${erp.url}; faults and documents at http://127.0.0.1:${controlPort}`);
console.log(`ODOO_URL=${erp.url} ODOO_DB=${erp.database} ODOO_USER=${erp.user} ODOO_KEY=${erp.key}`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(erp));

async function stop({ stop: stopErp }: StandIn): Promise<void> {
  control.close();
  await stopErp();
}

function portTaken(error: Error): never {
  return refuse(`${error.message}; give another with --port and --control-port`);
}

function refuse(sentence: string): never {
  console.error(sentence);
  process.exit(2);
}
