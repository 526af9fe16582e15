import type { Response } from 'express';
import { Failure } from '../../src/record/failure.ts';
import type { Facts, Texts } from '../../src/cli/texts.ts';
import { cookieOf } from './access/sessions.ts';
import type { Answer } from './asked.ts';
import { Refusal } from './refusal.ts';

/** Sends an answer. */
export function reply(response: Response, answer: Answer, secure: boolean): void {
  if ('taken' in answer) return;
  if ('bytes' in answer) {
    if (answer.name !== undefined) response.attachment(answer.name);
    response.type(answer.type).send(answer.bytes);
    return;
  }
  if (answer.cookie !== undefined) response.append('set-cookie', cookieOf(answer.cookie, secure));
  response.status(answer.status ?? 200).json(answer.json);
}

/** Statuses of failures of the engine that a person can mend by asking otherwise. */
const statuses: Readonly<Record<string, number>> = { JOB_UNKNOWN: 404, GATE_UNKNOWN: 404, RECORD_UNKNOWN: 404, DATASET_UNKNOWN: 404, QUARANTINE_UNKNOWN: 404, STORE_MISSING: 409, PLAN_OTHER: 409, GUARD_HELD: 409 };

/** Says why not, in the language asked for; of anything unforeseen only that it was. */
export function replyRefusal(response: Response, cause: unknown, texts: Texts): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const failure = cause instanceof Failure ? cause : new Failure('UNFORESEEN', {});
  const status = failure instanceof Refusal ? failure.status : statuses[failure.code] ?? (failure.code === 'UNFORESEEN' ? 500 : 409);
  if (status === 429) response.set('retry-after', '30');
  response.status(status).json(errorOf(failure.code, failure.facts, texts));
}

/** A code as the pages show it: what, and how to mend it. */
export function errorOf(code: string, facts: Facts, texts: Texts): { readonly code: string; readonly what: string; readonly mend?: string; readonly facts: Facts } {
  const { what, mend } = texts.advice({ code, facts });
  return { code, what, ...(mend === '' ? {} : { mend }), facts };
}
