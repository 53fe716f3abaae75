// A second door for whoever steers the stand-in from outside, open also while the Odoo behind the first one is "down".
//
//   curl -X POST http://127.0.0.1:8070/fault -d '{"mode":"timeout-after-commit","calls":1}'
//   curl http://127.0.0.1:8070/documents
import { createServer, type IncomingMessage } from 'node:http';
import { FAULT_MODES, type Fault, type StandIn } from './index.ts';

export async function openControl(erp: StandIn, port: number): Promise<{ readonly close: () => void }> {
  const server = createServer((request, response) => {
    const answer = (status: number, value: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
      response.end(`${JSON.stringify(value, null, 2)}\n`);
    };
    void steer(erp, request).then(
      (value) => answer(200, value),
      (error: Error) => answer(400, { error: error.message }),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return { close: () => server.close() };
}

async function steer(erp: StandIn, request: IncomingMessage): Promise<unknown> {
  const asked = `${request.method} ${request.url}`;
  if (asked === 'GET /documents') return erp.documents();
  if (asked !== 'POST /fault') throw new Error('ask GET /documents or POST /fault');
  const fault = faultFrom(await textOf(request));
  await erp.setFault(fault);
  return fault;
}

function faultFrom(text: string): Fault {
  const fault = JSON.parse(text) as Fault;
  if (!FAULT_MODES.includes(fault.mode)) throw new Error(`mode must be one of ${FAULT_MODES.join(', ')}`);
  return fault;
}

const MOST_CHARACTERS = 10_000;

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request as AsyncIterable<Buffer>) {
    text += chunk.toString('utf8');
    if (text.length > MOST_CHARACTERS) throw new Error('a fault is a small thing');
  }
  return text;
}
