// The settings of the posture and of who watches the guard: what is taken, and what is said of what is not.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parseSettings } from '../../../templates-src/config/load.ts'
import { SettingsError } from '../../../templates-src/config/problem.ts'

const SAMPLE = `name: root-guard
account: "111122223333"
emails: [security@example.com]
locale: ko
timeZone: Asia/Seoul
routes: { telegram: [telegram] }
`
const parsed = (line: string) => parseSettings(`${SAMPLE}${line}\n`, 'root-guard.yaml')

const test = suite('settings of the watch')

const TAKEN: Readonly<Record<string, readonly [field: string, value: unknown]>> = {
  'relayRegions: all-enabled': ['relayRegions', 'all-enabled'],
  'relayRegions: [eu-west-1]': ['relayRegions', ['eu-west-1']],
  'trustedRoles: [platform-admin]': ['trustedRoles', ['platform-admin']],
  'readers: [aws-reserved/sso.amazonaws.com/ap-northeast-2/AWSReservedSSO_Admin_0123456789abcdef]': [
    'readers',
    ['aws-reserved/sso.amazonaws.com/ap-northeast-2/AWSReservedSSO_Admin_0123456789abcdef'],
  ],
  'buckets: { trail: our-logs }': ['buckets', { trail: 'our-logs' }],
  'userNotifications: {}': ['userNotifications', { hub: 'create', devices: [] }],
  'operationsEmails: [operations@example.com]': ['operationsEmails', ['operations@example.com']],
  'drillWithinHours: 168': ['drillWithinHours', 168],
  'recording: all': ['recording', 'all'],
  'encryption: customer-key': ['encryption', 'customer-key'],
}

for (const [line, [field, value]] of Object.entries(TAKEN)) {
  test(`${line} is taken`, () => assert.equal(parsed(line)[field as 'name'], value as string))
}

const REFUSED: Readonly<Record<string, string>> = {
  'relayRegions: all': 'relayRegions: found "all"; allowed: all-enabled, or a list of Regions',
  'trustedRoles: ["arn:aws:iam::111122223333:role/admin"]':
    'trustedRoles.0: found "arn:aws:iam::111122223333:role/admin"; allowed: an IAM role\'s name, without path or ARN',
  'trustedRoles: [a, b, c, d, e, f]': 'trustedRoles: found ["a","b","c","d","e","f"]; allowed: at most 5 roles',
  'trustedRoles: [a, a]': 'trustedRoles: found ["a","a"]; allowed: each role once',
  'readers: ["*/admin"]': 'readers.0: found "*/admin"; allowed: an IAM role\'s name with its path',
  'readers: ["*"]': 'readers.0: found "*"; allowed: an IAM role\'s name with its path',
  'buckets: { trail: Our_Logs }': 'buckets.trail: found "Our_Logs"; allowed: an S3 bucket\'s name',
  'buckets: { logs: our-logs }': 'buckets.logs: found a field that is not known; allowed: trail, config, accessLogs',
  'userNotifications: { devices: [phone] }':
    'userNotifications.devices.0: found "phone"; allowed: the ARN of a device, as arn:aws:consoleapp::111122223333:device/…',
  'operationsEmails: []': 'operationsEmails: found []; allowed: at least one e-mail address',
  'drillWithinHours: 1': 'drillWithinHours: found 1; allowed: at least 2 hours',
  'drillWithinHours: 200': 'drillWithinHours: found 200; allowed: at most 168 hours',
  'dashboard: yes please': 'dashboard: found "yes please"; allowed: a boolean',
  'recording: everything': 'recording: found "everything"; allowed: iam-users, all',
  'encryption: none': 'encryption: found "none"; allowed: service, customer-key',
}

for (const [line, said] of Object.entries(REFUSED)) {
  test(`${line} is refused with its line, what was found and what is allowed`, () => {
    try {
      parsed(line)
    } catch (error) {
      assert.instance(error, SettingsError)
      assert.ok((error as Error).message.startsWith(`root-guard.yaml:7: ${said}`), (error as Error).message)
      return
    }
    assert.unreachable('it was taken')
  })
}

test.run()
