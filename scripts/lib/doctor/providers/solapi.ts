// SOLAPI: are the keys good, is there money, is the sender registered? AlimTalk has a profile in the sender's place.
import { createHmac, randomBytes } from 'node:crypto'
import { type Diagnosis, ill, noted, well } from '../diagnosis.ts'
import { ask, at, digits, type Said } from './ask.ts'

export interface SolapiKeys {
  readonly apiKey: string
  readonly apiSecret: string
  readonly sender?: string
}

/** `channel` is only for the words: solapi-sms, solapi-alimtalk. */
export async function solapiDiagnoses(channel: string, keys: SolapiKeys): Promise<readonly Diagnosis[]> {
  const balance = await asked(keys, '/cash/v1/balance')
  if ('silent' in balance) {
    return [ill('channels', `${channel} does not answer: ${balance.silent}`, noWay, balance.mend)]
  }
  if (balance.status !== 200) return [refused(channel, balance)]
  if (typeof at(balance.body, 'balance') !== 'number') {
    return [ill('channels', `${channel}: the answer has no balance`, noWay, 'look into the console')]
  }
  const money = Number(at(balance.body, 'balance')) + Number(at(balance.body, 'point') ?? 0)
  return [paid(channel, money), ...(await senderDiagnoses(channel, keys))]
}

/** An SMS costs about twenty won. */
const fewWon = 1_000

function paid(channel: string, money: number): Diagnosis {
  if (money >= fewWon) return well('channels', `${channel}: the keys are good, and the balance is enough`)
  const mend = 'charge it in the console, or set up automatic charging'
  return money > 0
    ? noted('channels', `${channel}: only ${money} won are left`, 'when they are used up, no alert goes that way', mend)
    : ill('channels', `${channel}: the balance is used up`, noWay, mend)
}

async function senderDiagnoses(channel: string, keys: SolapiKeys): Promise<readonly Diagnosis[]> {
  if (keys.sender === undefined) return []
  const said = await asked(keys, '/senderid/v1/numbers/active')
  if ('silent' in said) return [ill('channels', `${channel}: its senders: ${said.silent}`, noWay, said.mend)]
  if (said.status !== 200) return [refused(`${channel}: its senders`, said)]
  const { sender } = keys
  const isRegistered = Array.isArray(said.body) && said.body.some((one) => digits(String(one)) === digits(sender))
  return isRegistered
    ? [well('channels', `${channel}: the sender is registered`)]
    : [
        ill(
          'channels',
          `${channel}: the sender is not registered`,
          'SOLAPI refuses every message of it',
          'register the number in the console («발신번호»), or put a registered one into the secret',
        ),
      ]
}

function refused(channel: string, { body, status }: Extract<Said, { status: number }>): Diagnosis {
  const reason = `${at(body, 'errorCode') ?? `HTTP ${status}`} ${at(body, 'errorMessage') ?? ''}`.trim()
  // An account can hold its keys to addresses, and a function's address changes.
  const mend = /Forbidden|IP/i.test(reason)
    ? 'take the allow-list of addresses off the API key: the function’s address changes'
    : 'take apiKey and apiSecret from the console; npm run secrets'
  return ill('channels', `${channel}: ${reason}`, noWay, mend)
}

/** Signed afresh for every request: a signature is good for one. */
function asked({ apiKey, apiSecret }: SolapiKeys, path: string): Promise<Said> {
  const date = new Date().toISOString()
  const salt = randomBytes(16).toString('hex')
  const signature = createHmac('sha256', apiSecret).update(`${date}${salt}`).digest('hex')
  return ask(`${process.env.SOLAPI_URL ?? 'https://api.solapi.com'}${path}`, {
    authorization: `HMAC-SHA256 apiKey=${apiKey}, date=${date}, salt=${salt}, signature=${signature}`,
  })
}

const noWay = 'no alert goes that way'
