// NHN Cloud SMS: are the keys good, and is the sender registered, in use and not blocked?
import type { Secret } from '../../secrets/schema.ts'
import { type Diagnosis, ill, well } from '../diagnosis.ts'
import { ask, at, digits } from './ask.ts'

export async function nhnSmsDiagnoses({ appKey, secretKey, sender }: Secret<'nhn-sms'>): Promise<readonly Diagnosis[]> {
  const base = process.env.NHN_SMS_URL ?? 'https://sms.api.nhncloudservice.com'
  const wanted = new URLSearchParams({ sendNo: digits(sender), useYn: 'Y', blockYn: 'N' })
  const said = await ask(`${base}/sms/v3.0/appKeys/${encodeURIComponent(appKey)}/sendNos?${wanted}`, {
    'x-secret-key': secretKey,
  })
  if ('silent' in said) {
    return [ill('channels', `nhn-sms does not answer: ${said.silent}`, noWay, said.mend)]
  }
  if (at(said.body, 'header', 'isSuccessful') !== true) {
    const reason = `${at(said.body, 'header', 'resultCode')} ${at(said.body, 'header', 'resultMessage')}`
    return [
      ill(
        'channels',
        `nhn-sms: sendNos: ${reason}`,
        noWay,
        'take appKey and secretKey from the console; npm run secrets',
      ),
    ]
  }
  const known = at(said.body, 'body', 'data')
  const isRegistered = Array.isArray(known) && known.some((one) => digits(String(at(one, 'sendNo'))) === digits(sender))
  return isRegistered
    ? [well('channels', 'nhn-sms: the keys are good, and the sender is registered')]
    : [
        ill(
          'channels',
          'nhn-sms: the sender is not registered, not in use, or blocked',
          'NHN Cloud refuses every message of it',
          'register the number in the console («발신 번호 관리»), or put a registered one into the secret',
        ),
      ]
}

const noWay = 'no alert goes that way'
