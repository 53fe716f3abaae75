// Passwords that people choose: Argon2id (RFC 9106), slow and hungry for memory, because they can be guessed.
//
// Kept as PHC text, `$argon2id$v=19$m=19456,t=2,p=1$SALT$HASH`, so that a hash made with other costs still verifies.
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

type Costs = { readonly memoryKibibytes: number; readonly passes: number; readonly lanes: number };

/** OWASP's least for Argon2id: 19 MiB, two passes, one lane. Some 30 ms. */
const COSTS: Costs = { memoryKibibytes: 19_456, passes: 2, lanes: 1 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
const SHORTEST_PASSWORD = 10;
const LONGEST_PASSWORD = 1_000;

const derive = promisify(argon2);

/** What is wrong with a wish for a password, in one sentence; `undefined` when it can be one. */
export function passwordFault(password: string): string | undefined {
  if (password.length < SHORTEST_PASSWORD) return `a password has at least ${SHORTEST_PASSWORD} characters`;
  if (password.length > LONGEST_PASSWORD) return `a password has at most ${LONGEST_PASSWORD} characters`;
  return undefined;
}

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await hashOf(password, salt, COSTS, HASH_BYTES);
  const { memoryKibibytes, passes, lanes } = COSTS;
  return `$argon2id$v=19$m=${memoryKibibytes},t=${passes},p=${lanes}$${unpadded(salt)}$${unpadded(hash)}`;
}

/** Where nothing is kept the answer is no, and takes as long: who asks cannot tell which names there are. */
export async function passwordFits(password: string, kept: string | undefined): Promise<boolean> {
  const parts = PHC.exec(kept ?? NOBODY);
  if (parts === null) throw new Error('a kept password is not a hash of ours');
  const [, memory, passes, lanes, salt = '', hash = ''] = parts;
  const expected = Buffer.from(hash, 'base64');
  const costs = { memoryKibibytes: Number(memory), passes: Number(passes), lanes: Number(lanes) };
  const given = await hashOf(password.slice(0, LONGEST_PASSWORD), Buffer.from(salt, 'base64'), costs, expected.length);
  return timingSafeEqual(given, expected) && kept !== undefined;
}

const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;
const NOBODY = `$argon2id$v=19$m=${COSTS.memoryKibibytes},t=${COSTS.passes},p=${COSTS.lanes}$${'A'.repeat(22)}$${'A'.repeat(43)}`;

function hashOf(password: string, nonce: Buffer, { memoryKibibytes, passes, lanes }: Costs, tagLength: number) {
  const message = password.normalize('NFKC');
  return derive('argon2id', { message, nonce, parallelism: lanes, tagLength, memory: memoryKibibytes, passes });
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
