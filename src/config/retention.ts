import type { RetentionJob } from '../record/job.ts';
import type { Site } from './site.ts';

/** How long things are kept where gateway.yaml does not say, and when that is looked after: while nobody works. */
const usual = { bodyDays: 30, evidenceYears: 3, cron: '50 2 * * *' };

/** What gateway.yaml says of retention, and the job that looks after it; there is always one. */
export function retentionOf(said: Partial<typeof usual> | undefined): { readonly retention: Site['retention']; readonly retentionJob: RetentionJob } {
  const { bodyDays, evidenceYears, cron } = { ...usual, ...said };
  return {
    retention: { bodyDays, evidenceYears },
    retentionJob: { kind: 'retention', job: 'retention', title: '清理到期正文', dataset: '', cron, page: 1_000, after: [] },
  };
}
