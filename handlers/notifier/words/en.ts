import type { Words } from './words.ts'

const actors = { root: 'ROOT', other: 'Not root', unknown: 'Maybe root' }

export const en: Words = {
  test: 'TEST',
  headlines: {
    'console-login': (a) => `${actors[a.actor]} signed in`,
    'console-login-failed': (a) => `${actors[a.actor]} sign-in FAILED`,
    call: (a) => `${actors[a.actor]} ${a.name}${a.failure === undefined ? '' : ' FAILED'}`,
    other: (a) => `Notice: ${a.name}`,
  },
  mfa: { used: 'MFA used', 'not-used': 'no MFA', unknown: 'MFA unknown' },
  succeeded: 'succeeded',
  failed: 'failed',
  root: 'the root user',
  unknown: 'unknown',
  labels: {
    who: 'Who',
    what: 'What',
    result: 'Result',
    from: 'From',
    when: 'When',
    account: 'Account',
    region: 'Region',
    record: 'Record',
  },
}
