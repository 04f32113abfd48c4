// Hands the drill straight to the API, past bus and rule: when this works and the event does not, the rule is broken.
import { CommandError } from '../command.ts'
import type { DrillEvent } from './event.ts'
import { legBehindApi } from './lookup.ts'
import { type Credentials, signedFetch } from './signed-fetch.ts'

/** The function answers inside 4 s, and API Gateway waits for it up to 29. */
const answerWithinMs = 30_000

export async function postDrill(
  alertsUrl: string,
  { alertId, source, detailType, detail }: DrillEvent,
  credentials: () => Promise<Credentials>,
): Promise<void> {
  const event = { source, 'detail-type': detailType, detail }
  const body = JSON.stringify(event)
  const url = `${alertsUrl}/${encodeURIComponent(alertId)}`
  const { status, text } = await signedFetch(url, { method: 'POST', body }, credentials, answerWithinMs)
  if (status === 202 || status === 422) return
  // The function's own word, which has an alert in it: it works, and its records say the rest.
  if (status === 503 && text.includes('"alert"')) return
  throw refusal(status, text.slice(0, 200))
}

function refusal(status: number | undefined, said: string): CommandError {
  if (status === undefined)
    return new CommandError(`the API did not answer: ${said}`, 'is the stack deployed, and the address right?')
  if (status === 403) {
    return new CommandError(
      `the API refused the caller: POST /alerts/{id} was answered 403: ${said}`,
      "only the drill's role may post a drill: sign in as it, or compare the API's policy with npm run drift",
    )
  }
  if (status >= 500) {
    return new CommandError(
      `${legBehindApi(status)}: POST /alerts/{id} was answered ${status}: ${said}`,
      'look into the log /aws/lambda/<name>-notify; npm run drift says whether the API may call the function',
    )
  }
  return new CommandError(
    `POST /alerts/{id} was answered ${status}: ${said}`,
    'npm run deploy brings the API up to date',
  )
}
