// What each channel is held to by the contract suites: a file of cases for each provider. A channel that is new in the
// registry does not compile here until it has its case.
import type { channels } from '../../../../handlers/notifier/channels/registry.ts'
import type { Case } from './cases/case.ts'
import { nhnAlimtalk, nhnSms } from './cases/nhn.ts'
import { solapiAlimtalk, solapiSms } from './cases/solapi.ts'
import { telegram } from './cases/telegram.ts'
import { discord, slack } from './cases/webhooks.ts'

export const cases = {
  telegram,
  'nhn-sms': nhnSms,
  'solapi-sms': solapiSms,
  'nhn-alimtalk': nhnAlimtalk,
  'solapi-alimtalk': solapiAlimtalk,
  slack,
  discord,
} satisfies Record<keyof typeof channels, Case>
