import type { Words } from './words.ts'

export const en: Words = {
  test: 'TEST',
  headlines: {
    'console-login': (a) => `${who(a.root)} console sign-in`,
    'console-login-failed': (a) => `${who(a.root)} console sign-in FAILED`,
    call: (a) => `${who(a.root)} ${a.name}${a.failure === undefined ? '' : ' FAILED'}`,
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

function who(root: boolean): string {
  return root ? 'ROOT' : 'Not root'
}
