import type { Words } from './words.ts'

const actors = { root: '루트', other: '루트 아님', unknown: '루트일 수 있음' }

export const ko: Words = {
  test: '훈련',
  headlines: {
    'console-login': (a) => `${actors[a.actor]} 콘솔 로그인 성공`,
    'console-login-failed': (a) => `${actors[a.actor]} 콘솔 로그인 실패`,
    call: (a) => `${actors[a.actor]} ${a.name}${a.failure === undefined ? '' : ' 실패'}`,
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
