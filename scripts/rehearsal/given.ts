// An emulator that somebody else started, and where it must not be. Nothing of AWS's SDK in here, which takes longer to load than the
// page to be drawn.
import { CommandError } from '../lib/command.ts'
import type { Emulator } from './ministack.ts'

const otherwise = 'unset AWS_ENDPOINT_URL, and the rehearsal starts a MiniStack of its own'

/** Throws what to do where nothing answers, or something that is no MiniStack: only on that does the stage stand. */
export async function givenMiniStack(given: string): Promise<Emulator> {
  const endpoint = ofAnEmulator(given)
  const answer = await fetch(`${endpoint}/_ministack/health`, { signal: AbortSignal.timeout(5_000) }).catch(
    () => undefined,
  )
  if (answer !== undefined && (await isHealth(answer))) return { endpoint, up: Promise.resolve(), stop: () => {} }
  const found = answer === undefined ? 'nothing answers there' : 'what answers there is no MiniStack'
  throw new CommandError(`AWS_ENDPOINT_URL is ${endpoint}, and ${found}`, otherwise, 2)
}

/** Another server may answer any path. */
async function isHealth(answer: Response): Promise<boolean> {
  const said = await answer.text()
  return answer.ok && said.includes('"services"')
}

/** The endpoint without a slash at its end. The rehearsal never speaks to AWS. */
export function ofAnEmulator(endpoint: string): string {
  if (/amazonaws\.com|amazon\.com|api\.aws/i.test(endpoint)) {
    throw new CommandError(`the rehearsal does not speak to ${endpoint}`, otherwise, 2)
  }
  if (!URL.canParse(endpoint) || !/^https?:/.test(endpoint)) {
    throw new CommandError(`AWS_ENDPOINT_URL is ${JSON.stringify(endpoint)}, which is no address`, otherwise, 2)
  }
  return endpoint.replace(/\/$/, '')
}
