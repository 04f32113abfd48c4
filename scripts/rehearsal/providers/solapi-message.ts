// What SOLAPI thinks of a single message, before it takes it. Codes are those of its documents unless a comment says
// otherwise.
import * as v from 'valibot'
import { eucKrBytes } from './euc-kr-bytes.ts'
import { fillTemplate, templateVariables } from './kakao-template.ts'

export const SolapiMessage = v.object({
  to: v.optional(v.string(), ''),
  from: v.optional(v.string(), ''),
  text: v.optional(v.string(), ''),
  subject: v.optional(v.string(), ''),
  type: v.optional(v.string()),
  customFields: v.optional(v.record(v.string(), v.unknown())),
  kakaoOptions: v.optional(
    v.object({
      pfId: v.string(),
      templateId: v.string(),
      variables: v.optional(v.record(v.string(), v.string()), {}),
      disableSms: v.optional(v.boolean(), false),
    }),
  ),
})
export type SolapiMessage = v.InferOutput<typeof SolapiMessage>

/** What an account may send: from one registered number, and one approved template of one KakaoTalk channel. */
export interface SolapiRights {
  readonly sender: string
  readonly pfId: string
  readonly templateId: string
  /** The text that was registered, with its variables as #{name}. */
  readonly template: string
}

export const SOLAPI_STATUS = {
  1010: '필수 입력 값 미입력',
  1011: 'Format Error',
  1014: '등록되지 않은 템플릿', // that the code for a template or its variables is this one is not attested
  1025: '잘못된 메시지 타입',
  1026: '중복 수신번호',
  1029: 'EUC-KR(완성형 한글) 범위 안에 있는 문자만 사용 합니다.',
  1030: '잔액 부족',
  1031: 'SMS는 90byte, LMS는 2000byte까지 사용 가능 합니다.',
  1032: '유효한 커스텀 필드 값이 아닙니다.',
  1062: '발신번호 미등록',
  2000: '정상 접수(이통사로 접수 예정)',
} satisfies Record<string, string>
export type SolapiStatus = `${keyof typeof SOLAPI_STATUS}`

export function judge(message: SolapiMessage, rights: SolapiRights): SolapiStatus {
  const { type } = measure(message)
  const fields = Object.entries(message.customFields ?? {})
  if (message.to === '') return '1010'
  if (!/^\d{8,20}$/.test(message.to)) return '1011' // that the code for letters in a number is this one is not attested
  const fault = type === 'ATA' ? judgeTalk(message, rights) : judgeText(message, rights)
  if (fault) return fault
  if (fields.some(([name, value]) => typeof value !== 'string' || name.length > 30 || value.length > 100)) return '1032'
  return '2000'
}

function judgeText(message: SolapiMessage, { sender }: SolapiRights): SolapiStatus | undefined {
  const { type, bytes } = measure(message)
  const title = eucKrBytes(message.subject)
  if (message.from === '' || message.text === '') return '1010'
  if (type !== 'SMS' && type !== 'LMS') return '1025' // SOLAPI knows more types, this stand-in does not
  if (message.from !== sender) return '1062'
  if (bytes === undefined || title === undefined) return '1029'
  return bytes > (type === 'SMS' ? 90 : 2000) || title > 40 ? '1031' : undefined
}

/** An AlimTalk needs no sender: only the SMS that would follow its failure does. */
function judgeTalk({ from, kakaoOptions }: SolapiMessage, rights: SolapiRights): SolapiStatus | undefined {
  if (!kakaoOptions) return '1010'
  const { pfId, templateId, variables, disableSms } = kakaoOptions
  if (from !== '' && from !== rights.sender) return '1062'
  if (!disableSms && from === '') return '1010'
  if (pfId !== rights.pfId || templateId !== rights.templateId) return '1014'
  const names = Object.keys(variables)
  if (names.some((name) => !/^#\{[^.{}]+\}$/.test(name))) return '1014'
  return templateVariables(rights.template).some((name) => !variables[`#{${name}}`]) ? '1014' : undefined
}

/** Without a type SOLAPI chooses one itself: a long text becomes an LMS. */
export function measure({ type, text }: SolapiMessage): { type: string; bytes: number | undefined } {
  const bytes = eucKrBytes(text)
  return { bytes, type: type?.toUpperCase() ?? ((bytes ?? 0) > 90 ? 'LMS' : 'SMS') }
}

/** What the phone shows: the text, below its title if it has one, or the template with everything filled in. */
export function shown({ text, subject, kakaoOptions }: SolapiMessage, { template }: SolapiRights): string {
  if (!kakaoOptions) return subject === '' ? text : `${subject}\n${text}`
  const values = Object.entries(kakaoOptions.variables).map(([name, value]) => [name.slice(2, -1), value])
  return fillTemplate(template, Object.fromEntries(values))
}
