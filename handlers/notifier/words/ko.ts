import type { Words } from './words.ts'

export const ko: Words = {
  test: '훈련',
  headlines: {
    'console-login': (a) => `${who(a.root)} 콘솔 로그인`,
    'console-login-failed': (a) => `${who(a.root)} 콘솔 로그인 실패`,
    call: (a) => `${who(a.root)} ${a.name}${a.failure === undefined ? '' : ' 실패'}`,
    other: (a) => `알림: ${a.name}`,
  },
  mfa: { used: 'MFA 사용', 'not-used': 'MFA 없음', unknown: 'MFA 모름' },
  succeeded: '성공',
  failed: '실패',
  root: '루트 사용자',
  unknown: '모름',
  labels: {
    who: '누가',
    what: '무엇을',
    result: '결과',
    from: '어디서',
    when: '언제',
    account: '계정',
    region: '리전',
    record: '기록',
  },
}

function who(root: boolean): string {
  return root ? '루트' : '루트 아님'
}
