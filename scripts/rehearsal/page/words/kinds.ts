// What each kind of the corpus is called; the order is the order of the page.

const rows = {
  'console-login': ['Console sign-in', '콘솔 로그인'],
  'console-login-failed': ['Failed sign-in', '로그인 실패'],
  'sign-in-anomaly': ['Unusual sign-in', '이상 로그인'],
  'cli-login': ['Sign-in for the CLI', 'CLI 로그인'],
  'app-authorized': ['Application let in', '앱 접근 허용'],
  'token-renewed': ['Token renewed', '토큰 갱신'],
  'sign-in-restricted': ['Sign-in restricted', '로그인 제한'],
  'sign-in-policy-changed': ['Sign-in policy changed', '로그인 정책 변경'],
  'password-changed': ['Password changed', '비밀번호 변경'],
  'password-recovery': ['Password recovery', '비밀번호 재설정'],
  'email-changed': ['E-mail changed', '이메일 변경'],
  'access-key-created': ['Access key created', '액세스 키 생성'],
  'access-key-activated': ['Access key activated', '액세스 키 활성화'],
  'access-key-deactivated': ['Access key deactivated', '액세스 키 비활성화'],
  'access-key-deleted': ['Access key deleted', '액세스 키 삭제'],
  'mfa-added': ['MFA added', 'MFA 추가'],
  'mfa-removed': ['MFA removed', 'MFA 제거'],
  'temporary-credentials': ['Temporary credentials', '임시 자격 증명'],
  'assume-root': ['AssumeRoot', 'AssumeRoot'],
  'assume-root-session': ['Within AssumeRoot', 'AssumeRoot 세션'],
  'account-closed': ['Account closed', '계정 해지'],
  'region-enabled': ['Region enabled', '리전 활성화'],
  'region-disabled': ['Region disabled', '리전 비활성화'],
  'contacts-changed': ['Contacts changed', '연락처 변경'],
  'guard-touched': ['The guard itself changed', '감시 장치 변경'],
  noncompliant: ['Config: not compliant', 'Config: 미준수'],
  compliant: ['Config: compliant again', 'Config: 다시 준수'],
  'call-write': ['A call that writes', '쓰기 호출'],
  'call-read': ['A call that reads', '읽기 호출'],
  other: ['Other', '그 밖'],
  drill: ['Drill', '훈련'],
  'drift-found': ['Drift found', '드리프트 발견'],
} as const

function column(index: 0 | 1): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(rows).map(([kind, names]) => [kind, names[index]]))
}

export const kindsInEnglish = column(0)
export const kindsInKorean = column(1)
