// How the embedded server is tuned: for a machine of some 2 cores that it shares with the hub, and never at the cost
// of a promise: what was acknowledged is on disk.
//
// Written anew at every start. Own settings go into `local.conf` beside it, which is read last and never touched.

const MEBIBYTE = 1024 * 1024;

/** The settings file for a machine with this much memory. */
export function serverSettings(machineBytes: number): string {
  const machineMebibytes = Math.floor(machineBytes / MEBIBYTE);
  const sharedMebibytes = Math.min(2048, Math.max(128, Math.floor(machineMebibytes / 12)));
  return `# Written by Lading at every start. Put settings of your own into local.conf.
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
password_encryption = 'scram-sha-256'
max_connections = 100
max_locks_per_transaction = 256

# Accepted means kept.
fsync = on
synchronous_commit = on
full_page_writes = on

shared_buffers = '${sharedMebibytes}MB'
effective_cache_size = '${Math.max(256, Math.floor(machineMebibytes / 2))}MB'
work_mem = '16MB'
maintenance_work_mem = '256MB'
random_page_cost = 1.1
jit = off

# Nothing replicates from here: the shortest log, and checkpoints far apart.
wal_level = minimal
max_wal_senders = 0
wal_compression = on
max_wal_size = '4GB'
checkpoint_timeout = '15min'
checkpoint_completion_target = 0.9

# Outbox and queue tables turn over quickly.
autovacuum_naptime = '15s'
autovacuum_vacuum_cost_limit = 2000

timezone = 'UTC'
log_timezone = 'UTC'

# Statements and key values may hold personal data: they stay out of the log.
log_min_messages = warning
log_min_error_statement = panic
log_error_verbosity = terse
`;
}
