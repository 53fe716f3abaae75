// What can go wrong with the database, said so that a person can mend it.
//
// The keeper is another process, so a problem travels as plain data and becomes an error again on this side.

export type DatabaseProblemKind =
  | 'data-folder' // we may not write where the data should lie
  | 'platform' // no PostgreSQL for this machine in the package
  | 'no-other-user' // root, and no other user to run the server as
  | 'disk-full'
  | 'memory'
  | 'damaged' // the data folder is not, or no longer, a readable cluster
  | 'version' // the data belongs to another major version
  | 'unreachable' // DATABASE_URL leads nowhere
  | 'refused' // DATABASE_URL leads to a server that does not let us in
  | 'start-failed';

export type DatabaseProblemData = { kind: DatabaseProblemKind; what: string; where: string; mend: string };

/** Thrown by `startEmbedded` and `openDatabase`. The command line prints it as one line and exits with 2. */
export class DatabaseProblem extends Error {
  readonly kind: DatabaseProblemKind;
  readonly what: string;
  readonly where: string;
  readonly mend: string;

  constructor(problem: DatabaseProblemData) {
    super(`${problem.what}: ${problem.where}: ${problem.mend}`);
    this.name = 'DatabaseProblem';
    this.kind = problem.kind;
    this.what = problem.what;
    this.where = problem.where;
    this.mend = problem.mend;
  }
}

/** The problem as it crosses from the keeper to its users. */
export function problemData({ kind, what, where, mend }: DatabaseProblem): DatabaseProblemData {
  return { kind, what, where, mend };
}

const OWN_DATABASE = 'or set DATABASE_URL to a PostgreSQL of your own';

// What PostgreSQL writes when it gives up, first match wins.
const causes: readonly { says: RegExp; kind: DatabaseProblemKind; what: string; mend: string }[] = [
  {
    says: /No space left on device|Disk quota exceeded/,
    kind: 'disk-full',
    what: 'the disk is full',
    mend: `make room and start again ${OWN_DATABASE}`,
  },
  {
    says: /could not map anonymous shared memory|could not create shared memory|Cannot allocate memory|out of memory/i,
    kind: 'memory',
    what: 'too little memory for PostgreSQL',
    mend: `give the machine or container more memory, or put a smaller shared_buffers into data/local.conf, ${OWN_DATABASE}`,
  },
  {
    says: /database files are incompatible with server/,
    kind: 'version',
    what: 'the data was written by another version of PostgreSQL',
    mend: `dump and load it with that version, or choose another folder by LADING_DATA, ${OWN_DATABASE}`,
  },
  {
    says: /configuration file .* contains errors|unrecognized configuration parameter|invalid value for parameter/,
    kind: 'start-failed',
    what: 'PostgreSQL refuses a setting',
    mend: 'mend data/local.conf; the line is named in server.log',
  },
  {
    says: /checkpoint|PANIC|invalid data in file|could not open (file|directory)|could not read file|is not a database cluster|checksum|does not exist|invalid permissions/,
    kind: 'damaged',
    what: 'the data folder is damaged',
    mend: `restore it from a backup, or move it away to start empty, ${OWN_DATABASE}`,
  },
  {
    says: /error while loading shared libraries|ENOENT|ENOEXEC|Exec format error/,
    kind: 'platform',
    what: 'the PostgreSQL of this package does not run on this machine',
    mend: 'set DATABASE_URL to a PostgreSQL 18 of your own',
  },
];

/** What the server's last words mean. `where` is the folder they are about. */
export function problemFromLog(lastWords: string, where: string): DatabaseProblem {
  const cause = causes.find(({ says }) => says.test(lastWords));
  if (cause) return new DatabaseProblem({ kind: cause.kind, what: cause.what, where, mend: cause.mend });
  const lastLine = lastWords.trim().split('\n').at(-1) ?? '';
  return new DatabaseProblem({
    kind: 'start-failed',
    what: 'PostgreSQL did not start',
    where,
    mend: `read server.log there (${lastLine.slice(0, 200) || 'it says nothing'}), ${OWN_DATABASE}`,
  });
}
