// News that could not be told: refused for a reason that a person mends, or to be tried again.
import type { NewsResult, Verdict } from '../../contract.ts';

export function untold(key: string, verdict: Verdict): NewsResult {
  if (verdict.verdict === 'refuse') {
    const { kind, scope, sentence } = verdict;
    return { key, outcome: 'refused', kind, scope, sentence };
  }
  const { scope, reason } = verdict;
  return { key, outcome: 'retry', scope, reason, afterMs: verdict.verdict === 'retry' ? verdict.afterMs : undefined };
}
