// This machine's clock against AWS's. AWS refuses signatures that are five minutes off, SOLAPI fifteen.
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { aws } from '../aws.ts'
import { explaining } from '../aws-failure.ts'
import { type Diagnosis, ill, noted, well } from './diagnosis.ts'

export async function clockDiagnosis(region: string): Promise<Diagnosis> {
  const date = await dateOfAnAnswer(region)
  return judgedClock(date === undefined ? undefined : Date.now() - Date.parse(date))
}

/** Pure. `aheadMs` is how far this machine is ahead of AWS; undefined when AWS did not say. */
export function judgedClock(aheadMs: number | undefined): Diagnosis {
  if (aheadMs === undefined || Number.isNaN(aheadMs)) return well('clock', "AWS's answer had no date to compare with")
  const seconds = Math.round(Math.abs(aheadMs) / 1000)
  const what = `this machine's clock is ${seconds} s ${aheadMs < 0 ? 'behind' : 'ahead of'} AWS's`
  if (seconds <= 60) return well('clock', what)
  const why = 'AWS refuses signatures that are 300 s off, SOLAPI those that are 900 s off'
  const mend = 'set the clock by NTP (timedatectl set-ntp true)'
  return seconds < 300 ? noted('clock', what, why, mend) : ill('clock', what, why, mend)
}

async function dateOfAnAnswer(region: string): Promise<string | undefined> {
  const command = new GetCallerIdentityCommand({})
  let date: string | undefined
  command.middlewareStack.add(
    (next) => async (request) => {
      const answer = await next(request)
      date = (answer.response as { headers?: Record<string, string> }).headers?.date
      return answer
    },
    { step: 'deserialize', priority: 'low' },
  )
  await explaining('sts:GetCallerIdentity', () => aws.sts(region).send(command))
  return date
}
